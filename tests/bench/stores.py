"""Stores on both databases for the benches of the store, and made-up responses to put into them."""

import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import NullPool, create_engine, text

from forms import routing
from forms.definition import Form
from forms.kinds import Question
from server.config import Settings
from server.store import Store, migrating
from server.trail.recording import begin_log
from tests.server.postgres import postgres_server

DATABASES = ("SQLite", "PostgreSQL")

FLOOR_TRIES = 100
FLOOR_BYTES = 4096
"""What one commit of a response comes to on the disk, at the least: a page."""

WORDS = ("repairs", "quicker", "please", "thank", "you", "lift", "slow", "damp", "bins", "kind", "street", "never")


@contextmanager
def store_on(database: str, *, safe: bool = True) -> Iterator[Store]:
    """Give a new, empty store; `safe` PostgreSQL keeps what was committed on the disk, as SQLite always does."""
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as folder:
        if database == "SQLite":
            with opened(Path(folder), None) as store:
                yield store
        else:
            with postgres_server(safe=safe) as server, opened(Path(folder), _new_database(server)) as store:
                yield store


def _new_database(server: str) -> str:
    engine = create_engine(server.format(name="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text("create database bench"))
    return server.format(name="bench")


@contextmanager
def opened(folder: Path, database: str | None) -> Iterator[Store]:
    """Give the store of a folder and a database, made where it is not there yet."""
    store = Store(Settings(data=folder, database=database))
    store.keys.make()
    migrating.upgrade(store.engine)
    begin_log(store)
    try:
        yield store
    finally:
        store.close()


def floor_ms(folder: Path) -> tuple[float, float]:
    """Give what writing a page to this disk for good takes: its median, and its 99th of 100."""
    taken = list[float]()
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        for _ in range(FLOOR_TRIES):
            start = time.perf_counter()
            file.write(os.urandom(FLOOR_BYTES))
            file.flush()
            os.fsync(file.fileno())
            taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken), percentile(taken, 99)


def percentile(values: Sequence[float], percent: float) -> float:
    """Give the value that so many of a hundred do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def load() -> str:
    """Say how busy the machine was in the last minute: figures in seconds mean little beside other work."""
    return f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def made_up(form: Form, chance: random.Random) -> Mapping[str, object]:
    """Give a response that nobody gave: each question that is reached, now and then left blank."""
    said: dict[str, object] = {}
    for question in form.questions:
        if question.id in routing.asked(form, said) and chance.random() > 0.07:
            said[question.id] = _answer(form, question, chance)
    return said


def _answer(form: Form, question: Question, chance: random.Random) -> object:
    ids = [choice.id for choice in form.choices(question)]
    match question.kind:
        case "several_choices":
            return chance.sample([choice.id for choice in form.choices(question) if not choice.exclusive], 2)
        case "contact":
            return {"name": f"Person {chance.randint(1, 9999)}", "phone": f"07700 9{chance.randint(0, 99999):05d}"}
        case "date":
            return str(date(2026, 11, 1) + timedelta(days=chance.randint(0, 20)))
        case "number":
            return str(chance.randint(0, 9))
        case _ if ids:
            return chance.choice(ids)
        case _:
            return " ".join(chance.choices(WORDS, k=8))
