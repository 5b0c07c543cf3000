"""What single cells say."""

from datetime import date

import pytest

from server.households import cells

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    "cell",
    ["2/1/1950", "02.01.1950", "02-01-1950", "1950-01-02", "2 Jan 1950", "2 January 1950", "2 jan 50", "02/01/50",
     "1950-01-02 00:00:00", "1950-01-02T00:00", "1950/01/02"],
)  # fmt: skip
def test_a_date_is_read_the_british_way_or_the_iso_way(cell: str) -> None:
    assert cells.day_of(cell, TODAY) == date(1950, 1, 2)


@pytest.mark.parametrize(
    "cell",
    ["31/02/1960", "2/13/1950", "1950", "soon", "26/11/2026", "1/1/1899", "1/1/195", "1 2 3 4", "²/1/1950", "1//1950",
     "18264", "-1/1/1950", "1 Maybe"],
)  # fmt: skip
def test_what_is_no_past_date_is_none(cell: str) -> None:
    assert cells.day_of(cell, TODAY) is None


def test_a_short_year_is_never_in_the_future() -> None:
    assert cells.day_of("1/2/26", TODAY) == date(2026, 2, 1)
    assert cells.day_of("1/2/27", TODAY) == date(1927, 2, 1)


@pytest.mark.parametrize(
    ("birth", "band"),
    [((2010, 11, 26), "under 16"), ((2010, 11, 25), "16 to 24"), ((2001, 11, 26), "16 to 24"),
     ((2001, 11, 25), "25 to 34"), ((1942, 1, 1), "75 to 84"), ((1941, 11, 25), "85 or over")],
)  # fmt: skip
def test_an_age_band_begins_on_the_birthday(birth: tuple[int, int, int], band: str) -> None:
    assert cells.band_of(date(*birth), TODAY) == band


@pytest.mark.parametrize(("cell", "band"), [("67", "65 to 74"), ("65+", "65+"), ("9999", "9999"), ("200", "200")])
def test_an_age_in_years_becomes_a_band_and_a_band_stays(cell: str, band: str) -> None:
    assert cells.band_as_given(cell) == band


@pytest.mark.parametrize(
    ("cell", "postcode"),
    [("sw1a1aa", "SW1A 1AA"), ("M1 1AE", "M1 1AE"), ("gir 0aa", "GIR 0AA"), ("OL16 1XX", "OL16 1XX"),
     ("unknown", None), ("OL16", None), ("1OL 1AA", None), ("OL16  1XX x", None)],
)  # fmt: skip
def test_a_postcode_is_told_by_its_shape(cell: str, postcode: str | None) -> None:
    assert cells.postcode_of(cell) == postcode


@pytest.mark.parametrize(
    ("cell", "can_be"),
    [("a@b.example", True), ("o'neill+x@b-c.co.uk", True), ("a@b", False), ("a b@c.uk", False), ("none", False),
     ("a@b.uk; c@d.uk", False), ("a@.uk", False)],
)  # fmt: skip
def test_an_email_address_is_told_by_its_shape(cell: str, can_be: bool) -> None:
    assert cells.is_email(cell) == can_be


@pytest.mark.parametrize(("cell", "told"), [("Yes", True), ("x", True), ("", False), ("N", False), ("perhaps", None)])
def test_yes_is_told_from_no(cell: str, told: bool | None) -> None:
    assert cells.is_yes(cell) is told


def test_a_cell_is_tidied() -> None:
    assert cells.tidy(" Jose\u0301 \x00\ufeff\t O\u00a0Neill\r\n") == "José O Neill"
    assert cells.tidy_lines("1 Mill  Lane\r\n\n Northfield ") == ["1 Mill Lane", "Northfield"]
