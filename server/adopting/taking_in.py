"""Any PDF, or a picture of a blank form → a PDF with fields and what it says; looked into in limited children only."""

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from forms.adopting import AdoptingError, Sheets
from forms.adopting.sheets import FILE_MAX_MB, sheets_of_content
from forms.errors import FormsError
from forms.sandbox import Limits, run_limited

LIMITS: Final = Limits(memory_mb=1_500, cpu_s=60, wall_s=90)
"""A page takes 0.3 s to be looked over and 20 MB; the first ones hold whatever decoders need."""

TOO_LARGE: Final = f"the file has more than {FILE_MAX_MB} MB; cut out the pages of the form"


@dataclass(frozen=True, slots=True)
class Fillable:
    """A PDF with fields, with what adopting needs to know of it."""

    content: bytes
    sheets: Sheets
    is_found: bool
    """Whether its fields were found by what is drawn: each wants a look."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it looks, as PNG, and its size."""

    png: bytes
    width_mm: float
    height_mm: float


def fillable_of(path: Path) -> Fillable:
    """Give what is in a file as a PDF with fields. Raises AdoptingError, naming the file."""
    try:
        if path.stat().st_size > FILE_MAX_MB * 2**20:
            raise AdoptingError(f"{path.name}: {TOO_LARGE}")
        return fillable(path.read_bytes(), path.name)
    except OSError as error:
        raise AdoptingError(f"{path.name}: cannot be opened ({error.strerror}); check the path") from None


def fillable(content: bytes, name: str) -> Fillable:
    """Give a PDF or a picture as a PDF with fields: its own, or those found. Raises AdoptingError with that name."""
    try:
        return Fillable(content, sheets_of_content(content, name), is_found=False)
    except AdoptingError:
        pass  # it has no fields of its own, or is no PDF
    try:
        told: dict[str, Any] = run_limited(
            "scanning.foreign.flat:with_fields_json", content, LIMITS, refusal=FormsError
        )
    except FormsError as error:
        raise AdoptingError(f"{name}: {error}") from None
    found = base64.b64decode(told["pdf"])
    return Fillable(found, sheets_of_content(found, name), is_found=True)


def pictures(content: bytes) -> list[Picture]:
    """Give each page of a PDF as it looks. Raises AdoptingError."""
    try:
        told = run_limited("scanning.foreign.flat:pictures_json", content, LIMITS, refusal=FormsError)
    except FormsError as error:
        raise AdoptingError(str(error)) from None
    return [Picture(base64.b64decode(one["png"]), one["width_mm"], one["height_mm"]) for one in told]
