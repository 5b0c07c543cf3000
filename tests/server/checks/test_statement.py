"""What is said of counts, for one batch and for several."""

import pytest

from server.checks.statement import Part, Statement, in_per_cent
from server.queries.checks import Looked


def part(batch: int, size: int, checked: int, wrong: int = 0, **more: int) -> Part:
    return Part(batch, size, more.get("pool", size), Looked(more.get("drawn", checked), checked, checked - wrong))


def test_598_checks_without_an_error_say_at_most_half_a_per_cent() -> None:
    told = Statement((part(1, 9000, 598),))
    assert told.bound is not None
    assert in_per_cent(told.bound) == "0.5"
    assert (told.more, told.to_draw) == (0, {})


def test_before_the_first_check_nothing_is_said_and_598_are_to_be_drawn() -> None:
    told = Statement((part(1, 9000, 0, pool=1800),))
    assert told.bound is None
    assert (told.more, told.to_draw) == (598, {1: 598})


def test_an_error_asks_for_more_checks() -> None:
    assert Statement((part(1, 9000, 598, 1),)).more == 947 - 598


def test_what_waits_is_not_drawn_again_and_no_more_than_there_are_pictures() -> None:
    assert Statement((part(1, 9000, 10, drawn=500, pool=520),)).to_draw == {1: 20}


def test_a_difference_that_a_third_look_clears_is_not_wrong() -> None:
    cleared = Part(1, 100, 100, Looked(20, 20, 18, first_right=1, first_wrong=1))
    assert (cleared.wrong, Statement((cleared,)).unsettled, Statement((cleared,)).second_wrong) == (1, 0, 1)


def test_batches_that_were_not_checked_are_named_and_nothing_is_said_of_them() -> None:
    told = Statement((part(1, 4000, 300), part(2, 2000, 0), part(3, 0, 0)))
    assert told.unchecked == (2,)
    assert told.bound == Statement((part(1, 4000, 300),)).bound


def test_each_batch_of_a_campaign_is_drawn_from_by_its_share() -> None:
    told = Statement((part(1, 4000, 300), part(2, 2000, 0)))
    assert told.to_draw == {1: 99, 2: 200}


@pytest.mark.parametrize(
    ("part_of_all", "words"),
    [(0.0049969, "0.5"), (0.004, "0.4"), (0.00401, "0.41"), (0.0123401, "1.24"), (1.0, "100"), (0.02, "2")],
)
def test_a_bound_is_never_said_to_be_less_than_it_is(part_of_all: float, words: str) -> None:
    assert in_per_cent(part_of_all) == words
