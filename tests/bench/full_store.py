"""A store as full as ten years would make it, all of it made up, put in by the thousand."""

import hashlib
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.orm import Session

from forms.answers import collect
from forms.codes.copy_code import COPY_ALPHABET
from forms.definition import Form
from forms.kinds.contact import Contact
from server.households.oddities import Odd, Oddity
from server.models import Base
from server.models.alerts import AlertKind
from server.models.audit import AuditHead
from server.models.campaigns import Audience, CampaignState, Channel, Sampling
from server.models.copies import RunKind, RunState
from server.models.intake import PageState
from server.models.officers import Role
from server.models.review import LookKind
from server.store import Store
from server.store.keys import KeyName
from server.trail.chain import HEAD_ID
from server.trail.seals import Event, seal_of_head
from tests.bench.review_rows import Place, add_copies
from tests.bench.stores import made_up
from tests.server.filling import a_form_version, form_of

CHUNK = 5_000
SEED = 26
FORMS = ("tsm-2026-27", "priorities", "consultation", "after-repair")
SETS_OF_ANSWERS = 100
"""So many different responses to each form; the rest repeat them."""

FIRST = ("Ada", "Bilal", "Cerys", "Dev", "Zofia", "Siân", "José", "Nkechi")
LAST = ("Marsh", "Khan", "Powell", "O’Neill", "Łukasik", "Brown", "Nguyễn", "Smith", "Ward", "Żuk")
AREAS = ("North", "South", "East", "West", "Centre", "Villages")
TENURES = ("Secure", "Introductory", "Shared ownership", "Leasehold")
DAY = date(2026, 11, 25)


@dataclass(frozen=True, slots=True)
class Size:
    """How full."""

    answers: int
    households: int
    copies: int
    events: int
    pages: int
    campaigns: int = 12


FULL = Size(answers=1_000_000, households=20_000, copies=50_000, events=200_000, pages=20_000)
SMALL = Size(answers=6_000, households=1_500, copies=2_500, events=3_000, pages=5_000)

Row = Mapping[str, Any]


def table(name: str) -> Table:
    """Give a table by name."""
    return Base.metadata.tables[name]


def fill(store: Store, size: Size) -> None:
    """Fill an empty store."""
    chance = random.Random(SEED)
    with store.writing() as session:
        versions = {name: a_form_version(session, form_of(name)).id for name in FORMS}
        _put(session, "sites", ({"id": one, "name": f"Site {one}"} for one in range(1, 7)))
        _put(session, "officers", _officers())
        _put(session, "campaigns", _campaigns(size, versions))
        _put(session, "campaign_sites", ({"campaign_id": one, "site_id": one % 6 + 1} for one in _ids(size.campaigns)))
        _put(session, "kiosks", _kiosks())
        _put(session, "households", _households(size, chance))
        _put(session, "household_contacts", _household_contacts(size, chance))
        _put(session, "household_imports", _imports())
        _put(session, "invitations", _invitations(size))
        _put(session, "print_runs", _runs(size))
        _put(session, "copies", _copies(size))
        _put(session, "collected_imports", [_waiting_answers(store)])
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


def _ids(count: int) -> range:
    return range(1, count + 1)


def _uid(chance: random.Random) -> str:
    return str(UUID(int=chance.getrandbits(128)))


def _sha256(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _officers() -> Iterator[Row]:
    for number in _ids(30):
        yield {
            "id": number,
            "username": f"officer{number}",
            "name": f"Officer {number}",
            "role": list(Role)[number % 3],
            "password_hash": "no password",
            "signed_in_at": datetime(2026, 11, 1, tzinfo=UTC),
        }


def _campaigns(size: Size, versions: Mapping[str, int]) -> Iterator[Row]:
    states = (CampaignState.OPEN, CampaignState.OPEN, CampaignState.CLOSED, CampaignState.DRAFT)
    for number in _ids(size.campaigns):
        yield {
            "id": number,
            "name": f"Campaign {number}",
            "form_version_id": versions[FORMS[number % len(FORMS)]],
            "state": states[number % 4],
            "opens_on": DAY - timedelta(days=30 * number),
            "closes_on": DAY + timedelta(days=40 - 30 * (number % 4)),
            "channels": [str(one) for one in Channel],
            "audience": Audience.INVITED if number == 1 else Audience.ANYONE,
            "sampling": Sampling.CENSUS,
            "survey_round": f"round {number % 4}",
            "version": 1,
        }


def _kiosks() -> Iterator[Row]:
    return ({"id": one, "name": f"Screen {one}", "site_id": one, "token_sha256": _sha256(one)} for one in _ids(6))


def _households(size: Size, chance: random.Random) -> Iterator[Row]:
    for number in _ids(size.households):
        yield {
            "id": number,
            "uid": _uid(chance),
            "code": f"1000{number:07d}",
            "area": AREAS[number % len(AREAS)],
            "scheme": f"Scheme {number % 40}",
            "tenure": TENURES[number % len(TENURES)],
            "age_band": "65 to 74",
            "property_type": "Flat",
            "profile": {"Landlord code": str(number)},
            "is_here": number % 50 != 0,
        }


def _household_contacts(size: Size, chance: random.Random) -> Iterator[Row]:
    for number in _ids(size.households):
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        yield {
            "household_id": number,
            "name": name,
            "name_folded": name.casefold(),
            "address": f"{number % 300} Mill Lane\nNorthfield",
            "postcode": f"NF{number % 9} {number % 7}AB",
            "phone": f"07700{900000 + number % 100000}",
            "email": f"tenant{number}@example.org",
        }


def _imports() -> Iterator[Row]:
    odd = [Oddity(number, "Email", Odd.EMAIL).plain() for number in range(200)]
    return (
        {"id": one, "applied_at": datetime(2026, 11, 1, tzinfo=UTC), "rows": 20_000, "oddities": odd}
        for one in _ids(12)
    )


def _waiting_answers(store: Store) -> Row:
    """Give an import of answers to the first campaign, matched and waiting, with rows that cannot stand."""
    wishes = ("repairs", "gardens", "engagement; repairs", "communications")
    rows = "".join(f"{wishes[number % 4]},1000{number:07d}\n" for number in range(1, 1_000))
    return {
        "name": "calls.csv",
        "file_sha256": store.files.add(f"priorities,uprn\n{rows}".encode()),
        "campaign_id": 1,
        "columns": {"priorities": "priorities", "uprn": "@household"},
        "method": "telephone",
        "received_on": DAY,
        "direction": "words",
    }


def _invitations(size: Size) -> Iterator[Row]:
    """Give invitations: of every household to the first campaign, of every fourth to three others."""
    for campaign, step in ((1, 1), (5, 4), (9, 4), (10, 4)):
        for number in range(1, size.households + 1, step):
            because = "They moved out." if number % 100 == 0 else None
            yield {"campaign_id": campaign, "household_id": number, "left_out_because": because}


def _runs(size: Size) -> Iterator[Row]:
    for number in _ids(40):
        yield {
            "id": number,
            "campaign_id": 1 if number <= 20 else number % size.campaigns + 1,
            "kind": RunKind.HOUSEHOLDS if number <= 20 else RunKind.COPIES,
            "edition": "clear",
            "size": "a4",
            "language": "en",
            "copies_wanted": size.copies // 40,
            "state": RunState.READY,
            "ready_at": datetime(2026, 11, 1, tzinfo=UTC),
        }


def _copies(size: Size) -> Iterator[Row]:
    """Give copies: those of the first twenty runs are households', as far as these go."""
    each = size.copies // 40
    for number in range(size.copies):
        run = number // each + 1
        yield {
            "id": number + 1,
            "code": _code(number),
            "campaign_id": 1 if run <= 20 else run % size.campaigns + 1,
            "print_run_id": min(run, 40),
            "number": number + 1,
            "household_id": number + 1 if run <= 20 and number < size.households else None,
        }


def _code(number: int) -> str:
    """Give a code of eight characters, another for each number."""
    characters = ""
    for _ in range(8):
        number, place = divmod(number, len(COPY_ALPHABET))
        characters = COPY_ALPHABET[place] + characters
    return f"{characters[:4]} {characters[4:]}"


@dataclass(frozen=True, slots=True)
class Said:
    """A response's answers as rows, without its id."""

    answers: tuple[Row, ...]
    contact: Row | None
    apart: tuple[Row, ...]


def _said(form: Form, chance: random.Random) -> Said:
    values = collect(form, made_up(form, chance)).values
    answers, apart = list[Row](), list[Row]()
    contact = None
    for question, value in values.items():
        if isinstance(value, Contact):
            folded = (value.name or "").casefold()
            contact = {"question": question, "name_folded": folded, "details": value.as_dict()}
            continue
        chosen = form.question(question).chooses
        for place, one in enumerate(value if isinstance(value, tuple) else (value,)):
            if form.section_of(question).detachable:
                apart.append({"question": question, "option": str(one)})
            else:
                option, written = (str(one), None) if chosen else (None, str(one))
                answers.append({"question": question, "place": place, "option": option, "written": written})
    return Said(tuple(answers), contact, tuple(apart))


def _put_responses(session: Session, size: Size, versions: Mapping[str, int], chance: random.Random) -> None:
    said = {name: [_said(form_of(name), chance) for _ in range(SETS_OF_ANSWERS)] for name in FORMS}
    answers = number = 0
    while answers < size.answers:
        rows = dict[str, list[Row]](responses=[], answers=[], contact_details=[], equality_answers=[])
        for _ in range(CHUNK // 10):
            number += 1
            campaign = number % size.campaigns + 1
            name = FORMS[campaign % len(FORMS)]
            one = chance.choice(said[name])
            answers += len(one.answers)
            rows["responses"].append(_response(number, campaign, versions[name], size, chance))
            rows["answers"] += [{"response_id": number, **answer} for answer in one.answers]
            rows["contact_details"] += [{"response_id": number, **one.contact}] if one.contact else []
            survey_round = f"round {campaign % 4}"
            rows["equality_answers"] += [{"survey_round": survey_round, "id": _uid(chance), **row} for row in one.apart]
        for name, made in rows.items():
            _put(session, name, made)


def _response(number: int, campaign: int, version: int, size: Size, chance: random.Random) -> Row:
    copy = number if campaign == 1 and number <= size.copies // 2 else None
    return {
        "id": number,
        "uid": _uid(chance),
        "content_sha256": _sha256(number),
        "receipt": f"R{_code(number * 977)}",
        "campaign_id": campaign,
        "form_version_id": version,
        "copy_id": copy,
        "household_id": copy if copy is not None and copy <= size.households else None,
        "channel": list(Channel)[number % len(Channel)],
        "site_id": number % 6 + 1 if number % 3 == 0 else None,
        "received_on": DAY - timedelta(days=number % 300),
        "language": "en",
        "format": "clear",
        "state": "clash" if number % 2_000 == 0 else "complete",
    }


def _put_pages(session: Session, size: Size) -> None:
    """Put in what was scanned: a hundred pages to a file, five readings to a page."""
    files = max(1, size.pages // 100)
    _put(session, "batches", ({"id": one, "channel": "paper", "received_on": DAY} for one in _ids(files)))
    names = (
        {"id": one, "batch_id": one, "sha256": _sha256(one), "name": "a.pdf", "size_bytes": 1} for one in _ids(files)
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
        for one in _ids(size.pages)
    )
    _put(session, "pages", pages)
    readings = (
        {"page_id": page, "question": f"q{question}", "answer": "yes"}
        for page in _ids(size.pages)
        for question in range(5)
    )
    _put(session, "readings", readings)


def _put_doubts(session: Session, size: Size, version: int) -> None:
    """Put in copies of the TSM form that came back with doubts, one of them decided on: four doubts to a copy."""
    form = {"id": 1, "form_version_id": version, "name": "TSM00001", "edition": "clear", "size": "a4", "language": "en"}
    _put(session, "printed_forms", [{**form, "pages": 3, "pdf_sha256": _sha256("TSM00001")}])
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
