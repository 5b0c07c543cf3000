"""A fillable PDF that was typed into and sent back as a file → its pages as read from the fields, exactly.

The file names its printing; what its fields mean is told by the template of that name in the library, never by the
file. Boxes are given in points (72 to an inch) of the page. Answers are words, by the names that paper has for them; a
part of contact details is an answer by itself (`reach/phone`).
"""

from typing import BinaryIO, Final

from forms.errors import FormsError
from forms.layout.model import Box, Values
from forms.layout.opening import opened
from forms.paper.carried import PaperError
from scanning.pipeline.library import Library
from scanning.readings import (
    REFUSALS,
    SENTENCES,
    Doubt,
    MarkFeatures,
    MarkReading,
    PageReading,
    Reason,
    Refusal,
    SetAside,
    State,
    WritingReading,
)
from scanning.template import PageTemplate, Template
from scanning.typed.answering import Answered, answered, held
from scanning.typed.fields import TypedFields, typed_fields

PT_PER_MM: Final = 72 / 25.4

DOUBTED_CONFIDENCE: Final = 0.5

DAMAGED: Final = "What this PDF says of its form is damaged. Ask for it once more, or print it and scan it."


def typed_readings(file: BinaryIO, library: Library) -> list[PageReading | SetAside] | None:
    """Give the pages of a typed-in PDF of ours; None for any other file, which is then read as images.

    None too for a form of ours without a value: a flattened one, or one that was drawn on. One page set aside stands
    for a file of a printing that the library does not have.
    """
    file.seek(0)
    try:
        with opened(file) as pdf:
            found = typed_fields(pdf)
    except PaperError:
        return [SetAside(Refusal.UNKNOWN_PRINTING, DAMAGED)]
    except FormsError:
        return None
    finally:
        file.seek(0)
    if found is None:
        return None
    template = library.templates.get(found.printing)
    if template is None:
        return [SetAside(Refusal.UNKNOWN_PRINTING, REFUSALS[Refusal.UNKNOWN_PRINTING])]
    return list(_readings(template, found))


def _readings(template: Template, found: TypedFields) -> list[PageReading]:
    """Read each page of which the file still has a field."""
    result = answered(template, found)
    pages = [page for page in template.pages if _names(page) & set(found.values)]
    whole = [*_about_the_file(template, found)]
    return [_page(template, page, found, result, [] if number else whole) for number, page in enumerate(pages)]


def _names(page: PageTemplate) -> set[str]:
    return {box.name for box in page.ticks} | {field.name for field in page.texts}


def _about_the_file(template: Template, found: TypedFields) -> list[Doubt]:
    """Give the doubts that are about no question; they stand on the first page."""
    known = {name for page in template.pages for name in _names(page)}
    added = any(value for name, value in found.values.items() if name not in known)
    holding = ((added, Reason.FIELD_ADDED), (found.drawn_on, Reason.DRAWN_ON))
    return [Doubt("", reason, SENTENCES[reason]) for holds, reason in holding if holds]


def _page(
    template: Template, page: PageTemplate, found: TypedFields, result: Answered, whole: list[Doubt]
) -> PageReading:
    here = {name: answer for name, answer in result.answers.items() if result.pages[name] == page.number}
    return PageReading(
        printing=template.printing,
        form=template.form.form,
        version=template.form.version_name,
        page=page.number,
        copy=None,
        rotation_deg=0.0,
        residual_mm=0.0,
        marks=_marks(page, found.values, result),
        writings=_writings(page, found.values, result),
        answers=here,
        doubts=(*(result.doubts[name] for name in here if name in result.doubts), *whole),
        typed=True,
    )


def _marks(page: PageTemplate, values: Values, result: Answered) -> tuple[MarkReading, ...]:
    marks = []
    for box in page.ticks:
        state = _state(box.option in held(values, box.name), result.is_doubted(box.name))
        place = _points(Box(box.x, box.y, box.side, box.side))
        marks.append(MarkReading(box.name, box.kind, box.option, state, MarkFeatures(), _confidence(state), place))
    return tuple(marks)


def _writings(page: PageTemplate, values: Values, result: Answered) -> tuple[WritingReading, ...]:
    writings = []
    for field in page.texts:
        words = "\n".join(held(values, field.name))
        state = _state(bool(words.strip()), result.is_doubted(field.name))
        writings.append(WritingReading(field.name, state, 0.0, _points(field.box_mm), words or None))
    return tuple(writings)


def _state(filled: bool, doubted: bool) -> State:
    if not filled:
        return State.BLANK
    return State.DOUBTFUL if doubted else State.MARKED


def _confidence(state: State) -> float:
    return DOUBTED_CONFIDENCE if state is State.DOUBTFUL else 1.0


def _points(box: Box) -> tuple[float, float, float, float]:
    return box.x * PT_PER_MM, box.y * PT_PER_MM, box.w * PT_PER_MM, box.h * PT_PER_MM
