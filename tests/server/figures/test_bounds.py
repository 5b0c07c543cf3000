"""Exact bounds: known values, what they promise, and what they are for several parts together."""

from fractions import Fraction
from math import comb
from random import Random

import pytest

from server.figures.bounds import Stratum, at_most, bound_over, checks_needed, shares, upper_bound

KNOWN = (
    (0, 1, 0.95),
    (0, 10, 0.2588656),
    (1, 10, 0.3941633),
    (2, 10, 0.5069013),
    (5, 10, 0.7775589),
    (9, 10, 0.9948838),
    (0, 100, 0.0295130),
    (1, 100, 0.0465598),
    (0, 598, 0.0049970),
)
"""Wrong, checked, and the quantile 0.95 of the beta distribution with wrong + 1 and checked - wrong."""


@pytest.mark.parametrize(("wrong", "checked", "bound"), KNOWN)
def test_the_bound_is_that_of_tables_of_the_beta_distribution(wrong: int, checked: int, bound: float) -> None:
    assert upper_bound(wrong, checked) == pytest.approx(bound, abs=5e-7)


@pytest.mark.parametrize(("wrong", "checked"), [(0, 7), (3, 7), (1, 250), (12, 900), (4, 20_000)])
def test_at_the_bound_so_few_wrong_ones_are_found_one_time_in_twenty(wrong: int, checked: int) -> None:
    part = Fraction(upper_bound(wrong, checked)).limit_denominator(10**12)
    exact = (
        sum(comb(checked, k) * part**k * (1 - part) ** (checked - k) for k in range(wrong + 1)) if checked < 300 else 0
    )
    found = float(exact) if exact else at_most(wrong, checked, float(part))
    assert found == pytest.approx(0.05, rel=1e-6)


def test_without_an_error_the_bound_is_in_closed_form() -> None:
    for checked in (1, 5, 59, 598, 12_345):
        assert upper_bound(0, checked) == pytest.approx(1 - 0.05 ** (1 / checked), rel=1e-9)


def test_of_nothing_checked_and_of_all_wrong_all_may_be_wrong() -> None:
    assert upper_bound(0, 0) == upper_bound(7, 7) == 1.0


def test_the_binomial_below_is_the_beta_above() -> None:
    """Both ways of writing it, and both ends."""
    assert at_most(2, 10, 0.3) == pytest.approx(0.3827827864)
    assert at_most(9, 10, 0.3) + 0.3**10 == pytest.approx(1)
    assert (at_most(0, 5, 0.0), at_most(4, 5, 1.0), at_most(5, 5, 1.0)) == (1.0, 0.0, 1.0)


@pytest.mark.parametrize(
    ("target", "wrong", "needed"), [(0.005, 0, 598), (0.01, 0, 299), (0.05, 0, 59), (0.01, 1, 473)]
)
def test_so_many_checks_are_needed_for_a_target(target: float, wrong: int, needed: int) -> None:
    assert checks_needed(target, wrong) == needed


def test_so_many_checks_are_enough_and_one_fewer_is_not() -> None:
    chance = Random(3)
    for _ in range(60):
        target, wrong = chance.uniform(0.002, 0.4), chance.randrange(9)
        needed = checks_needed(target, wrong)
        assert upper_bound(wrong, needed) <= target < upper_bound(wrong, needed - 1)


@pytest.mark.parametrize("target", [0.0, 1.0, -1.0])
def test_a_target_that_is_no_part_is_refused(target: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        checks_needed(target)


def test_more_errors_raise_the_bound_and_more_checks_lower_it() -> None:
    for checked in (10, 100, 1000):
        bounds = [upper_bound(wrong, checked) for wrong in range(8)]
        assert bounds == sorted(bounds)
        assert upper_bound(2, checked + 1) < upper_bound(2, checked)


def test_parts_checked_evenly_are_bounded_as_one() -> None:
    assert bound_over([Stratum(1000, 100, 1), Stratum(3000, 300, 0)]) == pytest.approx(upper_bound(1, 400))


def test_a_part_that_was_checked_less_raises_the_bound_and_one_that_was_not_takes_it_away() -> None:
    uneven = bound_over([Stratum(1000, 350, 1), Stratum(3000, 50, 0)])
    assert uneven == pytest.approx(6 * upper_bound(1, 400))
    assert bound_over([Stratum(1000, 350, 0), Stratum(3, 0, 0)]) == 1.0
    assert bound_over([Stratum(1000, 350, 0), Stratum(0, 0, 0)]) == upper_bound(0, 350)
    assert bound_over([]) == 1.0


def test_the_bound_over_parts_holds_nineteen_times_in_twenty() -> None:
    """Uneven parts, the worst of them checked the least: drawn 400 times from known rates."""
    chance = Random(11)
    sizes, taken, rates = (800, 200), (60, 60), (0.05, 0.0)
    truth = sum(size * rate for size, rate in zip(sizes, rates, strict=True)) / sum(sizes)
    held = 0
    for _ in range(400):
        strata = [
            Stratum(size, n, sum(chance.sample([True] * round(size * rate) + [False] * (size - round(size * rate)), n)))
            for size, n, rate in zip(sizes, taken, rates, strict=True)
        ]
        held += bound_over(strata) >= truth
    assert held >= 0.95 * 400


def test_each_part_gets_its_share_and_never_more_than_there_are() -> None:
    assert shares(100, [300, 100]) == [75, 25]
    assert shares(10, [1, 1, 1]) == [1, 1, 1]
    assert sum(shares(598, [4321, 17, 908])) >= 598
    assert shares(10, [0, 0]) == [0, 0]
