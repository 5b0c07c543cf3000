"""Kill the kiosk's server, and look for what was acknowledged: `python -m tests.bench.kiosk_kills [--quick]`.

People go through the TSM survey at four kiosks, over HTTP, without a pause. The server is killed (SIGKILL) at random
moments and another answers at the same address; whoever got no answer touches the same button once more, as a person
does. In the end every answer that was acknowledged, by the next screen, must be in the response that its receipt names,
once; so must contact details and equality answers, and no journey may have left two responses. The exit code is 1
when anything is lost or double.
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any, Final

from sqlalchemy import func, select

from server.app import create_app
from server.models.equality import EqualityAnswer
from server.models.responses import Answer, ContactDetails, Response
from server.models.sittings import Sitting
from server.store import Store
from tests.bench.kiosk_world import (
    PATIENCE_S,
    listening,
    places,
    question_on,
    said_to,
    serving,
    visitor_at,
    wait_for_answer,
)
from tests.bench.paper import Figures
from tests.bench.stores import DATABASES, load, store_on
from tests.server.filling import TSM, form_of
from tests.server.sittings.visitor import Place, Visitor

KILLS: Final = {"SQLite": 500, "PostgreSQL": 100}
QUICK_KILLS: Final = 5
AFTER_S: Final = (0.05, 0.4)
KIOSKS: Final = 4
SEED: Final = 7
AGAIN_S: Final = 0.02


@dataclass
class Journey:
    """What somebody was told is taken, by question; and their receipt."""

    answers: dict[str, Any] = field(default_factory=dict)
    receipt: str = ""


@dataclass
class Outcome:
    """What became of it."""

    journeys: list[Journey]
    lost: int = 0
    double: int = 0
    kept: int = 0
    equality_wanted: int = 0
    equality_kept: int = 0
    sittings: int = 0

    @property
    def acknowledged(self) -> int:
        """Give how many answers were acknowledged."""
        return sum(len(journey.answers) for journey in self.journeys)


class Person:
    """Goes through the survey again and again at one kiosk, whatever becomes of the server."""

    def __init__(self, port: int, place: Place, number: int, visitor: Visitor | None = None) -> None:
        self.port, self.place = port, place
        self.chance = random.Random(SEED * 1000 + number)
        self.form = form_of(TSM)
        self._visitor = visitor

    @property
    def visitor(self) -> Visitor:
        """Give this person's browser."""
        assert self._visitor is not None
        return self._visitor

    def live(self, over: Path, told: Path) -> None:
        """Live until the file `over` is there and the last journey is sent; write each journey as a line."""
        self._visitor = self.until_it_works(lambda: visitor_at(self.port, self.place))
        with told.open("a", encoding="utf-8") as file:
            is_over = False
            while not is_over:
                journey = self.one_journey()
                file.write(json.dumps({"answers": journey.answers, "receipt": journey.receipt}) + "\n")
                file.flush()
                is_over = over.exists()

    def one_journey(self) -> Journey:
        """Answer everything and send it."""
        journey = Journey()
        for act in (f"begin {self.place.campaigns[TSM]}", "next", "skip"):
            self.touch(act)
        while self.visitor.kind != "check":
            question = question_on(self.visitor, self.form)
            assert question is not None
            fields = said_to(self.form, question, self.chance)
            self.touch("next", **fields)
            journey.answers |= fields
        self.touch("send")
        journey.receipt = self.visitor.receipt
        self.touch("leave")
        return journey

    def touch(self, act: str, **fields: Any) -> None:
        """Touch a button until an answer comes."""
        turn = self.visitor.turn
        self.until_it_works(lambda: self.visitor.touch(act, turn=turn, **fields))

    def until_it_works(self, do: Any) -> Any:
        """Do something until the server that it was asked of lives long enough to answer."""
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                return do()
            except (OSError, HTTPException):
                if time.monotonic() > until:
                    raise
                time.sleep(AGAIN_S)


def people(port: int, at: Sequence[Place], folder: Path) -> int:
    """Have a process of people, one at each kiosk; give its number."""
    process = os.fork()
    if process == 0:
        code = 1
        try:
            threads = [
                Thread(target=Person(port, place, number).live, args=(folder / "over", folder / f"told-{number}"))
                for number, place in enumerate(at)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            code = 0
        finally:
            os._exit(code)
    return process


def outcome_of(store: Store, kills: int) -> Outcome:
    """Kill so often; tell what became of what was acknowledged."""
    at, door, chance = places(store, KIOSKS), listening(), random.Random(SEED)
    app = create_app(store.settings, store)
    first = Person(0, at[0], KIOSKS, Visitor.at(app, at[0])).one_journey()  # all is loaded before any of it is forked
    store.close()  # a forked process must not share its connections
    with TemporaryDirectory(prefix="sayso-bench-") as name, door:
        folder = Path(name)
        living = people(door.getsockname()[1], at, folder)
        for _ in range(kills):
            server = serving(app, store, door)
            wait_for_answer(door.getsockname()[1])
            time.sleep(chance.uniform(*AFTER_S))
            os.kill(server, signal.SIGKILL)
            os.waitpid(server, 0)
        (folder / "over").touch()
        server = serving(app, store, door)
        os.waitpid(living, 0)
        os.kill(server, signal.SIGKILL)
        os.waitpid(server, 0)
        lines = [line for told in sorted(folder.glob("told-*")) for line in told.read_text("utf-8").splitlines()]
    outcome = Outcome([first, *(Journey(**json.loads(line)) for line in lines)])
    _look(store, outcome)
    return outcome


def _look(store: Store, outcome: Outcome) -> None:
    form = form_of(TSM)
    with store.reading() as session:
        ids = {row.receipt: row.id for row in session.scalars(select(Response))}
        kept = Counter[tuple[int, str, str]]()
        for answer in session.scalars(select(Answer)):
            kept[answer.response_id, answer.question, answer.option or answer.written or ""] += 1
        for contact in session.scalars(select(ContactDetails)):
            kept[contact.response_id, f"{contact.question}.name", contact.details["name"]] += 1
        outcome.equality_kept = session.scalar(select(func.count()).select_from(EqualityAnswer)) or 0
        outcome.sittings = session.scalar(select(func.count()).select_from(Sitting)) or 0
    outcome.kept = len(ids)
    for journey in outcome.journeys:
        for question, value in journey.answers.items():
            if form.section_of(question.partition(".")[0]).detachable:
                outcome.equality_wanted += 1
                continue
            words = value[0] if isinstance(value, list) else value
            times = kept[ids.get(journey.receipt, 0), question, words]
            outcome.lost += times == 0
            outcome.double += times > 1


def figures(database: str, *, quick: bool) -> Figures:
    """Kill on one database."""
    kills = QUICK_KILLS if quick else KILLS[database]
    with store_on(database) as store:
        got = outcome_of(store, kills)
    sent, count = len(got.journeys), got.acknowledged
    table = Figures(f"{database}: {kills} kills of the kiosk's server; {sent:,} journeys of {KIOSKS} kiosks ({load()})")
    table.add("answers acknowledged", f"≥ {kills}", f"{count:,}", held=count >= kills)
    table.add("acknowledged and lost", "0", str(got.lost), held=got.lost == 0)
    table.add("kept twice", "0", str(got.double), held=got.double == 0)
    table.add("responses", f"{sent:,}", f"{got.kept:,}", held=sent == got.kept)
    wanted, there = got.equality_wanted, got.equality_kept
    table.add("equality answers", f"{wanted:,}", f"{there:,}", held=wanted == there)
    table.add("sittings left once all had gone", "0", str(got.sittings), held=got.sittings == 0)
    return table


def main(arguments: Sequence[str]) -> int:
    """Print the tables; give the exit code."""
    missed = sum(figures(database, quick="--quick" in arguments).show() for database in DATABASES)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
