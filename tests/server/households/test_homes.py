"""Rows → households, with everything odd told by row and column and never in the cell's own words."""

from datetime import date

import pytest

from server.households.fields import Field
from server.households.homes import Gathered, gather
from server.households.oddities import Odd, Oddity
from server.households.tables import read_table

TODAY = date(2026, 11, 25)
SECRET = "Unlikely-Word"  # noqa: S105 (stands for a cell's own words)


def gathered(content: str, **fields: Field) -> Gathered:
    return gather(read_table(content.encode()), fields, TODAY)


def one_cell(field: Field, cell: str) -> Gathered:
    return gathered(f'Code,It\nc,"{cell}"\n', Code=Field.CODE, It=field)


@pytest.mark.parametrize(
    ("field", "cell", "odd", "kept"),
    [
        (Field.NAME, "x" * 201, Odd.CELL_LONG, ""),
        (Field.ADDRESS, "x" * 601, Odd.CELL_LONG, ""),
        (Field.TENURE, "x" * 61, Odd.CELL_LONG, ""),
        (Field.POSTCODE, "x" * 21, Odd.CELL_LONG, ""),
        (Field.POSTCODE, SECRET, Odd.POSTCODE, SECRET),
        (Field.EMAIL, SECRET, Odd.EMAIL, SECRET),
        (Field.BIRTH, SECRET, Odd.DATE, ""),
        (Field.BIRTH, "31/02/1960", Odd.DATE, ""),
    ],
)
def test_an_odd_cell_is_reported_and_its_row_is_kept(field: Field, cell: str, odd: Odd, kept: str) -> None:
    found = one_cell(field, cell)
    assert found.oddities == [Oddity(2, "It", odd)]
    assert found.refused == 0
    assert found.homes["c"].texts[Field.AGE_BAND if field is Field.BIRTH else field] == kept


def test_a_long_profile_cell_is_left_empty_and_reported() -> None:
    found = one_cell(Field.PROFILE, "x" * 501)
    assert found.oddities == [Oddity(2, "It", Odd.CELL_LONG)]
    assert found.homes["c"].profile == {"It": ""}


def test_neither_yes_nor_no_is_taken_as_no_and_reported() -> None:
    found = one_cell(Field.NO_REMINDER, SECRET)
    assert found.oddities == [Oddity(2, "It", Odd.YES_OR_NO)]
    assert not found.homes["c"].wants_no_reminder


@pytest.mark.parametrize(
    ("field", "cell", "kept"),
    [
        (Field.TENURE, "Something of our own", "Something of our own"),
        (Field.POSTCODE, "ol161xx", "OL16 1XX"),
        (Field.AGE_BAND, "67", "65 to 74"),
        (Field.EMAIL, "", ""),
        (Field.POSTCODE, "", ""),
        (Field.BIRTH, "25/11/1950", "75 to 84"),
    ],
)
def test_what_is_not_odd_is_kept(field: Field, cell: str, kept: str) -> None:
    found = one_cell(field, cell)
    assert found.oddities == []
    assert found.homes["c"].texts.get(Field.AGE_BAND if field is Field.BIRTH else field) == kept


def test_rows_without_a_usable_code_are_refused() -> None:
    found = gathered(f"Code,Name\na,1\n,2\na,3\n{'x' * 61},4\nb,5\n", Code=Field.CODE, Name=Field.NAME)
    assert found.oddities == [
        Oddity(3, "Code", Odd.NO_CODE),
        Oddity(4, "Code", Odd.CODE_TWICE, other=2),
        Oddity(5, "Code", Odd.CODE_LONG),
    ]
    assert (found.rows, found.refused, list(found.homes)) == (5, 3, ["a", "b"])
    assert found.homes["a"].texts[Field.NAME] == "1"


def test_names_and_addresses_are_joined_in_the_order_of_their_columns() -> None:
    found = gathered(
        'Code,T,L1,L2,Last\nc,Ms,"1 Mill Lane\n Flat 2",,Marsh\n',
        Code=Field.CODE, T=Field.NAME, Last=Field.NAME, L1=Field.ADDRESS, L2=Field.ADDRESS,
    )  # fmt: skip
    assert found.homes["c"].texts == {Field.NAME: "Ms Marsh", Field.ADDRESS: "1 Mill Lane\nFlat 2"}


def test_a_column_that_is_left_out_is_nowhere() -> None:
    assert SECRET not in str(one_cell(Field.LEAVE_OUT, SECRET).homes)


def test_an_oddity_never_holds_the_cells_own_words() -> None:
    for field in (Field.POSTCODE, Field.EMAIL, Field.BIRTH, Field.NO_REMINDER):
        (odd,) = one_cell(field, SECRET).oddities
        assert SECRET not in f"{odd.plain()} {odd.words} {odd.outcome}"


def test_every_kind_of_oddity_has_words_and_comes_back_as_it_was_kept() -> None:
    for kind in Odd:
        odd = Oddity(12, "It", kind, other=7)
        assert Oddity.from_plain(odd.plain()) == odd
        assert odd.words.endswith(".")
        assert odd.outcome
