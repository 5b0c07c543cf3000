"""Workbooks, read in a child of their own: what they hold, and what is refused in them."""

from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from forms.sandbox import Limits
from server.households import workbooks
from server.households.errors import TableError
from server.households.tables import read_table
from server.households.workbooks import ENCRYPTED, OLE
from server.sheets import Cell, xlsx_bytes


def test_a_workbook_is_read_as_it_is_shown() -> None:
    row: list[Cell] = [10001234567890, "007", 1.5, date(1950, 1, 2), True, " é"]
    table = read_table(xlsx_bytes(["Code", "b", "c", "d", "e", "f"], [row, [2]], "Homes"))
    assert table.rows == [(2, ["10001234567890", "007", "1.5", "1950-01-02", "yes", " é"]), (3, ["2"])]


def test_rows_are_numbered_as_in_the_spreadsheet() -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        hidden, sheet = book.add_worksheet("old"), book.add_worksheet("Homes")
        sheet.activate()
        sheet.set_first_sheet()
        hidden.hide()
        hidden.write_row(0, 0, ["wrong"])
        sheet.write_row(2, 1, ["Code", "Moved in"])
        sheet.write_row(5, 1, ["a"])
        sheet.write_datetime(5, 2, datetime(2020, 1, 2, 9, 30), book.add_format({"num_format": "d/m/yyyy h:mm"}))
    table = read_table(file.getvalue())
    assert table.headings == ("Code", "Moved in")
    assert table.rows == [(6, ["a", "2020-01-02T09:30:00"])]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (OLE + bytes(512) + ENCRYPTED, "password"),
        (OLE + bytes(512), "old kind"),
        (b"PK\x03\x04 and no more", "broken"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(TableError, match=words):
        read_table(content)


def test_a_workbook_cut_short_is_refused() -> None:
    with pytest.raises(TableError, match="broken"):
        read_table(xlsx_bytes(["Code"], [["1"]], "Homes")[:-200])


def test_a_zip_of_something_else_is_refused() -> None:
    with pytest.raises(TableError, match="broken"):
        read_table(zipped({"readme.txt": b"hello"}))


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped({"xl/worksheets/sheet1.xml": bytes(401 << 20)})
    assert len(bomb) < 4 << 20
    with pytest.raises(TableError, match="400 MB"):
        read_table(bomb)


def test_a_sheet_that_claims_all_the_memory_ends_in_words() -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Code")
        sheet.write(1_048_575, 16_383, "far away")
    with pytest.raises(TableError, match="Save the list as CSV"):
        read_table(file.getvalue())


def test_a_workbook_that_takes_too_long_ends_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "LIMITS", Limits(memory_mb=2_048, cpu_s=60, wall_s=0.01))
    with pytest.raises(TableError, match=r"longer than 0\.01 s\. Save the list as CSV"):
        read_table(xlsx_bytes(["Code"], [["1"]], "Homes"))


def test_text_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "TEXT_MB_MAX", 1)
    with pytest.raises(TableError, match="unpacks"):
        read_table(xlsx_bytes(["Code"], [["x" * 30_000] for _ in range(60)], "Homes"))


def zipped(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()
