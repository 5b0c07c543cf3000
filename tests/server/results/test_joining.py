"""Small groups put together: the same way in every table, so that no two of them give a third away."""

from hypothesis import given
from hypothesis import strategies as st

from server.figures.crosstabs import crossed
from server.figures.suppression import SMALL, TOTAL, hide_small
from server.results.gathering import EQUALITY_SMALL, guarded
from server.results.joining import OTHERS, joined, places_joined, rows_joined
from tests.server.figures.test_suppression import assert_protected

TOTALS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12), min_size=1)


def test_small_groups_are_put_together() -> None:
    assert joined({"a": 2, "b": 4, "c": 9}) == {"a": OTHERS, "b": OTHERS, "c": "c"}


def test_one_small_group_takes_the_next_larger_one_with_it() -> None:
    assert joined({"a": 2, "b": 7, "c": 9}) == {"a": OTHERS, "b": OTHERS, "c": "c"}


def test_a_group_that_is_alone_keeps_its_name() -> None:
    assert joined({"a": 2}) == {"a": "a"}


@given(TOTALS)
def test_no_row_is_small_after_joining_unless_all_together_are(totals: dict[str, int]) -> None:
    rows = joined(totals)
    sums = {row: sum(totals[name] for name in totals if rows[name] == row) for row in rows.values()}
    assert all(value == 0 or value >= SMALL for value in sums.values()) or sum(totals.values()) < SMALL


def test_schemes_are_joined_within_their_area_and_small_areas_with_each_other() -> None:
    counts = [("North", "One", "x", 3), ("North", "Two", "x", 4), ("South", "Three", "x", 4), ("", "", "x", 1)]
    counts += [("North", "Four", "y", 9)]
    found, parents = places_joined(counts)
    assert {(row.split("\x1f")[0], number) for row, _, number in found} == {
        (OTHERS, 3), (OTHERS, 4), (OTHERS, 1), ("Four", 9),
    }  # fmt: skip
    assert set(parents.values()) == {"North"}


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(("North", "South", "")), st.sampled_from("abc"), st.sampled_from("xyz"), st.integers(0, 9)
    ),
    min_size=1,
    max_size=9,
)


@given(PEOPLE)
def test_what_is_hidden_by_area_and_scheme_cannot_be_worked_out_from_both_tables(
    people: list[tuple[str, str, str, int]],
) -> None:
    counts, parents = places_joined(people)
    hidden = hide_small(crossed(counts, parents=parents))
    if not hidden.is_withheld:
        assert_protected(hidden)


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz"), st.integers(0, 9)), min_size=1, max_size=9))
def test_a_table_hides_no_total_that_another_table_shows(people: list[tuple[str, str, int]]) -> None:
    """Rows that are small by themselves are gone, so a total is hidden only where the table is not shown at all."""
    hidden = hide_small(crossed(rows_joined(people)))
    small_totals = [total for total in hidden.table.row_totals if 0 < total < SMALL]
    assert not small_totals or sum(number for *_, number in people) < SMALL
    assert hidden.is_withheld or any(place.column is TOTAL for place in hidden.places) or _is_safe(hidden)


def _is_safe(hidden: object) -> bool:
    assert_protected(hidden)  # type: ignore[arg-type]
    return True


OPTIONS = {"a": "A", "b": "B", "c": "C", "d": "D"}


@given(st.fixed_dictionaries({option: st.integers(0, 30) for option in OPTIONS}))
def test_no_equality_count_below_ten_is_shown_nor_a_total_that_gives_one_away(counts: dict[str, int]) -> None:
    found = guarded("Which?", counts, OPTIONS)
    shown = [count for _, count in found.counts]
    assert all(count is None or count >= EQUALITY_SMALL for count in shown)
    assert (found.total is None) == (None in shown)


def test_one_small_equality_count_takes_a_second_with_it() -> None:
    found = guarded("Which?", {"a": 3, "b": 40, "c": 12, "d": 90}, OPTIONS)
    assert dict(found.counts) == {"A": None, "B": 40, "C": None, "D": 90}
