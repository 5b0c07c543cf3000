"""A seed says everything about a return."""

from itertools import islice

import numpy as np

from forms.paper.printing import Printing
from tests.paper.hands import Family
from tests.paper.returns import returns, simulated_return
from tests.paper.wear import WEARS

GREY = WEARS["grey-200"]


def test_a_seed_gives_the_same_return(after_repair: Printing) -> None:
    one, again = (simulated_return(after_repair, 3, GREY, Family.JUDGING) for _ in range(2))
    assert one.copy == again.copy
    assert [page.encoded() for page in one.pages] == [page.encoded() for page in again.pages]


def test_another_scan_shows_the_same_sheet_with_other_noise(after_repair: Printing) -> None:
    first, second = (simulated_return(after_repair, 3, GREY, scan=scan) for scan in (0, 1))
    assert first.questions == second.questions
    assert [page.truth for page in first.pages] == [page.truth for page in second.pages]
    assert not any(
        np.array_equal(one.scan.image, other.scan.image) for one, other in zip(first.pages, second.pages, strict=True)
    )


def test_the_families_return_different_sheets_for_one_seed(after_repair: Printing) -> None:
    one, other = (simulated_return(after_repair, 3, GREY, family) for family in Family)
    assert one.writer != other.writer
    assert one.copy != other.copy


def test_a_batch_takes_printings_and_wears_in_turn(after_repair: Printing, your_choice: Printing) -> None:
    wears = [WEARS["clean-150"], WEARS["clean-200"]]
    batch = list(islice(returns([after_repair, your_choice], wears, Family.CHOOSING, 40), 4))
    assert {(one.printing, one.wear) for one in batch} == {
        (printing.name, wear.name) for printing in (after_repair, your_choice) for wear in wears
    }
    assert [one.writer.seed for one in batch] == [40, 41, 42, 43]


def test_blank_backs_are_left_out(your_choice: Printing) -> None:
    pages = simulated_return(your_choice, 1, WEARS["clean-150"]).pages
    assert [page.truth.number for page in pages] == [
        number for number in range(1, your_choice.pages + 1) if number not in your_choice.blank_pages
    ]
