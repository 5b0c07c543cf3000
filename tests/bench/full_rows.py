"""The rows of a store as full as ten years would make it, table by table, all of them made up."""

import hashlib
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from forms.answers import collect
from forms.codes.copy_code import COPY_ALPHABET
from forms.definition import Form
from forms.kinds.contact import Contact
from server.households.oddities import Odd, Oddity
from server.models.campaigns import Audience, CampaignState, Channel, Sampling
from server.models.copies import RunKind, RunState
from server.models.officers import Role
from server.store import Store
from tests.bench.stores import made_up

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


def ids(count: int) -> range:
    """Give the numbers of so many rows."""
    return range(1, count + 1)


def some_uid(chance: random.Random) -> str:
    """Give a UUID."""
    return str(UUID(int=chance.getrandbits(128)))


def sha256_of(*parts: object) -> str:
    """Give a hash, another for other parts."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def officers() -> Iterator[Row]:
    """Give officers, in the first three roles by turns."""
    for number in ids(30):
        yield {
            "id": number,
            "username": f"officer{number}",
            "name": f"Officer {number}",
            "role": list(Role)[number % 3],
            "password_hash": "no password",
            "signed_in_at": datetime(2026, 11, 1, tzinfo=UTC),
        }


def campaigns(size: Size, versions: Mapping[str, int]) -> Iterator[Row]:
    """Give campaigns: half of them open."""
    states = (CampaignState.OPEN, CampaignState.OPEN, CampaignState.CLOSED, CampaignState.DRAFT)
    for number in ids(size.campaigns):
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


def kiosks() -> Iterator[Row]:
    """Give a kiosk for each site."""
    return ({"id": one, "name": f"Screen {one}", "site_id": one, "token_sha256": sha256_of(one)} for one in ids(6))


def households(size: Size, chance: random.Random) -> Iterator[Row]:
    """Give households, with all that is kept of them."""
    for number in ids(size.households):
        yield {
            "id": number,
            "uid": some_uid(chance),
            "code": f"1000{number:07d}",
            "area": AREAS[number % len(AREAS)],
            "scheme": f"Scheme {number % 40}",
            "tenure": TENURES[number % len(TENURES)],
            "age_band": "65 to 74",
            "property_type": "Flat",
            "profile": {"Landlord code": str(number)},
            "is_here": number % 50 != 0,
        }


def household_contacts(size: Size, chance: random.Random) -> Iterator[Row]:
    """Give how households can be reached."""
    for number in ids(size.households):
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


def imports() -> Iterator[Row]:
    """Give lists of households that were taken in, with their oddities."""
    odd = [Oddity(number, "Email", Odd.EMAIL).plain() for number in range(200)]
    return (
        {"id": one, "applied_at": datetime(2026, 11, 1, tzinfo=UTC), "rows": 20_000, "oddities": odd} for one in ids(12)
    )


def waiting_answers(store: Store) -> Row:
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


def invitations(size: Size) -> Iterator[Row]:
    """Give invitations: of every household to the first campaign, of every fourth to three others."""
    for campaign, step in ((1, 1), (5, 4), (9, 4), (10, 4)):
        for number in range(1, size.households + 1, step):
            because = "They moved out." if number % 100 == 0 else None
            yield {"campaign_id": campaign, "household_id": number, "left_out_because": because}


def runs(size: Size) -> Iterator[Row]:
    """Give print runs: the first half for households."""
    for number in ids(40):
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


def copies_of(size: Size) -> Iterator[Row]:
    """Give copies: those of the first twenty runs are households', as far as these go."""
    each = size.copies // 40
    for number in range(size.copies):
        run = number // each + 1
        yield {
            "id": number + 1,
            "code": copy_code_of(number),
            "campaign_id": 1 if run <= 20 else run % size.campaigns + 1,
            "print_run_id": min(run, 40),
            "number": number + 1,
            "household_id": number + 1 if run <= 20 and number < size.households else None,
        }


def copy_code_of(number: int) -> str:
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


def some_answers(form: Form, chance: random.Random) -> Said:
    """Give the answers of one made-up response."""
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


def response(number: int, campaign: int, version: int, size: Size, chance: random.Random) -> Row:
    """Give a response to a campaign: of the first one, half came on copies."""
    copy = number if campaign == 1 and number <= size.copies // 2 else None
    return {
        "id": number,
        "uid": some_uid(chance),
        "content_sha256": sha256_of(number),
        "receipt": f"R{copy_code_of(number * 977)}",
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
