"""CSV files of any make → a table with the row numbers of the spreadsheet, or words on why not."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.households import tables
from server.households.errors import TableError
from server.households.tables import COLUMNS_MAX, read_table

CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=10)
ROWS = st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6)


@given(
    ROWS, st.sampled_from(",;\t"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from(["\n", "\r\n"])
)
def test_any_table_survives_being_written_and_read(
    rows: list[list[str]], delimiter: str, encoding: str, line_end: str
) -> None:
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=line_end).writerows([["Code", "Name", "Area"], *rows, ["z"]])
    table = read_table(text.getvalue().encode(encoding))
    assert table.headings == ("Code", "Name", "Area")
    found = dict(table.rows)
    for number, row in enumerate(rows, start=2):
        assert [*found.get(number, []), "", "", ""][:3] == _without_empty_end(row)


def _without_empty_end(row: list[str]) -> list[str]:
    kept = list(row)
    while kept and not kept[-1].strip():
        kept.pop()
    return [*kept, "", "", ""][:3]


def test_windows_1252_is_read_where_it_is_not_utf_8() -> None:
    assert read_table("Code,Name\n1,José – O’Neill".encode("cp1252")).rows == [(2, ["1", "José – O’Neill"])]


def test_rows_are_numbered_as_in_the_spreadsheet() -> None:
    table = read_table(b'\n\nCode,Address\n\n1,"a\nb"\n,,\n2,c\n')
    assert [number for number, _ in table.rows] == [5, 7]


def test_a_delimiter_within_quoted_headings_does_not_count() -> None:
    assert read_table(b'Code,"Name; first; last; or both;",Area\n1,a,b').headings[2] == "Area"


def test_each_heading_is_given_once() -> None:
    table = read_table(b"Code,Name,Name,,\n1,a,b,c,,d")
    assert table.headings == ("Code", "Name", "Name (2)", "Column D", "Column F")
    assert table.rows == [(2, ["1", "a", "b", "c", "d"])]


def test_examples_are_different_and_not_empty() -> None:
    assert read_table(b"Code,Area\n1,N\n2,N\n3,\n4,S\n5,E\n6,W").examples(1) == ["N", "S", "E"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b",,\n", "nothing in this file"),
        (b"Code,Name\n", "no rows"),
        (b"%PDF-1.7\x00\x01\x02", "neither a CSV file nor"),
        (b"\x89PNG\r\n\x1a\n\x00", "neither a CSV file nor"),
        (b"Code\n\x81\x8d", "neither a CSV file nor"),
        (b'Code,Name\n1,a\n2,"' + b"x" * 200_000, "row 3 .* not closed"),
        (b"Code" + b",a" * COLUMNS_MAX + b"\n1", "too wide"),
        (b"Code\n1" + b",a" * COLUMNS_MAX, "too wide"),
    ],
)
def test_a_file_that_holds_no_table_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(TableError, match=words):
        read_table(content)


def test_a_list_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROWS_MAX", 3)
    assert len(read_table(b"Code\n1\n2\n3").rows) == 3
    with pytest.raises(TableError, match="more than 3 rows"):
        read_table(b"Code\n1\n2\n3\n4")


def test_a_table_with_too_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "CELLS_MAX", 3)
    with pytest.raises(TableError, match="too wide"):
        read_table(b"Code,a\n1,2\n3,4")


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "FILE_MB_MAX", 0)
    with pytest.raises(TableError, match="larger than 0 MB"):
        read_table(b"Code\n1")
