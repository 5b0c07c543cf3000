"""The regulator's workbook as a file: read in a child, refused where it is no workbook."""

from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner

from server import cli
from server.cli import Exit
from server.cli import tsm as command
from server.reports.errors import WorkbookError
from server.reports.regulator.workbook import read_sheets
from tests.server.reports.extract import SHEET
from tests.server.reports.made import NOTES, Rows, extract


def workbook(**sheets: Rows) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            if name == "Hidden":
                sheet.hide()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return file.getvalue()


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the extract as the regulator's workbook."""
    path = tmp_path_factory.mktemp("dataset") / "dataset.xlsx"
    path.write_bytes(workbook(Contents=[["Contents"]], **{SHEET: [*NOTES, *extract()]}, Hidden=[["x"]]))
    return path


def test_the_visible_sheets_are_read_with_numbers_as_numbers(dataset: Path) -> None:
    contents, perception = read_sheets(dataset.read_bytes())
    assert contents.rows[0][0] == "Contents"
    assert perception.name == SHEET
    assert perception.rows[len(NOTES) + 1][7] == 20_780.0


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04 and nothing more"])
def test_what_is_no_workbook_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(WorkbookError, match=r"(Download|save) "):
        read_sheets(content)


def test_the_command_proves_the_figures_of_a_workbook(dataset: Path) -> None:
    result = CliRunner().invoke(command.command, ["verify", str(dataset)])
    lines = [line.split() for line in result.output.splitlines()]
    assert ["rented", "homes", "23", "percentages", "215", "215", "no", "percentage", "is", "printed", "(1)"] in lines
    assert ["rented", "homes", "23", "margins", "23", "23"] in lines
    assert result.exit_code == 0


def test_the_command_fails_where_a_figure_differs_and_says_which(tmp_path: Path) -> None:
    rows = extract()
    rows[1][26] = 12.3
    (tmp_path / "wrong.xlsx").write_bytes(workbook(**{SHEET: [*NOTES, *rows]}))
    result = CliRunner().invoke(command.command, ["verify", str(tmp_path / "wrong.xlsx")])
    assert "A2Dominion" in result.output
    assert "no known way of counting" in result.output
    assert result.exit_code == Exit.FAULT


def test_the_command_tells_where_we_stand_and_writes_it_down(dataset: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.yaml"
    result = CliRunner().invoke(command.command, ["benchmarks", str(dataset), "--write", str(kept)])
    assert result.exit_code == 0
    assert "2024-25, rented homes" in result.output
    assert "lowest quarter" in result.output
    assert "Melton Borough Council" in kept.read_text(encoding="utf-8")


def test_the_command_says_when_our_name_is_not_in_the_workbook(dataset: Path) -> None:
    result = CliRunner().invoke(command.command, ["benchmarks", str(dataset), "--landlord", "Nobody"])
    assert "“Nobody” is not among its landlords" in result.output
    assert "all landlords" in result.output


def test_a_file_that_is_not_there_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["tsm", "verify", "nowhere.xlsx"]) == Exit.BAD_INPUT
    assert capsys.readouterr().err.startswith("sayso: nowhere.xlsx: this file cannot be read")


def test_the_command_gives_the_answers_that_are_needed() -> None:
    result = CliRunner().invoke(command.command, ["sample", "1745"])
    assert result.output.split()[-3:] == ["1,745", "5", "315"]
