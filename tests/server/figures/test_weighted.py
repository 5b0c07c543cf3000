"""Weighted counts: each answer by the weight of its kind."""

import pytest

from server.figures.counts import Part
from server.figures.tallies import Tally
from server.figures.weighted import OTHERS, join_small, weighed, weighted_figure

YOUNG = Part(10, {"TP01": Tally((2, 2, 2, 2, 2), 1, 0)}, {"repair": (4, 6)})
OLD = Part(90, {"TP01": Tally((60, 12, 6, 6, 6), 2, 0)}, {"repair": (60, 30)})


def test_weighted_counts_have_the_shares_of_the_homes() -> None:
    found = weighed({("young",): YOUNG, ("old",): OLD}, ["Age band"], [{"young": 500.0, "old": 500.0}])
    assert found.weighting
    assert found.weighting.characteristics == ("Age band",)
    assert found.weighting.points["TP01"] == pytest.approx((2 * 5 + 60 / 1.8, 2 * 5 + 12 / 1.8, *[2 * 5 + 6 / 1.8] * 3))
    assert found.weighting.not_applicable["TP01"] == pytest.approx(5 + 2 / 1.8)
    assert found.weighting.filters["repair"] == pytest.approx((4 * 5 + 60 / 1.8, 6 * 5 + 30 / 1.8))


def test_a_weighted_figure_is_less_sure_than_an_unweighted_one() -> None:
    found = weighed({("young",): YOUNG, ("old",): OLD}, ["Age band"], [{"young": 500.0, "old": 500.0}])
    plain = weighed({("young",): YOUNG, ("old",): OLD}, ["Age band"], [{"young": 10.0, "old": 90.0}])
    one, other = weighted_figure(found, "TP01", 2), weighted_figure(plain, "TP01", 2)
    assert one
    assert other
    assert one.share == pytest.approx(60.0)
    assert other.share == pytest.approx(76.0)
    assert one.interval.high - one.interval.low > 1.5 * (other.interval.high - other.interval.low)


def test_without_weights_there_is_no_weighted_figure_but_a_reason() -> None:
    found = weighed({("old",): OLD}, ["Age band"], [{"young": 500.0, "old": 500.0}])
    assert found.weighting is None
    assert "nobody who is “young” has answered" in found.raked.why_not[0]
    assert weighted_figure(found, "TP01", 2) is None


def test_groups_with_few_respondents_are_put_together() -> None:
    few = Part(2, {"TP01": Tally((1, 1, 0, 0, 0))}, {})
    kinds: dict[tuple[str, ...], Part] = {("A", "x"): OLD, ("B", "x"): few, ("C", "x"): few}
    joined, _, targets = join_small(
        kinds, ["Area", "Tenure"], [{"A": 50.0, "B": 20.0, "C": 20.0, "D": 10.0}, {"x": 100.0}]
    )
    assert {kind: part.answers for kind, part in joined.items()} == {("A", "x"): 90, (OTHERS, "x"): 4}
    assert joined[OTHERS, "x"].measures["TP01"] == Tally((2, 2, 0, 0, 0))
    assert targets == [{"A": 50.0, OTHERS: 50.0}, {"x": 100.0}]
