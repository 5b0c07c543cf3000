"""Counts of one question → what is shown of it."""

from decimal import Decimal

from server.results.summaries import chosen, days, numbers, scaled

POINTS = {"a": "Good", "b": "Fair", "c": "So so", "d": "Poor", "e": "Bad", "not_applicable": "Not used"}


def test_shares_are_of_those_who_answered_and_may_come_to_more_than_all() -> None:
    found = chosen({"x": 3, "y": 2}, {"x": "One", "y": "Other", "z": "Third"}, 4)
    assert [(bar.words, bar.count, bar.share) for bar in found.bars] == [
        ("One", 3, Decimal("75.0")),
        ("Other", 2, Decimal("50.0")),
        ("Third", 0, Decimal("0.0")),
    ]


def test_a_scale_has_a_mean_and_a_share_without_its_sixth_answer() -> None:
    found = scaled({"a": 1, "b": 1, "e": 2, "not_applicable": 4}, POINTS, list(POINTS)[:5], 8)
    assert found.facts == (("“Good” or “Fair”", "50.0 %"), ("Mean of the five points, 5 the best", "2.8"))
    assert [bar.count for bar in found.bars] == [1, 1, 0, 0, 2, 4]


def test_a_scale_that_nobody_answered_has_no_mean() -> None:
    found = scaled({}, POINTS, list(POINTS)[:5], 0)
    assert found.facts == ()
    assert {bar.share for bar in found.bars} == {None}


def test_numbers_have_their_smallest_middle_mean_and_largest() -> None:
    found = numbers({"3": 1, "10": 2, "1": 1})
    assert dict(found.facts) == {"Smallest": "1", "Median": "6.5", "Mean": "6.0", "Largest": "10"}
    assert [(bar.words, bar.count) for bar in found.bars] == [("1", 1), ("3", 1), ("10", 2)]


def test_many_different_numbers_are_put_into_ranges_that_hold_them_all() -> None:
    found = numbers({str(value): 1 for value in range(5, 100)})
    assert [bar.words for bar in found.bars][:2] == ["5 to 16", "17 to 28"]
    assert sum(bar.count for bar in found.bars) == 95


def test_days_are_counted_by_month() -> None:
    found = days({"2026-11-02": 2, "2026-10-31": 1, "2026-11-30": 1})
    assert [(bar.words, bar.count) for bar in found.bars] == [("October 2026", 1), ("November 2026", 3)]
    assert found.facts == (("First", "31 October 2026"), ("Last", "30 November 2026"))
