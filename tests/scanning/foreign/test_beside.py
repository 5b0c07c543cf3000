"""Words beside the boxes of somebody else's page are told, beside however many, and its own print is not."""

import cv2

from scanning.foreign import ForeignPage, read_foreign
from scanning.pipeline import Located
from scanning.template import Grey
from scanning.writing.beside import beside
from tests.scanning.foreign.theirs import library, their_pdf, ticked

PX_PER_PT = 200 / 72
ROWS = {"colour.1": 698, "ballot.1": 620, "bare.1": 464}
"""Questions whose boxes leave room to their right, and where on the page they are, in points from its foot."""


def read(image: Grey) -> set[str]:
    theirs = library(their_pdf())
    got = read_foreign(image, theirs)
    assert isinstance(got, Located)
    return {one.name for one in beside(image, got)}


def scan(*, words: bool) -> Grey:
    page = library(their_pdf()).pages[0].page
    assert isinstance(page, ForeignPage)
    image = ticked(their_pdf(), page, (0, 4))
    for foot in ROWS.values() if words else ():
        place = round(400 * PX_PER_PT), round((842 - foot + 4) * PX_PER_PT)
        cv2.putText(image, "see my letter", place, cv2.FONT_HERSHEY_SIMPLEX, 1.2, 60, 3, cv2.LINE_AA)
    return image


def test_words_beside_three_questions_are_told() -> None:
    assert read(scan(words=True)) == set(ROWS)


def test_where_nothing_is_written_nothing_is_told() -> None:
    assert read(scan(words=False)) == set()
