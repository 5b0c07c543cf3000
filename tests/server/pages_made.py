"""Pages of the TSM form as they would be read, made without a picture: two pages and one to tear off.

Nothing here knows of the server, so that a reader's child can make them too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from forms import library
from forms.definition import Form
from forms.layout.model import Kind
from forms.paper.fields import PART
from scanning.readings import MarkFeatures, MarkReading, PageReading, Refusal, SetAside, State, WritingReading
from scanning.settling import settled

PRINTING: Final = "TSM00001"
TORN_OFF: Final = 3
PAGES: Final[Mapping[int, Sequence[str]]] = {
    1: ("overall", "repair_done", "repairs_service", "safe_home"),
    2: ("comment", "contact_me", "contact"),
    TORN_OFF: ("age_band", "cares_for"),
}
"""The questions that stand on each page."""

BLANK: Final = MarkFeatures()
MARKED: Final = MarkFeatures(ink=0.3, extent=0.95, flat=0.6, least_cell=0.03, dark=0.9, peak=0.9)
FAINT: Final = MarkFeatures(ink=0.04, extent=0.25, flat=0.15, dark=0.3, peak=0.3)


@cache
def tsm() -> Form:
    """Give the form."""
    return library.find("tsm-2026-27")


def page(
    number: int,
    copy: str | None = None,
    marks: Mapping[str, str | Sequence[str]] | None = None,
    *,
    faint: Mapping[str, str] | None = None,
    written: Sequence[str] = (),
    printing: str = PRINTING,
) -> PageReading:
    """Give a page as it would be read: `marks` are question → what is ticked, `faint` what perhaps is."""
    form = tsm()
    boxes = tuple(_boxes(form, number, marks or {}, faint or {}))
    writings = tuple(_writings(form, number, written))
    raw = PageReading(printing, form.form, form.version_name, number, copy, 0.0, 0.05, boxes, writings, {}, ())
    answers, doubts = settled(form, [raw])
    return replace(raw, answers=answers, doubts=doubts)


def _boxes(
    form: Form, number: int, marks: Mapping[str, str | Sequence[str]], faint: Mapping[str, str]
) -> Iterator[MarkReading]:
    for place, name in enumerate(PAGES[number]):
        question = form.question(name)
        for choice in form.choices(question) if question.chooses else ():
            ticked = choice.id in _several(marks.get(name, ()))
            features = MARKED if ticked else FAINT if faint.get(name) == choice.id else BLANK
            several = question.kind == "several_choices"
            yield MarkReading(
                f"{name}{PART}{choice.id}" if several else name,
                Kind.CHECK if several else Kind.RADIO,
                choice.id,
                State.MARKED if ticked else State.BLANK,
                features,
                1.0,
                (10.0, 100.0 * place, 20.0, 20.0),
            )


def _several(said: str | Sequence[str]) -> Sequence[str]:
    return (said,) if isinstance(said, str) else said


def _writings(form: Form, number: int, written: Sequence[str]) -> Iterator[WritingReading]:
    for name in PAGES[number]:
        if not form.question(name).chooses:
            state = State.MARKED if name in written else State.BLANK
            yield WritingReading(name, state, 0.1 if name in written else 0.0, (10.0, 500.0, 300.0, 80.0))


def set_aside(refusal: Refusal = Refusal.NO_CODE, detail: str = "Its code cannot be read.") -> SetAside:
    """Give a page that could not be read."""
    return SetAside(refusal, detail)


SURE: Final[Mapping[str, str | Sequence[str]]] = {
    "overall": "fairly_satisfied",
    "repair_done": "yes",
    "repairs_service": "very_satisfied",
    "safe_home": "not_applicable",
    "contact_me": "yes",
    "age_band": "from_25_to_34",
    "cares_for": ("child", "older_person"),
}


def sure(number: int, copy: str | None = None, **more: object) -> PageReading:
    """Give a page on which nothing is doubted."""
    marks = {name: said for name, said in SURE.items() if name in PAGES[number]}
    return page(number, copy, marks, **more)  # type: ignore[arg-type]
