"""Responses by column: counted all at once as they would be one by one, and the same again from bytes."""

from collections import Counter, defaultdict
from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from server.figures.columns import Block, Coded, coded, counted_together, latest, nothing, stacked
from server.figures.packing import names_of, numbers_of, packed_names, packed_numbers

ANSWERS = st.lists(st.lists(st.sampled_from(["", "yes", "no", "maybe"]), max_size=3), max_size=12)


def column(said: list[list[str]]) -> Coded:
    rows = [row for row, names in enumerate(said) for _ in names]
    return coded(len(said), rows, [name for names in said for name in names])


def given_back(of: Coded) -> list[list[str]]:
    found = defaultdict[int, list[str]](list)
    for row, code in enumerate(of.codes):
        if code:
            found[row].append(of.names[code - 1])
    for row, code in zip(of.more_rows, of.more_codes, strict=True):
        found[int(row)].append(of.names[code - 1])
    return [found[row] for row in range(len(of.codes))]


@given(ANSWERS)
def test_what_rows_say_is_given_back_from_columns_and_from_bytes(said: list[list[str]]) -> None:
    made = column(said)
    assert given_back(made) == said
    assert given_back(names_of(packed_names(made))) == said


@given(ANSWERS, st.data())
def test_pairs_are_counted_as_one_by_one(said: list[list[str]], data: st.DataObject) -> None:
    other = data.draw(
        st.lists(st.lists(st.sampled_from(["a", "b"]), max_size=2), min_size=len(said), max_size=len(said))
    )
    wanted = Counter(pair for one, two in zip(said, other, strict=True) for pair in product(one or [""], two or [""]))
    assert counted_together(column(said), column(other)) == dict(wanted)


@given(ANSWERS, st.sets(st.integers(0, 11)))
def test_some_rows_are_taken(said: list[list[str]], rows: set[int]) -> None:
    chosen = sorted(row for row in rows if row < len(said))
    taken = column(said).taken(np.array(chosen, dtype=np.intp))
    assert given_back(taken) == [said[row] for row in chosen]


@given(ANSWERS, st.sets(st.sampled_from(["yes", "no", "boat"])))
def test_rows_that_say_one_of_some_things_are_found(said: list[list[str]], wanted: set[str]) -> None:
    assert column(said).holds(wanted).tolist() == [bool(wanted & set(names)) for names in said]


@given(st.lists(ANSWERS, max_size=4))
def test_blocks_are_stacked(parts: list[list[list[str]]]) -> None:
    blocks = [Block(len(said), {"n": np.arange(len(said))}, {"q": column(said)} if said else {}) for said in parts]
    made = stacked(blocks, {"n": "<i8"}, ["q", "none"])
    assert given_back(made.of("q")) == [names for said in parts for names in said]
    assert made.numbers["n"].tolist() == [row for said in parts for row in range(len(said))]
    assert given_back(made.of("none")) == [[] for _ in range(made.count)]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)), max_size=30))
def test_the_latest_of_each_group_is_the_highest_by_its_keys(rows: list[tuple[int, int, int]]) -> None:
    wanted = dict[int, tuple[int, int, int]]()
    for place, (group, day, moment) in enumerate(rows):
        wanted[group] = max(wanted.get(group, (-1, -1, -1)), (day, moment, place))
    groups, days, moments = (np.array([row[part] for row in rows], dtype=np.int64) for part in range(3))
    found = latest(np.arange(len(rows)), groups, 4, days, moments)
    assert sorted(found.tolist()) == sorted(place for _, _, place in wanted.values())


def test_numbers_are_given_back_from_bytes() -> None:
    numbers = np.array([0, 7, -(2**40)], dtype="<i8")
    assert numbers_of(packed_numbers(numbers), "<i8").tolist() == numbers.tolist()


def test_more_names_than_a_byte_holds_are_kept_apart() -> None:
    names = [f"option {number}" for number in range(300)]
    made = coded(300, range(300), names)
    assert given_back(names_of(packed_names(made))) == [[name] for name in names]


def test_rows_taken_again_may_be_any_and_none() -> None:
    made = column([["yes"], ["no"]])
    assert given_back(made.taken_again(np.array([1, -1, 1]))) == [["no"], [], ["no"]]
    assert given_back(nothing(1).taken_again(np.array([0, -1]))) == [[], []]
