"""Whether every answer of a form that pypdf types into its PDF is read back as it was given."""

import io
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pypdf

from forms import layout
from forms.kinds import Question
from forms.kinds.consent import GIVEN
from forms.kinds.contact import MAX_LENGTH, TIMES, WAYS
from forms.layout.model import Kind, Values
from forms.layout.reading import read_layout
from forms.layout.values import field_values
from tests.forms.paper import Case, form_named, printing
from tests.forms.paper.seen import pages

TYPED = "Zoë O’Łuk, 7 Żar St — “ok” £5"
"""Letters within and beyond the font's own."""


class Filled(NamedTuple):
    """How many fields came back as they were filled in."""

    fields: int
    equal: int


def round_trip(case: Case, *, turn: int = 0) -> Filled:
    """Fill in every field of a printing and read it back; `turn` says which of a question's choices is taken."""
    given = answers(case, turn)
    read = read_back(fill(printing(case).pdf, given))
    boxes = {field.name: field for page in pages(case) for field in page.fields}
    assert set(read) == set(given) == set(boxes), f"{case}: fields and answers differ"
    return Filled(len(given), sum(read[name] == value for name, value in given.items()))


def answers(case: Case, turn: int) -> Values:
    """Give an answer for every field that the form's definition asks for."""
    given: Values = {}
    for question in form_named(case.form).questions:
        given |= _answer(case, question, turn)
    return given


def _answer(case: Case, question: Question, turn: int) -> Values:
    name = question.id
    choices = [choice.id for choice in form_named(case.form).choices(question)]
    match question.kind:
        case "several_choices":
            return {f"{name}/{one}": one if (at + turn) % 2 == 0 else None for at, one in enumerate(choices)}
        case "date":
            return {f"{name}/day": "07", f"{name}/month": "11", f"{name}/year": "2026"}
        case "contact":
            return {f"{name}/{part}": _contact(part, turn) for part in question.parts}
        case "consent":
            return {name: GIVEN if turn % 2 == 0 else None}
        case "number":
            return {name: "9" * len(str(question.maximum))}
        case "code":
            return {name: "LE13 0UH"[: _cells(case, name)]}
        case "short_text" | "comment":
            return {name: TYPED[: question.max_length]}
    return {name: choices[turn % len(choices)]}


def _contact(part: str, turn: int) -> str:
    if part in MAX_LENGTH:
        return TYPED[: MAX_LENGTH[part]]
    ways = WAYS if part == "best_way" else TIMES
    return ways[turn % len(ways)]


def _cells(case: Case, name: str) -> int:
    return next(field.comb_cells or 0 for page in pages(case) for field in page.fields if field.name == name)


def fill(pdf: bytes, given: Values) -> bytes:
    """Give a PDF with its fields filled in by pypdf, as a person's viewer would save it."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        ticked = {it.name for it in read_layout(opened).fields if it.kind in (Kind.CHECK, Kind.RADIO)}
    typed = {name: f"/{value or 'Off'}" if name in ticked else str(value) for name, value in given.items()}
    for page in (page for page in writer.pages if "/Annots" in page):
        writer.update_page_form_field_values(page, typed, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def read_back(pdf: bytes) -> Values:
    """Give what is filled in, read in this process."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return field_values(opened)


def read_back_guarded(pdf: bytes, path: Path) -> Values:
    """Give the same as a stranger's file is read: in a limited child process."""
    path.write_bytes(pdf)
    return layout.values_of(path)
