"""What a form's PDF says of itself: enough to tell forms from scans, and to put pages of a copy together.

A PDF that somebody names may be a stranger's, so it is opened in a limited child; the drawing stays there.
"""

import mmap
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from forms.definition import Form
from forms.errors import FormsError
from forms.layout.opening import opened
from forms.layout.reading import read_layout
from forms.layout.values import field_values
from forms.loading import parse_form
from forms.paper.carried import carried_definition
from forms.sandbox import Limits, run_limited
from scanning.annotations import is_drawn_on

LIMITS: Final = Limits(memory_mb=1_000, cpu_s=20, wall_s=30)
"""A run of 1,800 copies of 12 pages takes 1.2 s and 300 MB to open."""

ATTACHED: Final = b"/EmbeddedFile"
"""Stands in the open in every PDF that carries a file: a stream's own dictionary is never packed."""


@dataclass(frozen=True)
class Printed:
    """A printing as far as its pages are told apart: which of them are filled in, torn off, or blank backs."""

    name: str
    form: Form
    pages: int
    to_fill: frozenset[int]
    """Page numbers from 1 of the pages with a field."""
    torn_off: frozenset[int]
    blank: frozenset[int]

    @property
    def together(self) -> frozenset[int]:
        """Give the numbers of the pages that come back as one copy: all but blank backs and what is torn off."""
        return frozenset(range(1, self.pages + 1)) - self.blank - self.torn_off


@dataclass(frozen=True, slots=True)
class NotAForm:
    """Why a file cannot be used as a form: one sentence for a person."""

    detail: str


FILLED_IN: Final = NotAForm("it is filled in, so it is read as a return. Give the empty form as well.")
NOT_OURS: Final = NotAForm("it carries no definition of a form. Give the PDF that 'sayso print' made.")
NOT_A_PDF: Final = NotAForm("it is not a PDF. Give the PDF that 'sayso print' made.")


def printed_of(path: Path) -> Printed | NotAForm:
    """Give what an empty form of ours, or a run of its copies, says of itself; why not for any other file."""
    try:
        if not _may_carry(path):
            return NOT_OURS if _is_pdf(path) else NOT_A_PDF
        described = run_limited("scanning.printings:described", path, LIMITS, refusal=FormsError)
    except FormsError as error:
        return NotAForm(f"{error}.".replace("..", "."))
    except OSError as error:
        return NotAForm(f"it cannot be opened ({error.strerror}). Check who may read it.")
    if described is None:
        return NOT_OURS
    return FILLED_IN if described["filled"] else _printed(described)


def described(file: BinaryIO) -> dict[str, Any] | None:
    """Give as JSON what a PDF says of itself, in the child; None when it carries no definition."""
    with opened(file) as pdf:
        carried = carried_definition(pdf)
        if carried is None:
            return None
        return {
            "name": carried.printing,
            "form": carried.form.canonical(),
            "pages": len(pdf.pages),
            "to_fill": sorted({field.page for field in read_layout(pdf).fields}),
            "torn_off": carried.torn_off_pages,
            "blank": carried.blank_pages,
            "filled": any(field_values(pdf).values()) or is_drawn_on(pdf),
        }


def _printed(told: dict[str, Any]) -> Printed:
    form = parse_form(told["form"].encode(), "form")
    to_fill, torn_off, blank = (frozenset(told[key]) for key in ("to_fill", "torn_off", "blank"))
    return Printed(told["name"], form, told["pages"], to_fill, torn_off, blank)


def _may_carry(path: Path) -> bool:
    """Tell whether a file is worth a child: most scans are told from forms by this alone."""
    if not path.stat().st_size or not _is_pdf(path):
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(ATTACHED) >= 0


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return b"%PDF-" in file.read(1024)
