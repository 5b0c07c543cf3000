"""Hidden cells stay hidden: for each, another table with the same published numbers has another count in its place."""

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from server.figures.crosstabs import CrossTable, crossed
from server.figures.suppression import SMALL, TOTAL, Hidden, Place, hide_small, larger_rows

Equation = tuple[dict[Place, int], int]


def table(*cells: tuple[int, ...], parents: dict[str, str] | None = None) -> CrossTable:
    rows, columns = tuple(f"r{n}" for n in range(len(cells))), tuple(f"c{n}" for n in range(len(cells[0])))
    return CrossTable(rows, columns, cells, parents)


def values(found: CrossTable) -> dict[Place, int]:
    """Give all counts of a table that are published or hidden, without the totals of its columns."""
    made = dict[Place, int]()
    larger = larger_rows(found)
    for row, cells in (*zip(found.rows, found.cells, strict=True), *larger.items()):
        is_larger = row in larger
        for column, value in (*zip(found.columns, cells, strict=True), (TOTAL, sum(cells))):
            made[Place(row, column, is_larger)] = value
    return made


def equations(found: CrossTable) -> Iterator[dict[Place, int]]:
    """Give all that a reader knows: rows add up to their totals, and parts to larger rows and to the whole."""
    larger, parents = larger_rows(found), found.parents or {}
    for row in (*found.rows, *larger):
        cells = {Place(row, column, row in larger): 1 for column in found.columns}
        yield {**cells, Place(row, TOTAL, row in larger): -1}
    for column in (*found.columns, TOTAL):
        top = {Place(row, column): 1 for row in found.rows if row not in parents}
        yield {**top, **{Place(row, column, is_larger=True): 1 for row in larger}}
        for parent in larger:
            parts = {Place(row, column): 1 for row in found.rows if parents.get(row) == parent}
            yield {**parts, Place(parent, column, is_larger=True): -1}


def ambiguous(hidden: Hidden) -> set[Place]:
    """Give the hidden places that can have another count, searched through all tables near the true one."""
    true = values(hidden.table)
    unknown = sorted(hidden.places, key=lambda place: (place.is_larger, place.row, place.column or ""))
    laws = [{place: sign for place, sign in law.items() if place in hidden.places} for law in equations(hidden.table)]
    laws = [law for law in laws if law]
    found = set[Place]()

    def search(number: int, moved: dict[Place, int]) -> None:
        if found == set(unknown):
            return
        if number == len(unknown):
            found.update(place for place, by in moved.items() if by)
            return
        place = unknown[number]
        for by in (0, 1, -1):
            if true[place] + by >= 0:
                now = {**moved, place: by}
                done = (law for law in laws if place in law and law.keys() <= now.keys())
                if all(sum(sign * now[one] for one, sign in law.items()) == 0 for law in done):
                    search(number + 1, now)

    search(0, {})
    return found


def assert_protected(hidden: Hidden) -> None:
    small = {place for place, value in values(hidden.table).items() if 0 < value < SMALL}
    assert small <= hidden.places
    if not hidden.is_withheld:
        assert ambiguous(hidden) == hidden.places


def test_a_table_without_small_cells_is_published_whole() -> None:
    hidden = hide_small(table((10, 0, 30), (40, 50, 60)))
    assert hidden.places == frozenset()
    assert hidden.cell("r1", "c2") == 60


def test_one_small_cell_takes_the_cheapest_three_with_it() -> None:
    hidden = hide_small(table((2, 20, 90), (30, 10, 80), (70, 60, 50)))
    assert hidden.places == {Place("r0", "c0"), Place("r0", "c1"), Place("r1", "c0"), Place("r1", "c1")}
    assert hidden.cell("r0", "c0") is None
    assert hidden.row_total("r0") == 112
    assert_protected(hidden)


def test_two_small_cells_that_protect_each_other_take_only_what_is_needed() -> None:
    hidden = hide_small(table((2, 20), (30, 3)))
    assert len(hidden.places) == 4
    assert_protected(hidden)


def test_a_circle_with_a_nought_that_cannot_fall_is_not_taken_for_protection() -> None:
    """Moving one person one way would make a nought negative, and the other way a nought too."""
    hidden = hide_small(table((3, 0), (0, 9)))
    assert_protected(hidden)
    assert not hidden.is_withheld


def test_the_only_row_with_answers_hides_its_total_when_nothing_else_will_do() -> None:
    hidden = hide_small(table((3, 40), (0, 0)))
    assert hidden.row_total("r0") is None
    assert_protected(hidden)


def test_a_table_of_one_row_is_withheld_for_its_totals_give_it_away() -> None:
    hidden = hide_small(table((3, 40)))
    assert hidden.is_withheld
    assert hidden.cell("r0", "c1") is None


def test_a_small_part_is_not_given_away_by_the_larger_row_it_belongs_to() -> None:
    """Each area has one scheme with a small cell: alone, the scheme table would take the two for each other."""
    parents = {"r0": "North", "r1": "North", "r2": "South", "r3": "South"}
    hidden = hide_small(table((2, 20), (30, 40), (3, 50), (60, 70), parents=parents))
    assert_protected(hidden)
    assert hidden.larger_cell("North", "c0") == 32


def test_a_hidden_larger_row_is_not_the_sum_of_published_parts() -> None:
    parents = {"r0": "North", "r1": "North"}
    hidden = hide_small(table((0, 20), (4, 40), (50, 60), (70, 80), parents=parents))
    assert hidden.larger_cell("North", "c0") is None
    assert_protected(hidden)


counts = st.integers(0, 12) | st.integers(0, 4)


@settings(deadline=None, max_examples=100)
@given(st.integers(2, 4).flatmap(lambda width: st.lists(st.tuples(*[counts] * width), min_size=2, max_size=4)))
def test_no_hidden_cell_can_be_worked_out(cells: list[tuple[int, ...]]) -> None:
    hidden = hide_small(table(*cells))
    assert_protected(hidden)
    assert not hidden.is_withheld


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.tuples(counts, counts, counts), min_size=3, max_size=5),
    st.lists(st.sampled_from(("North", "South", None)), min_size=5, max_size=5),
)
def test_no_hidden_cell_can_be_worked_out_from_larger_rows(
    cells: list[tuple[int, ...]], areas: list[str | None]
) -> None:
    parents = {f"r{n}": area for n, area in enumerate(areas[: len(cells)]) if area}
    assert_protected(hide_small(table(*cells, parents=parents)))


def test_a_cross_table_keeps_the_order_that_is_asked_for_and_adds_up() -> None:
    made = crossed([("b", "y", 2), ("a", "x", 1), ("b", "y", 3), ("c", "z", 4)], rows=("b", "a"), columns=("y", "x"))
    assert (made.rows, made.columns) == (("b", "a", "c"), ("y", "x", "z"))
    assert made.cells == ((5, 0, 0), (0, 1, 0), (0, 0, 4))
    assert (made.row_totals, made.column_totals, made.total) == ((5, 1, 4), (5, 1, 4), 10)
    assert [made.share(row, 0) for row in range(3)] == [100, 0, 0]


def test_shares_of_an_empty_row_are_nothing() -> None:
    assert table((0, 0), (1, 2)).share(0, 0) is None


def test_the_check_of_these_tests_finds_a_cell_that_is_given_away() -> None:
    alone = Hidden(table((2, 20), (30, 40)), frozenset({Place("r0", "c0")}))
    assert ambiguous(alone) == set()
