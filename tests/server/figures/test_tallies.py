"""Measures from counts, as the regulator works them out."""

from decimal import Decimal
from fractions import Fraction

from server.figures.rounding import percentage, rounded
from server.figures.tallies import Tally, tally_of

POINTS = ("very_satisfied", "fairly_satisfied", "neither", "fairly_dissatisfied", "very_dissatisfied")


def test_a_measure_divides_the_first_two_by_the_five_and_by_nothing_else() -> None:
    tally = Tally((119, 120, 27, 31, 30), not_applicable=12, blank=8)
    assert tally.valid == 327
    assert tally.share() == Decimal("73.1")


def test_half_a_last_place_goes_up() -> None:
    assert rounded(Fraction(6225, 100), 1) == Decimal("62.3")
    assert rounded(Fraction(6235, 100), 1) == Decimal("62.4")
    assert rounded(percentage(1, 3), 1) == Decimal("33.3")


def test_a_whole_percentage_keeps_its_decimal() -> None:
    assert str(Tally((1, 0, 0, 0, 1)).share()) == "50.0"


def test_nobodys_answers_have_no_share_and_no_mean() -> None:
    assert Tally(not_applicable=4).share() is None
    assert Tally(not_applicable=4).mean() is None


def test_the_mean_is_five_for_the_best_and_one_for_the_worst() -> None:
    assert Tally((3, 0, 0, 0, 0)).mean() == 5
    assert Tally((0, 0, 0, 0, 2)).mean() == 1
    assert Tally((1, 1, 1, 1, 0)).mean() == Fraction(7, 2)


def test_options_become_points_in_their_order_and_the_rest_is_blank() -> None:
    counts = {"very_dissatisfied": 2, "very_satisfied": 5, "not_applicable": 3}
    assert tally_of(counts, POINTS, "not_applicable", asked=14) == Tally((5, 0, 0, 0, 2), 3, 4)


def test_two_tallies_add_up() -> None:
    assert Tally((1, 2, 3, 4, 5), 6, 7) + Tally((1, 1, 1, 1, 1), 1, 1) == Tally((2, 3, 4, 5, 6), 7, 8)
