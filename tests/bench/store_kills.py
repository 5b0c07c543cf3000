"""Kill whoever saves responses, and look for what was acknowledged: `python -m tests.bench.store_kills [--quick]`.

A process saves TSM responses (made up) from three threads, every other one with an event of the audit log in the same
transaction, and tells of each receipt over a pipe. It is killed (SIGKILL) at a random moment and another goes on with
those that were not acknowledged, as kiosks would; PostgreSQL's server is killed, too. In the end every acknowledged
response must be there once, each response must be whole, and so must be the log. What a power cut does is not shown
by this: for that, both databases wait for the disk. The exit code is 1 when anything is lost, double or torn.
"""

import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from server.config import Settings
from server.models.audit import AuditEvent
from server.models.campaigns import Campaign
from server.models.equality import EqualityAnswer
from server.models.responses import Answer, ContactDetails, Response
from server.responses.incoming import Incoming
from server.responses.saving import Receipt, save_in, save_response
from server.store import Store
from server.store.keys import KeyName
from server.trail.chain import faults
from server.trail.recording import note
from tests.bench.paper import Figures
from tests.bench.stores import DATABASES, load, made_up, store_on
from tests.server.filling import TSM, form_of, incoming, new_campaign
from tests.server.postgres import restarted_at_once

KILLS, QUICK_KILLS = 500, 5
SERVER_KILLS, QUICK_SERVER_KILLS = 20, 1
AFTER_S = (0.0, 0.25)
"""How long after its first receipt a process is killed."""

SEED = 26
SAVES_MAX = 10_000
"""More than one process saves before it is killed."""

THREADS = 3
EVENT_EVERY = 2
PATIENCE_S = 60


@dataclass(slots=True)
class Outcome:
    """What became of the responses."""

    acknowledged: dict[int, str] = field(default_factory=dict)
    """Number of a response → receipt."""
    lost: int = 0
    double: int = 0
    torn: int = 0
    kept: int = 0
    events: int = 0
    events_wanted: int = 0
    faults: int = 0
    equality_wanted: int = 0
    equality_kept: int = 0


def response(campaign: Campaign, number: int) -> Incoming:
    """Give the response of a number: the same whenever it is asked for."""
    chance = random.Random(SEED + number)
    return incoming(campaign, made_up(form_of(TSM), chance), uid=str(UUID(int=chance.getrandbits(128))))


def killed(
    settings: Settings, campaign: Campaign, done: Collection[int], after_s: float, server: str = ""
) -> Iterator[str]:
    """Have a process save what is not done, kill it, or the server under it; give its acknowledgements."""
    reader, writer = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reader)
        _save_on(settings, campaign, done, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        if line := told.readline():
            yield line.decode()
        time.sleep(after_s)
        if server:
            restarted_at_once(server)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        yield from (line.decode() for line in told if line.endswith(b"\n"))


def _save_on(settings: Settings, campaign: Campaign, done: Collection[int], writer: int) -> None:
    """Save what is not done, from several threads, until somebody ends this process."""
    signal.alarm(PATIENCE_S)
    store = Store(settings)
    numbers = iter([number for number in range(len(done) + SAVES_MAX) if number not in done])

    def client() -> None:
        with suppress(DBAPIError):
            for number in numbers:
                receipt = _save(store, number, response(campaign, number))
                os.write(writer, f"{number} {receipt.number}\n".encode())

    threads = [Thread(target=client) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    os._exit(0)


def _save(store: Store, number: int, one: Incoming) -> Receipt:
    if number % EVENT_EVERY:
        return save_response(store, one)
    with store.writing() as session:
        receipt = save_in(session, one)
        if receipt.is_new:
            note(store, session, "response saved", f"response {receipt.response_id}")
    return receipt


def outcome_of(store: Store, kills: int, server_kills: int) -> Outcome:
    """Kill so many processes, and so many servers; tell what became of the responses."""
    campaign = new_campaign(store)
    store.close()  # a forked process must not share its connections
    outcome, chance = Outcome(), random.Random(SEED)
    server = store.settings.database or ""
    for turn in range(kills + server_kills):
        of_server = server if turn >= kills else ""
        for line in killed(store.settings, campaign, outcome.acknowledged, chance.uniform(*AFTER_S), of_server):
            number, _, receipt = line.strip().partition(" ")
            outcome.acknowledged[int(number)] = receipt
    _look(store, campaign, outcome)
    return outcome


def _look(store: Store, campaign: Campaign, outcome: Outcome) -> None:
    made = [response(campaign, number) for number in range(max(outcome.acknowledged, default=0) + THREADS + 1)]
    numbers = {one.uid: number for number, one in enumerate(made)}
    with store.reading() as session:
        kept = session.scalars(select(Response)).all()
        receipts = {numbers.get(row.uid): row.receipt for row in kept}
        outcome.kept = len(kept)
        outcome.lost = sum(receipts.get(number) != receipt for number, receipt in outcome.acknowledged.items())
        outcome.double = sum(times > 1 for times in Counter(row.uid for row in kept).values())
        outcome.events = session.scalar(select(func.count()).select_from(AuditEvent)) or 0
        outcome.events_wanted = sum(number is not None and number % EVENT_EVERY == 0 for number in receipts)
        outcome.faults = len(list(faults(session, store.keys.get(KeyName.AUDIT))))
        sent = {row.uid: made[numbers[row.uid]] for row in kept if row.uid in numbers}
        outcome.torn = sum(row.uid not in sent or not _is_whole(session, row, sent[row.uid]) for row in kept)
        outcome.equality_wanted = sum(_rows(one.equality()) for one in sent.values())
        outcome.equality_kept = session.scalar(select(func.count()).select_from(EqualityAnswer)) or 0


def _is_whole(session: Session, row: Response, sent: Incoming) -> bool:
    answers = session.scalar(select(func.count()).where(Answer.response_id == row.id))
    contacts = session.scalar(select(func.count()).where(ContactDetails.response_id == row.id))
    same = row.content_sha256 == sent.content_sha256()
    return same and answers == _rows(sent.kept()) and contacts == len(sent.contacts())


def _rows(answers: object) -> int:
    values = dict(answers).values()  # type: ignore[call-overload]
    return sum(len(value) if isinstance(value, list) else 1 for value in values)


def figures(database: str, *, quick: bool) -> Figures:
    """Kill on one database."""
    kills = QUICK_KILLS if quick else KILLS
    server_kills = (QUICK_SERVER_KILLS if quick else SERVER_KILLS) if database == "PostgreSQL" else 0
    with store_on(database) as store:
        got = outcome_of(store, kills, server_kills)
    acknowledged = len(got.acknowledged)
    servers = f" and {server_kills} of its server" if server_kills else ""
    table = Figures(f"{database}: {kills} kills of whoever saves{servers}; {acknowledged:,} acknowledged ({load()})")
    table.add("responses acknowledged", f"≥ {kills}", f"{acknowledged:,}", held=acknowledged >= kills)
    table.add("acknowledged and lost", "0", str(got.lost), held=got.lost == 0)
    table.add("kept twice", "0", str(got.double), held=got.double == 0)
    table.add("torn: without some of their answers", "0", str(got.torn), held=got.torn == 0)
    wanted, there = got.events_wanted, got.events
    table.add("events of the audit log", f"{wanted:,}", f"{there:,}", held=wanted == there)
    table.add("faults of the audit log", "0", str(got.faults), held=got.faults == 0)
    wanted, there = got.equality_wanted, got.equality_kept
    table.add("equality answers", f"{wanted:,}", f"{there:,}", held=wanted == there)
    return table


def main(arguments: Sequence[str]) -> int:
    """Print the tables; give the exit code."""
    missed = sum(figures(database, quick="--quick" in arguments).show() for database in DATABASES)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
