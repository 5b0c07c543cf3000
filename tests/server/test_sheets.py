"""Tables as files for spreadsheets: no cell runs as a formula, and nothing is lost."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from server.sheets import FORMULA_STARTS, Cell, csv_bytes, xlsx_bytes

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def sheet_of(content: bytes) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()]


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_a_csv_cell_that_looks_like_a_formula_gets_an_apostrophe(start: str) -> None:
    assert rows_of(csv_bytes([f"{start}A"], [[f"{start}1+1"]])) == [[f"'{start}A"], [f"'{start}1+1"]]


def test_numbers_and_dates_need_no_apostrophe() -> None:
    content = csv_bytes(["n"], [[-3], [1.5], [date(2026, 11, 25)], [None]])
    assert rows_of(content)[1:] == [["-3"], ["1.5"], ["2026-11-25"], [""]]


def test_a_csv_file_tells_excel_that_it_is_utf_8() -> None:
    assert csv_bytes(["é"], []).startswith(b"\xef\xbb\xbf")


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=4), max_size=5))
def test_no_cell_of_any_table_begins_a_formula(table: list[list[str]]) -> None:
    cells = [cell for row in rows_of(csv_bytes(["a"], table)) for cell in row]
    assert not any(cell.startswith(FORMULA_STARTS) for cell in cells)


def test_words_in_a_workbook_stay_words() -> None:
    given_cells = ["=1+1", "+44 161", "http://example.org", "0012", "@a"]
    assert sheet_of(xlsx_bytes(["=h"], [given_cells], "Homes"))[1] == given_cells


def test_a_workbook_keeps_numbers_dates_and_truths() -> None:
    row: list[Cell] = [3, 1.5, date(2026, 11, 25), True, datetime(2026, 11, 25, 9, 5, tzinfo=UTC)]
    assert sheet_of(xlsx_bytes(["a"], [row], "x"))[1] == [3, 1.5, date(2026, 11, 25), True, "2026-11-25 09:05+00:00"]


def test_any_name_makes_a_sheet() -> None:
    content = xlsx_bytes(["a"], [], "A/B [long: " + "x" * 40)
    assert CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names == ["A B  long  xxxxxxxxxxxxxxxxxxxx"]
