"""A person's answers → their copy as it comes back: filled in by hand, worn, scanned, with what was meant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from zlib import crc32

import cv2

from forms.layout import Layout
from forms.layout.model import Kind
from forms.paper.fields import PART
from forms.paper.printing import Printing
from tests.demo.lettering import written_words
from tests.demo.opinions import Person, Said
from tests.paper.asking import Asked, asked_on_paper
from tests.paper.hands import Family, Writer, writer
from tests.paper.intentions import Intention
from tests.paper.pens import PenKind, put_ink
from tests.paper.plans import Planner
from tests.paper.printed import form_and_layout
from tests.paper.sheets import FilledPage, filled
from tests.paper.truth import Case, QuestionTruth, Value
from tests.paper.wear import DPI, WEARS

MEANT, WORN, LETTERED = 1_000_001, 1_000_002, 1_000_003
"""Purposes of chance beside those of single boxes, as `tests.paper.returns` has them."""

AMBIGUOUS: Final = 0.03
"""Of the questions answered by boxes, how many nobody could tell: what there is to see under Review."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One copy that is to come back."""

    copy: str
    person: Person
    wear: str
    with_torn_off: bool = False
    """Whether the page that is torn off came with it."""
    without_page: int | None = None
    """A page that did not come."""


@dataclass(frozen=True, slots=True)
class PageIn:
    """One page as it came in, and what is true of it."""

    copy: str
    number: int
    image: bytes
    truths: Mapping[str, QuestionTruth]
    """Of the questions on it that are answered by boxes."""
    words: Mapping[str, str]
    """Of the questions that are written in."""


def come_back(printing: Printing, sheet: Sheet) -> list[PageIn]:
    """Give the pages of a copy as they come out of the scanner."""
    cv2.setNumThreads(1)
    form, layout = form_and_layout(printing)
    hand = _legible(writer(sheet.person.seed, Family.JUDGING))
    said = sheet.person.says(form)
    meant = _meant(asked_on_paper(form, layout), layout, hand, said)
    wear = WEARS[sheet.wear]
    pages = filled(printing, hand, meant, sheet.copy, dpi=DPI, colour=wear.colour)
    found = []
    for page in pages:
        number = page.truth.number
        if number == sheet.without_page or (number in printing.torn_off_pages and not sheet.with_torn_off):
            continue
        words = _write(page, layout, hand, said)
        other = next((one for one in pages if one.truth.number == _behind(number)), None)
        scan = wear(page, hand.rng(WORN, number, crc32(wear.name.encode())), other)
        truths = {one.question: one for one in page.truth.questions}
        found.append(PageIn(sheet.copy, number, scan.encoded(), truths, words))
    return found


def _legible(hand: Writer) -> Writer:
    """Give the hand with a pen that words can be read from, where it has a thick or a faint one."""
    if hand.pen.kind in (PenKind.FELT, PenKind.FAINT_PENCIL):
        return replace(hand, pen=replace(hand.pen, kind=PenKind.BALLPOINT, width_mm=0.45, reflects=(0.5, 0.25, 0.2)))
    return hand


def _behind(number: int) -> int:
    return number + 1 if number % 2 else number - 1


def _meant(questions: Sequence[Asked], layout: Layout, hand: Writer, said: Said) -> Intention:
    """Give which boxes get which ink, now and then so that nobody can tell what was meant."""
    rng = hand.rng(MEANT)
    clear = {page: sum(one.name in said and page in one.pages for one in questions) for page in range(1, 99)}
    planner = Planner(layout, hand, rng, clear)
    truths = []
    for asked in questions:
        value = _value(said.get(asked.name))
        case: Case | None = None
        if value and rng.random() < AMBIGUOUS:
            case, value = planner.ambiguous(asked), None
        else:
            planner.plain(asked, value)
        truths.append(QuestionTruth(asked.name, asked.answering, asked.pages, value, case))
    return Intention(tuple(truths), planner.boxes, frozenset())


def _value(said: str | list[str] | None) -> Value:
    return tuple(said) if isinstance(said, list) else said


def _write(page: FilledPage, layout: Layout, hand: Writer, said: Said) -> dict[str, str]:
    """Write the words on a page; give them by question."""
    found = dict[str, str]()
    for field in layout.fields:
        words = said.get(field.name.split(PART)[0])
        if field.page == page.truth.number and field.kind is Kind.TEXT and isinstance(words, str):
            rng = hand.rng(LETTERED, crc32(field.name.encode()))
            put_ink(page.image, page.px_per_mm, written_words(words, field.box_mm, hand, rng), hand.pen, rng)
            found[field.name] = words
    return found
