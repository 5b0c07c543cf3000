"""Real hand marks on simulated sheets: one mark a question, one way of marking a sheet, worn and read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Final
from zlib import crc32

import cv2
import numpy as np

from forms import library
from forms.landlord import Landlord
from forms.layout import Box
from forms.paper.editions import EditionName
from forms.paper.printing import Printing, print_form
from scanning.pipeline import Library, Located, read_image
from scanning.readings import Answer, Doubt, MarkFeatures, PageReading
from scanning.settling import settled
from scanning.template import Template, template_of
from tests.bench.scoring import working
from tests.paper.asking import Asked, asked_on_paper
from tests.paper.pens import Image
from tests.paper.printed import copy_code, form_and_layout, printed_pages
from tests.paper.real_marks import RealMark, put_mark
from tests.paper.returns import ReturnedPage
from tests.paper.sheets import FilledPage
from tests.paper.truth import Answering, PageTruth
from tests.paper.wear import DPI, WEARS

EMPTY: Final = "empty"
EMPTY_EVERY: Final = 4
"""Of so many questions of a sheet one gets the crop of an empty box, as long as there are any."""

DARKNESS: Final = (0.6, 0.9)
"""How dark the pens are, one for a sheet: from a light ballpoint to a felt pen."""

COPY: Final = copy_code(np.random.default_rng(1))


@dataclass(frozen=True, eq=False, slots=True)
class Sheet:
    """Marks for the questions of one copy, in their order."""

    number: int
    form: str
    edition: EditionName
    marks: tuple[RealMark, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one mark was read as: `answer` against the option it `stands` on; `reason` when doubted."""

    mark: str
    shows: str
    wear: str
    question: str
    stands: str
    answer: Answer
    reason: str | None
    features: MarkFeatures
    """Of the box that the mark is on."""
    others: tuple[MarkFeatures, ...]

    @property
    def kind(self) -> str:
        """Tell right, wrong and doubted answers apart; a page that was set aside has none."""
        if self.reason is not None:
            return "doubted"
        wanted = None if self.shows == EMPTY else self.stands
        if self.answer == wanted:
            return "right"
        return "as blank" if self.answer is None else "as marked" if wanted is None else "as another"


@cache
def printed(form: str, edition: EditionName) -> tuple[Printing, Template]:
    """Give a form of the library as printed, and its template."""
    printing = print_form(library.find(form), Landlord(), edition=edition)
    template = template_of(printing.pdf)
    if template is None:
        raise ValueError(f"{form} carries no definition")
    return printing, template


@cache
def usable(form: str, edition: EditionName) -> tuple[Asked, ...]:
    """Give the questions of one choice that are asked whatever was answered before: the bench marks any of them."""
    asked = asked_on_paper(*form_and_layout(printed(form, edition)[0]))
    return tuple(one for one in asked if one.answering is Answering.ONE and not one.question.show_if)


@cache
def _blank_pages(form: str, edition: EditionName) -> Mapping[int, Image]:
    wanted = {page for asked in usable(form, edition) for page in asked.pages}
    pages = printed_pages(printed(form, edition)[0], COPY, DPI, colour=False)
    return {number: image for number, image in pages if number in wanted}


def sheets(marks: Sequence[RealMark], forms: Sequence[tuple[str, EditionName]]) -> Iterator[Sheet]:
    """Give sheets of one way of marking each, crops with neighbouring names together: they are of the same people."""
    order = sorted(marks, key=lambda mark: mark.shows)
    empty = [mark for mark in order if mark.shows == EMPTY]
    number = 0
    for shows, group in groupby(order, lambda mark: mark.shows):
        waiting = [] if shows == EMPTY else list(group)
        while waiting:
            form, edition = forms[number % len(forms)]
            here = [
                (empty if at % EMPTY_EVERY == EMPTY_EVERY - 1 and empty else waiting).pop(0)
                for at in range(len(usable(form, edition)))
                if waiting
            ]
            yield Sheet(number, form, edition, tuple(here))
            number += 1


def outcomes(sheet: Sheet, wear: str) -> list[Outcome]:
    """Fill in one sheet, wear it, read it, and hold each answer against the mark."""
    rng = np.random.default_rng((sheet.number, crc32(wear.encode())))
    places = _places(sheet, np.random.default_rng(sheet.number))
    template = printed(sheet.form, sheet.edition)[1]
    readings = [reading for page in _filled(sheet, places, wear) for reading in _read(page, wear, rng, template)]
    answers, doubts = settled(template.form, readings)
    return [
        _outcome(mark, wear, asked, asked.boxes.index(box), readings, answers, doubts)
        for mark, asked, box in places
        if asked.name in answers
    ]


def _places(sheet: Sheet, rng: np.random.Generator) -> list[tuple[RealMark, Asked, int]]:
    questions = usable(sheet.form, sheet.edition)
    return [(mark, asked, int(rng.choice(asked.boxes))) for mark, asked in zip(sheet.marks, questions, strict=False)]


def _filled(sheet: Sheet, places: Sequence[tuple[RealMark, Asked, int]], wear: str) -> Iterator[FilledPage]:
    printing = printed(sheet.form, sheet.edition)[0]
    layout = form_and_layout(printing)[1]
    darkness = float(np.random.default_rng(sheet.number).uniform(*DARKNESS))
    for number, blank in _blank_pages(sheet.form, sheet.edition).items():
        page, image = layout.pages[number - 1], blank.copy()
        px_per_mm = image.shape[1] / page.width_mm, image.shape[0] / page.height_mm
        for mark, _, box in places:
            if layout.fields[box].page == number:
                put_mark(image, px_per_mm, _square(layout.fields[box].box_mm), mark, darkness)
        drawn, bare = (_coloured(one) if WEARS[wear].colour else one for one in (image, blank))
        size = page.width_mm, page.height_mm
        yield FilledPage(drawn, bare, px_per_mm, size, PageTruth(printing.name, COPY, number, (), (), ()))


def _coloured(image: Image) -> Image:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


def _square(box: Box) -> Box:
    return Box(box.x, box.y, min(box.w, box.h), min(box.w, box.h))


def _read(page: FilledPage, wear: str, rng: np.random.Generator, template: Template) -> Iterator[PageReading]:
    grey, _ = working(ReturnedPage(WEARS[wear](page, rng), page.truth))
    for one in read_image(grey, Library({template.printing: template})):
        if isinstance(one, Located):
            yield one.reading


def _outcome(
    mark: RealMark,
    wear: str,
    asked: Asked,
    at: int,
    readings: Sequence[PageReading],
    answers: Mapping[str, Answer],
    doubts: Sequence[Doubt],
) -> Outcome:
    reasons = {doubt.question: doubt.reason.value for doubt in doubts}
    features = [box.features for reading in readings for box in reading.marks if box.name == asked.name]
    others = tuple(one for number, one in enumerate(features) if number != at)
    # A doubt without a question's name is about the whole page.
    reason = reasons.get(asked.name, reasons.get(""))
    stands, answer = asked.options[at], answers[asked.name]
    return Outcome(mark.name, mark.shows, wear, asked.name, stands, answer, reason, features[at], others)
