"""Words beside boxes leave a doubt that no clear mark takes away, on a page and on the copy that it is of."""

from scanning.readings import Reason
from scanning.sheets import Received, copies
from scanning.written_beside import SENTENCE, doubted
from tests.scanning.made import PRINTING, page, printed

COPY = "K7PM 4TXE"


def test_an_answer_beside_which_somebody_wrote_is_doubted() -> None:
    got = doubted(page(1, COPY, {"repair": "yes"}), ["repair", "elsewhere", "repair"])
    assert got.answers == {"repair": None}
    assert [(one.question, one.reason, one.detail) for one in got.doubts] == [("repair", Reason.BESIDE, SENTENCE)]


def test_what_is_doubted_anyway_keeps_its_reason() -> None:
    faint = page(1, COPY, {"repair": "yes"}, faint=True)
    assert doubted(faint, ["repair"]) == faint


def test_the_copy_doubts_what_its_pages_doubt_for_that() -> None:
    first = doubted(page(1, COPY, {"repair": "yes"}), ["repair"])
    pages = [Received("a", 0, first), Received("a", 1, page(2, COPY, {"way": "phone"}))]
    [copy] = copies(pages, {PRINTING: printed()})
    assert copy.answers == {"repair": None, "way": "phone"}
    assert [(one.question, one.detail) for one in copy.doubts] == [("repair", SENTENCE)]
