"""Figures as sentences claim no more than the answers carry."""

import random

import pytest

from server.figures.accuracy import standing
from server.figures.directions import direction
from server.figures.saying import (
    Change,
    change,
    difference,
    in_ten,
    measured,
    measured_share,
    wording_of_change,
    wording_of_difference,
    wording_of_measure,
    wording_of_place,
    wording_of_standing,
)

QUARTILES = (64.65, 71.8, 78.95)


def test_the_interval_of_a_difference_is_the_one_that_newcombe_printed() -> None:
    """56/70 against 48/80: 0.0524 to 0.3339 (Newcombe, 1998, table II, case a, method 10)."""
    one, other = measured(56, 70), measured(48, 80)
    assert one
    assert other
    of = difference(one, other)
    assert of.low == pytest.approx(5.24, abs=0.01)
    assert of.high == pytest.approx(33.39, abs=0.01)


def test_a_change_inside_the_margin_is_too_few_answers_to_say() -> None:
    before = measured_share(63.5, 345, 1745)
    assert wording_of_change(measured(224, 347, 1745), before, "2024-25") == (
        "63.5 % in 2024-25; too few answers to say if it has changed"
    )


def test_a_change_beyond_the_margin_is_up_or_down() -> None:
    before = measured_share(63.5, 345, 1745)
    assert wording_of_change(measured(270, 347, 1745), before, "2024-25") == "up from 63.5 % in 2024-25"
    assert wording_of_change(measured(170, 347, 1745), before, "2024-25") == "down from 63.5 % in 2024-25"


def test_without_answers_nothing_is_said_of_a_change() -> None:
    assert wording_of_change(None, measured(1, 2), "2024-25") == "nobody has answered yet"
    assert "no figure of 2024-25" in wording_of_change(measured(1, 2), None, "2024-25")


def test_a_change_that_is_not_there_is_hardly_ever_told() -> None:
    """Two samples of the same tenants: a difference may be told in one of twenty at most."""
    chance = random.Random(3)
    told = 0
    for _ in range(2_000):
        samples = [measured(sum(chance.random() < 0.65 for _ in range(150)), 150) for _ in range(2)]
        told += change(samples[0], samples[1]) is not Change.UNSURE  # type: ignore[arg-type]
    assert told / 2_000 < 0.065


def test_groups_are_told_apart_only_beyond_the_margin() -> None:
    names = ("flats", "houses")
    assert wording_of_difference(measured(90, 100), measured(50, 100), names).endswith("higher among flats")
    assert wording_of_difference(measured(50, 100), measured(90, 100), names).endswith("lower among flats")
    assert wording_of_difference(measured(5, 10), measured(6, 10), names).endswith(
        "too few answers to say which is higher"
    )
    assert "too few" in wording_of_difference(None, measured(6, 10), names)


@pytest.mark.parametrize(
    ("satisfied", "valid", "words"),
    [
        (500, 1000, "in the lowest quarter"),
        (680, 1000, "below the median"),
        (950, 1000, "in the highest quarter"),
        (778, 1000, "above the median"),
        (650, 1000, "below the median"),
        (72, 100, "above the median; too few answers to say for sure"),
    ],
)
def test_a_place_among_landlords_is_as_sure_as_its_interval(satisfied: int, valid: int, words: str) -> None:
    assert wording_of_place(measured(satisfied, valid), QUARTILES) == words


def test_a_figure_is_said_with_its_interval() -> None:
    assert wording_of_measure(measured(219, 345, 1745)) == "63.5 %, between 58.8 % and 67.9 % at 95 %"
    assert wording_of_measure(measured(10, 20, 20)) == "50.0 %; everybody answered"
    assert wording_of_measure(None) == "nobody has answered yet"


@pytest.mark.parametrize(
    ("homes", "answers", "words"),
    [
        (0, 0, "No homes are known"),
        (1745, 0, "No answer counts yet. ± 5 points need 315 answers of 1,745 homes."),
        (1745, 347, "347 answers give ± 4.7 points. That is enough"),
        (1745, 300, "15 more. A census that falls short of it is enough at this size."),
        (5000, 300, "more."),
    ],
)
def test_where_a_year_stands_is_said_in_words(homes: int, answers: int, words: str) -> None:
    rules = direction()
    said = wording_of_standing(standing(homes, answers, rules.bands, rules.census_is_enough_up_to))
    assert words in said
    assert ("census" in said) == (homes == 1745 and answers == 300)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "none"),
        (2, "almost none"),
        (14.9, "about 1 in 10"),
        (48, "about half"),
        (63.5, "about 6 in 10"),
        (94.9, "about 9 in 10"),
        (97, "nearly all"),
        (100, "all"),
    ],
)
def test_a_share_is_said_in_plain_words(share: float, words: str) -> None:
    assert in_ten(share) == words
