"""A page of the form of the bench, filled in with real characters, worn, and read as the product does."""

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import cv2
import numpy as np
import pytest

from forms.loading import parse_form
from scanning.writing.drafts import By, Draft, Unsure
from scanning.writing.engines import Engines
from scanning.writing.expected import Lists
from scanning.writing.page import drafts, wording_of
from tests.bench.writing_form import FORM, Filled, filled, read, template
from tests.paper.pens import Pen, PenKind, put_ink
from tests.paper.wear import WEARS
from tests.scanning.writing.hands import hand
from tests.training.cells import stroke_of

PEN = Pen(PenKind.GEL, 0.5, (0.1, 0.1, 0.1), 0.03)
LISTS = Lists(date(2026, 11, 26), postcodes=frozenset({"M14 5AB", "M20 3XY", "OL1 1AA"}))


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    yield
    cv2.setNumThreads(before)


def drafted(answers: dict[str, str], wear: str = "grey") -> dict[str, Draft]:
    """Give the drafts of the first page with those answers in its cells."""
    rng = np.random.default_rng(4)
    found = read(next(filled(answers, hand(), PEN, rng)), WEARS[wear], rng)
    assert found is not None
    return {draft.name: draft for draft in drafts(*found, LISTS, Engines())}


@pytest.mark.parametrize("wear", ["grey", "bitonal", "phone-curl", "feeder-stretch"])
def test_a_postcode_of_the_list_is_read_however_the_page_came_in(wear: str) -> None:
    draft = drafted({"postcode": "OL1 1AA"}, wear)["postcode"]
    assert (draft.value, draft.by) == ("OL11AA", By.CELLS)


def test_a_postcode_that_is_not_listed_is_shown_as_written_and_not_sure() -> None:
    draft = drafted({"postcode": "B71 4TX"})["postcode"]
    assert not draft.is_sure
    assert draft.value not in ("M145AB", "M203XY", "OL11AA")


def test_the_parts_of_a_day_are_one_draft() -> None:
    found = drafted({"moved/day": "13", "moved/month": "08", "moved/year": "1998"})
    assert set(found) == {"moved"}
    assert found["moved"].value == "13081998"


def test_a_page_without_writing_has_no_drafts() -> None:
    assert drafted({}) == {}


def test_the_strip_holds_every_written_cell_for_later_training() -> None:
    strip = b64decode(drafted({"postcode": "OL1 1AA"})["postcode"].strip)
    picture = cv2.imdecode(np.frombuffer(strip, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    assert picture.shape == (28, 6 * 28)


def test_words_beside_the_tick_boxes_are_told_and_a_tick_is_not() -> None:
    rng = np.random.default_rng(4)
    one = next(filled({}, {}, PEN, rng))
    [tick, *_] = template().pages[0].ticks
    corner = np.array([tick.x, tick.y])
    loops, turn = np.linspace(0, 12 * np.pi, 200), np.linspace(0, 6, 12)
    words = corner + np.column_stack([30 + loops + np.cos(loops), 2 + 2 * np.sin(loops)])
    letters = [corner + (42 + 3 * at, 1) + 1.2 * np.column_stack([np.sin(turn), np.cos(turn)]) for at in range(8)]
    mark = corner + np.array([[0.5, 2.5], [2.0, 4.0], [6.0, -1.5]])
    large = corner + np.array([[0.5, 2.5], [2.0, 4.0], [12.0, -3.5]])
    for lines, told in (((mark,), []), ((large,), []), ((mark, words), ["home"]), ((mark, *letters), ["home"])):
        image = one.page.image.copy()
        put_ink(image, one.page.px_per_mm, [stroke_of(line, rng) for line in lines], PEN, rng)
        found = read(Filled(one.number, replace(one.page, image=image)), WEARS["grey"], rng)
        assert found is not None
        seen = drafts(*found, LISTS, Engines())
        assert [draft.name for draft in seen if draft.unsure is Unsure.BESIDE_BOXES] == told


@pytest.mark.parametrize(
    ("kind", "language", "by_words"), [("comment", "en", True), ("short_text", "en", False), ("comment", "pl", False)]
)
def test_a_comment_in_english_is_read_by_its_words_and_a_name_is_not(kind: str, language: str, by_words: bool) -> None:
    told = FORM.replace("kind: comment", f"kind: {kind}").replace("{en:", f"{{{language}:")
    [field] = [field for page in template().pages for field in page.texts if field.name == "wanted"]
    assert (wording_of(parse_form(told.encode(), "writing.yaml"), field) is not None) is by_words
