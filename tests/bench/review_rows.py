"""Many returned copies with doubts, as rows: each has a faint answer, two that are doubled, and a comment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from server.models import Base
from server.models.campaigns import Channel
from server.models.intake import FileState, PageState, ReturnState
from server.returns.outcomes import kept
from server.store import Store
from tests.server.returns_made import CROP, RECEIVED, a_town, page

DOUBTED: Final[Mapping[str, str]] = {
    "overall": "faint",
    "repairs_service": "two_marked",
    "safe_home": "two_marked",
    "comment": "written",
}
"""Question → why it is doubted."""

SURE: Final[Mapping[str, str]] = {"repair_done": "yes"}
CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Where the rows go: what they belong to, and how many are there already."""

    printed_form_id: int
    campaign_id: int
    batches: int
    """Batches, each with a file, that the copies are spread over."""
    pages: int = 0
    readings: int = 0


def put(store: Store, copies: int) -> None:
    """Put so many copies of a new campaign into an empty store, four doubts each, in batches of a hundred copies."""
    town, batches = a_town(store, copies), -(-copies // 100)
    with store.writing() as session:
        _add(
            session,
            "batches",
            ({"id": one, "channel": Channel.PAPER, "received_on": RECEIVED} for one in _ids(batches)),
        )
        files = (
            {"id": one, "batch_id": one, "sha256": f"{one:064}", "kept_sha256": f"{one:064}"} for one in _ids(batches)
        )
        more = {"name": "a.pdf", "size_bytes": 1, "state": FileState.READ}
        _add(session, "received_files", ({**one, **more} for one in files))
        add_copies(session, copies, Place(town.printed.id, town.campaign.id, batches))
        _number_on(session)
    with store.writing() as session:
        session.execute(text("analyze"))


def add_copies(session: Session, copies: int, place: Place) -> None:
    """Put so many copies into a store that has no returns and no doubts."""
    _add(session, "returns", (_return(number, place) for number in _ids(copies)))
    outcome = kept(page(1, None, SURE, faint={"overall": "very_satisfied"}))
    _add(session, "pages", (_page(number, place, outcome) for number in _ids(copies)))
    _add(session, "readings", _readings(copies, place))
    _add(session, "crops", ({"reading_id": reading, "image": CROP} for _, reading, _ in _doubted(copies, place)))
    _add(session, "doubts", _doubts(copies, place))


def _ids(count: int) -> range:
    return range(1, count + 1)


def _add(session: Session, name: str, rows: Iterator[Mapping[str, Any]]) -> None:
    waiting: list[Mapping[str, Any]] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == CHUNK:
            session.execute(insert(Base.metadata.tables[name]), waiting)
            waiting = []
    if waiting:
        session.execute(insert(Base.metadata.tables[name]), waiting)


def _return(number: int, place: Place) -> dict[str, Any]:
    return {
        "id": number,
        "uid": str(uuid4()),
        "batch_id": _batch(number, place),
        "printed_form_id": place.printed_form_id,
        "campaign_id": place.campaign_id,
        "copy_id": number,
        "state": ReturnState.READING,
        "version": 1,
    }


def _batch(number: int, place: Place) -> int:
    return (number - 1) // 100 % place.batches + 1


def _page(number: int, place: Place, outcome: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": place.pages + number,
        "file_id": _batch(number, place),
        "number": number,
        "reader": "of review",
        "state": PageState.READ,
        "outcome": outcome,
        "return_id": number,
        "printed_form_id": place.printed_form_id,
        "form_page": 1,
        "copy_id": number,
    }


QUESTIONS: Final[Sequence[str]] = (*DOUBTED, *SURE)


def _numbered(copies: int, place: Place) -> Iterator[tuple[int, int, str]]:
    """Give each reading: its copy, its own number, its question."""
    for number in _ids(copies):
        for at, question in enumerate(QUESTIONS, 1):
            yield number, place.readings + (number - 1) * len(QUESTIONS) + at, question


def _readings(copies: int, place: Place) -> Iterator[dict[str, Any]]:
    for number, reading, question in _numbered(copies, place):
        reason = DOUBTED.get(question)
        row = {"id": reading, "page_id": place.pages + number, "question": question, "fields": []}
        yield {**row, "answer": SURE.get(question), "reason": None if reason == "written" else reason}


def _doubted(copies: int, place: Place) -> Iterator[tuple[int, int, str]]:
    return (one for one in _numbered(copies, place) if one[2] in DOUBTED)


def _doubts(copies: int, place: Place) -> Iterator[dict[str, Any]]:
    for number, reading, question in _doubted(copies, place):
        ids = {"reading_id": reading, "return_id": number, "batch_id": _batch(number, place)}
        yield {**ids, "question": question, "reason": DOUBTED[question], "state": "open", "version": 1}


def _number_on(session: Session) -> None:
    """Have PostgreSQL number further behind the rows that came with numbers."""
    if session.get_bind().dialect.name == "postgresql":
        for name in ("batches", "received_files", "returns", "pages", "readings", "doubts"):
            counted = f"select setval(pg_get_serial_sequence('{name}', 'id'), (select max(id) from {name}))"  # noqa: S608
            session.execute(text(counted))
