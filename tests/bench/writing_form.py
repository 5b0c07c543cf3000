"""A form of combs and a comment box, filled in with real handwriting: what reading writing is measured on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from forms.landlord import Landlord
from forms.layout import Field
from forms.loading import parse_form
from forms.paper.printing import Printing, print_form
from scanning.pipeline import Library, Located, read_image
from scanning.template import Template, template_of
from scanning.writing.cells import centres_mm
from tests.bench.scoring import working
from tests.paper.pens import Pen, put_ink
from tests.paper.printed import copy_code, form_and_layout, printed_pages
from tests.paper.returns import ReturnedPage
from tests.paper.sheets import FilledPage
from tests.paper.strokes import Floats, Stroke
from tests.paper.truth import PageTruth
from tests.paper.wear import DPI, Wear
from tests.training.cells import in_colour, placed, stroke_of
from tests.training.characters import Handwritten

FORM = """
form: writing
version: "1"
title: Writing
languages: {en: final}
introduction: Write clearly.
closing: Thank you.
sections:
  - id: codes
    title: Codes
    questions:
      - {id: home, kind: yes_no, ask: Is this your home?}
      - {id: postcode, kind: code, pattern: uk_postcode, ask: What is your postcode?}
      - {id: copy, kind: code, pattern: copy_code, ask: Which code is on your letter?}
      - {id: moved, kind: date, ask: When did you move in?, earliest: 1950-01-01, latest: today}
      - {id: job, kind: code, pattern: job_number, ask: Which job was it?}
      - {id: minutes, kind: number, maximum: 999, unit: minutes, ask: How long did it take?}
  - id: words
    title: Your words
    questions:
      - {id: wanted, kind: comment, ask: What should we do?}
"""

COPY = copy_code(np.random.default_rng(0))

Hand = Mapping[str, Sequence[Handwritten]]
"""One writer's characters, by what they say."""


@cache
def printing() -> Printing:
    """Give the form as printed."""
    return print_form(parse_form(FORM.encode(), "writing.yaml"), Landlord())


@cache
def template() -> Template:
    """Give the form as it is read by."""
    found = template_of(printing().pdf)
    if found is None:
        raise ValueError("the form carries no definition")
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Filled:
    """A page filled in: which one, and how it looks."""

    number: int
    page: FilledPage


def filled(answers: Mapping[str, str], hand: Hand, pen: Pen, rng: np.random.Generator) -> Iterator[Filled]:
    """Give the pages with answers written in their combs, by field (`moved/day`); a space leaves a cell empty."""
    layout = form_and_layout(printing())[1]
    for number, printed in printed_pages(printing(), COPY, DPI, colour=False):
        page = layout.pages[number - 1]
        scale = (printed.shape[1] / page.width_mm, printed.shape[0] / page.height_mm)
        image = printed.copy()
        for field in layout.fields:
            if field.page == number and field.name in answers and field.comb_cells:
                strokes = list(_written(field, answers[field.name], hand, rng))
                put_ink(image, scale, strokes, pen, rng)
        truth = PageTruth(printing().name, None, number, (), (), ())
        yield Filled(number, FilledPage(image, printed, scale, (page.width_mm, page.height_mm), truth))


def _written(field: Field, words: str, hand: Hand, rng: np.random.Generator) -> Iterator[Stroke]:
    for character, centre in zip(words, centres_mm(field), strict=False):
        if character != " ":
            one = hand[character][int(rng.integers(len(hand[character])))]
            yield from (stroke_of(_line(line, centre), rng) for line in placed(one, rng).strokes)


def _line(line: Floats, centre: Floats) -> Floats:
    return line + centre


def read(one: Filled, wear: Wear, rng: np.random.Generator) -> tuple[np.ndarray, Located] | None:
    """Wear a page, scan it and read its marks; give the image and what was found, None where it was not."""
    page = in_colour(one.page) if wear.colour else one.page
    grey, _ = working(ReturnedPage(wear(page, rng), page.truth))
    found = read_image(grey, Library({template().printing: template()}))
    return (grey, found[0]) if found and isinstance(found[0], Located) else None
