"""What happens in the made-up year: the campaigns, what is printed for them, what comes back and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from forms import library
from forms.definition import Form
from forms.loading import parse_form
from server.figures.years import ReportingYear
from server.models.campaigns import Audience, Channel
from server.models.copies import RunKind

TSM: Final = "tsm-2026-27"
LETTER: Final = "We would like to know how we are doing.\n\nPlease fill in this form, and send it back to us."
"""It goes to nobody."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Copies that come back together: sent in on the page Post with their day, or dropped into the watched folder."""

    copies: int
    came_on: date | None = None
    """None for the watched folder; the visitor says on which day these came."""
    oddities: bool = False
    """Whether a page is missing, one copy is scanned twice, and in the folder a letter lies beside them."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed and comes back. `spare` copies are left for the visitor to drop in."""

    kind: RunKind
    stacks: Sequence[Stack]
    copies: int = 1
    size: str = "a4"
    spare: int = 0

    @property
    def returned(self) -> int:
        """Give how many copies come back, the spare ones too."""
        return sum(stack.copies for stack in self.stacks) + self.spare


@dataclass(frozen=True, slots=True)
class Chapter:
    """One campaign with all that happens in it."""

    name: str
    form: Form
    opens_on: date
    closes_on: date
    channels: Sequence[Channel]
    audience: Audience
    paper: Paper | None = None
    visits: int = 0
    interviews: int = 0
    mood: float = 0.0
    shows_results: bool = False
    yaml: bytes = b""
    """The form's source, where it is not one that ships."""
    surely: Sequence[str] = ()
    """What the first people surely write as their comment."""

    @property
    def asks_homes(self) -> bool:
        """Tell whether households are invited."""
        return self.audience is Audience.INVITED


def tsm_source(year: ReportingYear) -> bytes:
    """Give the tenant survey of a year as YAML: the one that ships, with its year changed where it is another's."""
    text = library.path_of(TSM).read_text(encoding="utf-8")
    shipped, begins = ReportingYear.named(TSM.removeprefix("tsm-")), year.begins
    for dash in ("-", " to ", "\N{EN DASH}"):
        text = text.replace(f"{shipped.begins}{dash}{shipped.begins + 1}", f"{begins}{dash}{begins + 1}")
    return text.replace(str(shipped), str(year)).encode()


def _tsm(year: ReportingYear) -> Form:
    return parse_form(tsm_source(year), f"tsm-{year}")


def whole_year(today: date) -> list[Chapter]:
    """Give the year as the demo shows it; it ends today."""
    this = ReportingYear.of(today)
    last = ReportingYear(this.begins - 1)
    autumn = date(last.begins, 9, 22)
    repairs = today - timedelta(days=150)
    return [
        Chapter(
            f"Tenant survey {last}", _tsm(last), autumn, autumn + timedelta(days=39),
            (Channel.PAPER, Channel.IMPORTED), Audience.INVITED,
            Paper(RunKind.HOUSEHOLDS, (Stack(6, autumn + timedelta(days=12)), Stack(5, autumn + timedelta(days=25)))),
            interviews=52, mood=0.25, yaml=tsm_source(last),
        ),
        Chapter(
            "After your repair, summer", library.find("after-repair"), repairs, repairs + timedelta(days=30),
            (Channel.PAPER,), Audience.ANYONE,
            Paper(RunKind.COPIES, (Stack(12, repairs + timedelta(days=21)),), copies=40),
        ),
        Chapter(
            f"Tenant survey {this}", _tsm(this), today - timedelta(days=24), today + timedelta(days=30),
            (Channel.PAPER, Channel.KIOSK), Audience.INVITED,
            Paper(RunKind.HOUSEHOLDS, (Stack(8, today - timedelta(days=6)), Stack(4, oddities=True)), spare=2),
            visits=16, yaml=tsm_source(this), surely=("There is black mould in the bathroom again.",),
        ),
        Chapter(
            "Vale Voices reply slip, autumn", library.find("reply-slip"), today - timedelta(days=40),
            today + timedelta(days=20), (Channel.PAPER,), Audience.ANYONE,
            Paper(RunKind.COPIES, (Stack(7),), copies=60, size="a5", spare=1),
            surely=("More about gardens, please.", "There is black mould on my bedroom wall."),
        ),
        Chapter(
            "Coffee mornings at the Cove", library.find("event"), today - timedelta(days=10),
            today + timedelta(days=80), (Channel.KIOSK,), Audience.ANYONE, visits=18, shows_results=True,
            surely=("A lovely morning, good cake.", "Our hall smells of gas since Monday."),
        ),
    ]  # fmt: skip


def short_year(today: date) -> list[Chapter]:
    """Give as little as has every part in it: what the tests make."""
    spring = today - timedelta(days=100)
    return [
        Chapter(
            "News poll, spring", library.find("poll"), spring, spring + timedelta(days=30),
            (Channel.PAPER, Channel.IMPORTED), Audience.INVITED,
            Paper(RunKind.HOUSEHOLDS, (Stack(2, spring + timedelta(days=9), oddities=True),), spare=1),
            interviews=3, surely=("Please ring the bell.", "No more letters."),
        ),
        Chapter(
            "Coffee mornings", library.find("event"), today, today + timedelta(days=9),
            (Channel.KIOSK,), Audience.ANYONE, visits=2,
        ),
    ]  # fmt: skip
