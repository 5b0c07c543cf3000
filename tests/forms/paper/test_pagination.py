"""Pieces are put on pages in order, each once, none cut off, no box on a fold, and together what belongs together."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.paper.editions import FOLD_CLEAR_MM
from forms.paper.pagination import Group, Placed, TooTallError, paginate
from forms.paper.spreading import Frame, Piece
from forms.paper.strips import Give

A4 = Frame(24, 270, (99, 198))
FLAT = Frame(24, 270)
HEIGHT_MM = FLAT.bottom_mm - FLAT.top_mm

ROUNDING_MM = 0.05
"""What the sum of a page's heights may be off by."""


class At(NamedTuple):
    """A piece where it was put: its group's and its own number, where it begins and ends, and its boxes."""

    group: int
    piece: int
    gap_mm: float
    top_mm: float
    bottom_mm: float
    boxes_mm: tuple[tuple[float, float], ...]


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    """Give a piece of words, of a row with a box, or of a box to write in that may be a line shorter."""
    height_mm = draw(st.floats(4, 66))
    gap_mm = draw(st.sampled_from([0.0, 3.0, 9.0]))
    kind = draw(st.sampled_from(["words", "row", "writing"]))
    if kind == "words":
        return Piece(height_mm, gap_mm, give=Give(1.0))
    if kind == "row":
        first_mm = draw(st.floats(0, height_mm - 3))
        return Piece(height_mm, gap_mm, ((first_mm, first_mm + 3),), Give(1.0))
    height_mm = max(height_mm, 30)
    return Piece(height_mm, gap_mm, ((0.0, height_mm - 2),), Give(1.0), ((-10.0, 5.0),))


@st.composite
def groups(draw: st.DrawFn, torn_off: bool = False) -> list[Group]:
    made = draw(
        st.lists(
            st.builds(Group, st.lists(pieces(), min_size=1, max_size=5).map(tuple), st.booleans()),
            min_size=1,
            max_size=9,
        )
    )
    if not torn_off:
        return made
    return [*made, Group((Piece(20, 9),), starts_sheet=True), *draw(groups())]


def places(given_groups: Sequence[Group], page: Sequence[Placed], frame: Frame) -> list[At]:
    """Give where the pieces of a page are, reckoned anew."""
    made = []
    at_mm = frame.top_mm
    for placed in page:
        piece = given_groups[placed.group].pieces[placed.piece]
        added_mm = piece.variants[placed.variant][0] if placed.variant is not None else 0.0
        top_mm = at_mm + placed.gap_mm
        boxes = tuple((top_mm + first, top_mm + last + added_mm) for first, last in piece.boxes_mm)
        at_mm = top_mm + piece.height_mm + added_mm
        made.append(At(placed.group, placed.piece, placed.gap_mm, top_mm, at_mm, boxes))
    return made


def chains(given_groups: Sequence[Group]) -> list[list[int]]:
    """Give the groups that stay together: headings with what follows them, within one part."""
    made: list[list[int]] = []
    for number, group in enumerate(given_groups):
        with_last = made and given_groups[made[-1][-1]].with_next and not group.starts_sheet
        if with_last:
            made[-1].append(number)
        else:
            made.append([number])
    return made


def usual_mm(given_groups: Sequence[Group], chain: Sequence[int]) -> float:
    """Give the height of a chain at the top of a page."""
    of_chain = [piece for number in chain for piece in given_groups[number].pieces]
    return sum(piece.height_mm for piece in of_chain) + sum(piece.gap_mm for piece in of_chain[1:])


@settings(max_examples=30, deadline=None)
@given(st.one_of(groups(), groups(torn_off=True)), st.sampled_from([A4, FLAT]))
def test_every_piece_is_put_once_in_its_order(made: list[Group], frame: Frame) -> None:
    put = [(at.group, at.piece) for page in paginate(made, frame) for at in page]
    assert put == [(number, piece) for number, group in enumerate(made) for piece in range(len(group.pieces))]


@settings(max_examples=30, deadline=None)
@given(groups(), st.sampled_from([A4, FLAT]))
def test_nothing_stands_below_the_frame_or_nearer_than_usual(made: list[Group], frame: Frame) -> None:
    for page in paginate(made, frame):
        put = places(made, page, frame)
        assert all(at.bottom_mm <= frame.bottom_mm + ROUNDING_MM for at in put)
        for at in put[1:]:
            assert at.gap_mm >= made[at.group].pieces[at.piece].gap_mm - ROUNDING_MM
        assert all(at.gap_mm >= 0 for at in put)


@settings(max_examples=50, deadline=None)
@given(groups())
def test_no_box_lies_on_a_fold(made: list[Group]) -> None:
    for page in paginate(made, A4):
        for at in places(made, page, A4):
            for first_mm, last_mm in at.boxes_mm:
                for fold_mm in A4.folds_mm:
                    clear = max(fold_mm - last_mm, first_mm - fold_mm)
                    assert clear >= FOLD_CLEAR_MM - ROUNDING_MM, (at, fold_mm)


@settings(max_examples=30, deadline=None)
@given(st.one_of(groups(), groups(torn_off=True)))
def test_what_belongs_together_and_fits_a_page_is_on_one_page(made: list[Group]) -> None:
    page_of = {at.group: set[int]() for page in paginate(made, FLAT) for at in page}
    for number, page in enumerate(paginate(made, FLAT)):
        for at in page:
            page_of[at.group].add(number)
    for chain in chains(made):
        if usual_mm(made, chain) <= HEIGHT_MM:
            assert len(set().union(*(page_of[number] for number in chain))) == 1


@settings(max_examples=30, deadline=None)
@given(groups(), st.sampled_from([A4, FLAT]))
def test_a_heading_is_never_last_on_a_page(made: list[Group], frame: Frame) -> None:
    for page, following in pairwise(paginate(made, frame)):
        last = made[page[-1].group]
        is_whole = page[-1].piece == len(last.pieces) - 1
        assert not (last.with_next and is_whole and len(last.pieces) == 1 and following)


def test_two_questions_are_cut_rather_than_a_heading_left_at_the_foot() -> None:
    rows = [Piece(height_mm, gap_mm, give=Give(1.0)) for height_mm, gap_mm in ((8, 0), (24, 9), (66, 9))]
    last = Group((Piece(20, 9, give=Give(1.0)), Piece(41, 9, give=Give(1.0))))
    headings = [Group((Piece(height_mm, 9, give=Give(1.0)),), with_next=True) for height_mm in (41, 43)]
    pages = paginate([Group(tuple(rows), with_next=True), *headings, last], FLAT)
    assert [(page[-1].group, page[-1].piece) for page in pages] == [(0, 1), (3, 0), (3, 1)]


@settings(max_examples=30, deadline=None)
@given(groups(torn_off=True), st.sampled_from([A4, FLAT]))
def test_the_part_that_is_torn_off_begins_on_the_front_of_a_sheet(made: list[Group], frame: Frame) -> None:
    start = next(number for number, group in enumerate(made) if group.starts_sheet)
    pages = paginate(made, frame)
    (index,) = (number for number, page in enumerate(pages) if page and (page[0].group, page[0].piece) == (start, 0))
    assert index % 2 == 0
    assert all(page for number, page in enumerate(pages) if number != index - 1)


def test_a_form_that_is_all_torn_off_has_no_blank_page_before_it() -> None:
    assert paginate([Group((Piece(20),), starts_sheet=True)], A4) == [[Placed(0, 0, 0.0)]]


@given(st.floats(HEIGHT_MM + 1, 1000), groups(), st.sampled_from([A4, FLAT]))
@settings(max_examples=20, deadline=None)
def test_a_piece_taller_than_a_page_is_an_error(height_mm: float, made: list[Group], frame: Frame) -> None:
    with pytest.raises(TooTallError, match="larger size"):
        paginate([*made, Group((Piece(height_mm),))], frame)


def test_a_question_that_no_page_can_hold_goes_on_over_the_page() -> None:
    rows = tuple(Piece(14, boxes_mm=((3, 10),), give=Give(1.0)) for _ in range(30))
    pages = paginate([Group((Piece(10, 9), *rows))], A4)
    assert [len(page) for page in pages] == [31 - len(pages[-1]), len(pages[-1])]
    assert min(len(page) for page in pages) > 2
