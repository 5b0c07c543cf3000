"""A store as full as ten years would make it, all of it made up, put in by the thousand."""

import random
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.orm import Session

from server.models import Base
from server.models.alerts import AlertKind
from server.models.audit import AuditHead
from server.models.intake import PageState
from server.models.review import LookKind
from server.store import Store
from server.store.keys import KeyName
from server.trail.chain import HEAD_ID
from server.trail.seals import Event, seal_of_head
from tests.bench.full_rows import (
    DAY,
    FORMS,
    SETS_OF_ANSWERS,
    Row,
    Size,
    campaigns,
    copies_of,
    household_contacts,
    households,
    ids,
    imports,
    invitations,
    kiosks,
    officers,
    response,
    runs,
    sha256_of,
    some_answers,
    some_uid,
    waiting_answers,
)
from tests.bench.review_rows import Place, add_copies
from tests.server.filling import a_form_version, form_of

CHUNK = 5_000
SEED = 26


def table(name: str) -> Table:
    """Give a table by name."""
    return Base.metadata.tables[name]


def fill(store: Store, size: Size) -> None:
    """Fill an empty store."""
    chance = random.Random(SEED)
    with store.writing() as session:
        versions = {name: a_form_version(session, form_of(name)).id for name in FORMS}
        _put(session, "sites", ({"id": one, "name": f"Site {one}"} for one in range(1, 7)))
        _put(session, "officers", officers())
        _put(session, "campaigns", campaigns(size, versions))
        _put(session, "campaign_sites", ({"campaign_id": one, "site_id": one % 6 + 1} for one in ids(size.campaigns)))
        _put(session, "kiosks", kiosks())
        _put(session, "households", households(size, chance))
        _put(session, "household_contacts", household_contacts(size, chance))
        _put(session, "household_imports", imports())
        _put(session, "invitations", invitations(size))
        _put(session, "print_runs", runs(size))
        _put(session, "copies", copies_of(size))
        _put(session, "collected_imports", [waiting_answers(store)])
    with store.writing() as session:
        _put_responses(session, size, versions, chance)
    with store.writing() as session:
        _put_pages(session, size)
        _put_doubts(session, size, versions["tsm-2026-27"])
        _put_looks(session)
        _put_alerts(session, size)
        _put_events(session, store.keys.get(KeyName.AUDIT), size)
    _settle(store)


def _put_looks(session: Session) -> None:
    """Put a second look at one answer, drawn and not taken yet."""
    doubts = table("doubts")
    asked = select(doubts.c.batch_id, doubts.c.reading_id).order_by(doubts.c.id).limit(1)
    batch, reading = session.execute(asked).one()
    look = {"batch_id": batch, "reading_id": reading, "kind": LookKind.DECIDED, "version": 1}
    _put(session, "second_looks", [{**look, "first": {"as": "blank"}, "second": None}])


def _put_alerts(session: Session, size: Size) -> None:
    """Put alerts about comments: the first thirty wait, the others are settled."""
    answers = table("answers")
    asked = select(answers.c.response_id).where(answers.c.question == "comment").order_by(answers.c.response_id)
    for number, response_id in enumerate(session.scalars(asked.limit(30 + size.pages // 10)).all()):
        is_open = number < 30
        row = {"response_id": response_id, "kind": AlertKind.DANGER, "question": "comment", "version": 1}
        settled = {} if is_open else {"settled_at": datetime(2026, 11, 1, tzinfo=UTC), "outcome": "dealt_with"}
        session.execute(insert(table("alerts")), {**row, **settled, "dangers": ["damp" if number % 3 else "gas"]})


def _put(session: Session, name: str, rows: Iterable[Row]) -> None:
    given = iter(rows)
    while chunk := list(islice(given, CHUNK)):
        session.execute(insert(table(name)), chunk)


def _put_responses(session: Session, size: Size, versions: Mapping[str, int], chance: random.Random) -> None:
    said = {name: [some_answers(form_of(name), chance) for _ in range(SETS_OF_ANSWERS)] for name in FORMS}
    answers = number = 0
    while answers < size.answers:
        rows = dict[str, list[Row]](responses=[], answers=[], contact_details=[], equality_answers=[])
        for _ in range(CHUNK // 10):
            number += 1
            campaign = number % size.campaigns + 1
            name = FORMS[campaign % len(FORMS)]
            one = chance.choice(said[name])
            answers += len(one.answers)
            rows["responses"].append(response(number, campaign, versions[name], size, chance))
            rows["answers"] += [{"response_id": number, **answer} for answer in one.answers]
            rows["contact_details"] += [{"response_id": number, **one.contact}] if one.contact else []
            survey_round = f"round {campaign % 4}"
            rows["equality_answers"] += [
                {"survey_round": survey_round, "id": some_uid(chance), **row} for row in one.apart
            ]
        for name, made in rows.items():
            _put(session, name, made)


def _put_pages(session: Session, size: Size) -> None:
    """Put in what was scanned: a hundred pages to a file, five readings to a page."""
    files = max(1, size.pages // 100)
    _put(session, "batches", ({"id": one, "channel": "paper", "received_on": DAY} for one in ids(files)))
    names = (
        {"id": one, "batch_id": one, "sha256": sha256_of(one), "name": "a.pdf", "size_bytes": 1} for one in ids(files)
    )
    _put(session, "received_files", names)
    pages = (
        {
            "id": one,
            "file_id": (one - 1) // 100 % files + 1,
            "number": (one - 1) % 100 + 1,
            "reader": f"reader {(one - 1) // (100 * files)}",
            "state": list(PageState)[one % 4],
            "response_id": one % 500 + 1,
        }
        for one in ids(size.pages)
    )
    _put(session, "pages", pages)
    readings = (
        {"page_id": page, "question": f"q{question}", "answer": "yes"}
        for page in ids(size.pages)
        for question in range(5)
    )
    _put(session, "readings", readings)


def _put_doubts(session: Session, size: Size, version: int) -> None:
    """Put in copies of the TSM form that came back with doubts, one of them decided on: four doubts to a copy."""
    form = {"id": 1, "form_version_id": version, "name": "TSM00001", "edition": "clear", "size": "a4", "language": "en"}
    _put(session, "printed_forms", [{**form, "pages": 3, "pdf_sha256": sha256_of("TSM00001")}])
    place = Place(1, FORMS.index("tsm-2026-27") or len(FORMS), max(1, size.pages // 100), size.pages, size.pages * 5)
    add_copies(session, size.pages // 8, place)
    decided = {"doubt_id": 1, "question": "overall", "decided": {"as": "blank"}, "officer_id": 1, "noted": []}
    _put(session, "corrections", [{**decided, "machine": {"answer": None, "reason": "faint"}}])


def _put_events(session: Session, key: bytes, size: Size) -> None:
    """Put in the events of ten years, sealed as they would have been."""
    head = session.get_one(AuditHead, HEAD_ID)
    rows = list[Row]()
    actions = ("signed in", "response saved", "copies printed", "households imported", "person searched")
    for _ in range(size.events):
        number = head.last_number + 1
        at = datetime(2026, 11, 25, tzinfo=UTC) - timedelta(minutes=25 * (size.events - number))
        action, subject = actions[number % 5], f"campaign {number % 12}"
        event = Event(number, at.isoformat(), None, action, subject, '{"copies": 1}')
        head.last_number, head.last_seal = number, event.seal(key, head.last_seal)
        row = {"number": number, "at": at, "action": action, "subject": subject, "detail": event.detail}
        rows.append({**row, "seal": head.last_seal})
    head.seal = seal_of_head(key, head)
    _put(session, "audit_events", rows)


def _settle(store: Store) -> None:
    """Have PostgreSQL number further behind the rows that came with numbers, and both count their tables."""
    with store.writing() as session:
        if session.get_bind().dialect.name == "postgresql":
            for one in Base.metadata.sorted_tables:
                if session.scalar(select(func.pg_get_serial_sequence(one.name, "id"))) if "id" in one.c else None:
                    highest = select(func.coalesce(func.max(one.c.id), 1)).scalar_subquery()
                    session.execute(select(func.setval(func.pg_get_serial_sequence(one.name, "id"), highest)))
        session.execute(text("analyze"))
