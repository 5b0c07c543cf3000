"""A run's households → their cover letters, one sheet each, in the run's order; folded, they fit a window envelope."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from babel.dates import format_date

from forms.landlord import Landlord
from forms.paper import fonts
from server.queries.recipients import Recipient
from server.runs.addressed.fitting import Fitted, Room, fitted
from server.runs.addressed.labels import address_lines
from server.runs.addressed.rendering import joined, rendered

if TYPE_CHECKING:
    from weasyprint import Document

ZONE: Final = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Place:
    """Where things stand on a letter; lengths in mm, type in pt."""

    body_pt: float = 14
    """The least for body text in clear print (UKAAF)."""
    body_top_mm: float = 103
    """Beneath the upper fold."""
    side_mm: float = 20
    address_left_mm: float = 20
    address_top_mm: float = 50
    """Where a DL window (90 x 35 mm, 20 mm from left and bottom) shows the address of a sheet folded at 99 mm."""
    folds_mm: tuple[float, ...] = (99, 198)

    @property
    def text_width_mm(self) -> float:
        """Give the width between the margins of A4."""
        return 210 - 2 * self.side_mm


PLACE: Final = Place()

ADDRESS_ROOM: Final = Room(85, 31, (12, 11, 10, 9, 8))

AT_ONCE: Final = 100
"""Letters laid out together: what that takes of memory grows with each."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What differs from one letter to the next."""

    address: Fitted
    greeting: str
    number: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What all letters of a run say."""

    language: str
    """Of the form that they go out with."""
    text: str
    """Paragraphs with an empty line between them."""
    made_at: datetime
    landlord: Landlord

    @property
    def month(self) -> str:
        """Give what stands for the date: on which day a letter is posted is not known when it is printed."""
        return format_date(self.made_at.astimezone(ZONE), "MMMM y", locale="en_GB")


def letters(run_id: int, recipients: Sequence[Recipient], wording: Wording) -> bytes:
    """Give the PDF of all letters of a run. What they share is laid out and kept once, beneath each."""
    made = [
        Letter(fitted(address_lines(one), ADDRESS_ROOM), _greeting(one.name, wording.language), f"{run_id}/{number}")
        for number, one in enumerate(recipients, start=1)
    ]
    direction = _direction(wording.text)
    parts = (
        rendered("addresses.html", letters=made[at : at + AT_ONCE], direction=direction, place=PLACE).write_pdf()
        for at in range(0, len(made), AT_ONCE)
    )
    return joined(parts, beneath=_sheet(wording).write_pdf())


def fits_one_page(wording: Wording) -> bool:
    """Tell whether a letter in these words has one page; what differs between letters does not change its length."""
    return len(_sheet(wording).pages) == 1


def _sheet(wording: Wording) -> "Document":
    return rendered(
        "letter.html",
        month=wording.month,
        landlord=wording.landlord,
        paragraphs=_paragraphs(wording.text),
        direction=_direction(wording.text),
        place=PLACE,
    )


def _paragraphs(text: str) -> list[str]:
    """Give the paragraphs; their own line ends stay."""
    lines = "\n".join(line.strip() for line in text.strip().splitlines())
    return [part.strip("\n") for part in lines.split("\n\n") if part.strip()]


def _greeting(name: str, language: str) -> str:
    """Greet by name where it is known and has room on one line, so that all letters are of one length.

    Where the run is not in English the name stands alone: the letter may be in any language.
    """
    name = " ".join(name.split())
    words, otherwise = (f"Dear {name},", "Hello,") if language == "en" else (f"{name},", "")
    has_room = fonts.width_mm(words, PLACE.body_pt) < PLACE.text_width_mm * 0.95
    return words if name and has_room else otherwise


def _direction(text: str) -> str:
    """Give `ltr` or `rtl`, by the first letter that has a direction."""
    directions = map(unicodedata.bidirectional, text)
    first = next((one for one in directions if one in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"
