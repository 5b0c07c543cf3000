"""Samples, margins and intervals, against figures of the regulator and of the literature."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.figures.accuracy import margin, points_for, required_sample, sample_table, standing, wilson
from server.figures.directions import direction

BANDS = direction().bands
CENSUS = direction().census_is_enough_up_to


@pytest.mark.parametrize(
    ("population", "points"),
    [(1, 5), (2_499, 5), (2_500, 4), (9_999, 4), (10_000, 3), (24_999, 3), (25_000, 2), (90_000, 2)],
)
def test_the_accuracy_that_is_needed_goes_by_the_number_of_tenants(population: int, points: float) -> None:
    assert points_for(population, BANDS) == points


def test_the_landlords_own_sample_and_margin_of_2025_are_the_regulators() -> None:
    assert required_sample(1_745, 5) == pytest.approx(314.846794040842, abs=1e-9)
    assert margin(347, 1_745) == pytest.approx(4.71022533099495, abs=1e-9)


def test_nothing_is_unsure_when_everybody_answered() -> None:
    assert margin(40, 40) == 0
    assert margin(1, 1) == 0


def test_no_answers_have_no_margin() -> None:
    with pytest.raises(ValueError, match="no answers"):
        margin(0, 100)
    assert standing(1_745, 0, BANDS, CENSUS).margin is None


def test_a_year_tells_how_many_answers_are_missing_and_if_a_census_is_enough() -> None:
    short = standing(1_745, 300, BANDS, CENSUS)
    assert (short.is_reached, short.missing, short.is_census_enough) == (False, 15, True)
    reached = standing(2_501, 600, BANDS, CENSUS)
    assert (reached.is_reached, reached.missing, reached.is_census_enough) == (True, 0, False)


def test_the_table_of_samples_is_in_whole_answers() -> None:
    assert {size: needed for size, _, needed in sample_table(BANDS)}[1_745] == 315


def test_the_interval_without_correction_is_wilsons() -> None:
    """Newcombe (1998), Statistics in Medicine 17, table I, method 3: 81 of 263 and 15 of 148, with z = 1.96."""
    first, second = wilson(81, 263), wilson(15, 148)
    assert first is not None
    assert second is not None
    assert (round(first.low, 2), round(first.high, 2)) == (25.53, 36.62)
    assert (round(second.low, 2), round(second.high, 2)) == (6.24, 16.05)


@given(st.integers(1, 400), st.data())
def test_the_interval_holds_the_share_and_shrinks_as_fewer_are_left_to_ask(valid: int, data: st.DataObject) -> None:
    satisfied = data.draw(st.integers(0, valid))
    wide, narrow = wilson(satisfied, valid), wilson(satisfied, valid, 500)
    assert wide is not None
    assert narrow is not None
    share = 100 * satisfied / valid
    ends = (0, wide.low, narrow.low, share, narrow.high, wide.high, 100)
    assert all(one <= other + 1e-9 for one, other in pairwise(ends))


def test_a_hundred_answers_of_nearly_two_hundred_tenants_are_as_good_as_two_hundred_of_many() -> None:
    assert wilson(60, 100, 199) == wilson(120, 200)


def test_the_interval_is_a_point_when_everybody_answered_and_nothing_without_answers() -> None:
    whole = wilson(30, 40, 40)
    assert whole is not None
    assert whole.low == whole.high == 75
    assert wilson(0, 0, 40) is None
