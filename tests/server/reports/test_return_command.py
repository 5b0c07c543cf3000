"""`sayso tsm return`: the return as files, from a store with a year's answers."""

import csv
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from server import cli
from server.cli import Exit, tsm
from server.store import Store
from tests.server.reports.homes import a_home, a_response, the_year


@pytest.fixture(autouse=True)
def settings(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tsm, "load_settings", lambda: store.settings)


def a_year(store: Store) -> None:
    with store.writing() as session:
        campaign = the_year(session)
        a_response(session, campaign, a_home(session, 1))
        a_response(session, campaign, a_home(session, 2, "Shared ownership"))


def test_the_return_is_written_as_csv(store: Store, tmp_path: Path) -> None:
    a_year(store)
    out = tmp_path / "return.csv"
    result = CliRunner().invoke(tsm.command, ["return", str(out), "--year", "2026-27"])
    assert f"{out}: 122 fields, 1 responses counted" in result.output
    rows = {row["Field"]: row["Value"] for row in csv.DictReader(StringIO(out.read_text(encoding="utf-8-sig")))}
    assert (rows["TP01_VS_LCRA"], rows["Total_sample_size_a"], rows["Responses_Postal_a"]) == ("1", "1", "1")


def test_the_return_of_shared_homes_is_written_as_a_workbook_with_numbers(store: Store, tmp_path: Path) -> None:
    a_year(store)
    out = tmp_path / "return.xlsx"
    CliRunner().invoke(tsm.command, ["return", str(out), "--year", "2026-27", "--homes", "shared"])
    rows = CalamineWorkbook.from_filelike(BytesIO(out.read_bytes())).get_sheet_by_index(0).to_python()
    assert {row[2]: row[5] for row in rows}["TP01_Satisfied_Calc_LCHO"] == 100.0


def test_the_return_is_weighted_by_what_is_known_of_homes(store: Store, tmp_path: Path) -> None:
    with store.writing() as session:
        campaign = the_year(session)
        for number in range(20):
            home = a_home(session, number, age_band="old" if number < 10 else "young")
            if number < 15:
                a_response(
                    session, campaign, home, {"overall": "neither"} if number < 10 else {"overall": "very_satisfied"}
                )
    out = tmp_path / "return.csv"
    result = CliRunner().invoke(tsm.command, ["return", str(out), "--year", "2026-27", "--weight", "age_band"])
    assert result.exit_code == 0
    rows = {row["Field"]: row["Value"] for row in csv.DictReader(StringIO(out.read_text(encoding="utf-8-sig")))}
    assert rows["TP01_VS_LCRA"] == "7.5"
    assert rows["TP01_Satisfied_Calc_LCRA"] == "50.0"
    assert rows["Weighting_characteristic1_a"] == "Age band"


def test_weights_that_cannot_be_are_told(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with store.writing() as session:
        campaign = the_year(session)
        a_home(session, 9, age_band="young")
        for number in range(6):
            a_response(session, campaign, a_home(session, number, age_band="old"))
    out = str(tmp_path / "return.csv")
    assert cli.run(["tsm", "return", out, "--year", "2026-27", "--weight", "age_band"]) == Exit.BAD_INPUT
    assert "there are no weights to use: Age band: nobody who is “all others”" in capsys.readouterr().err


def test_a_year_without_a_survey_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["tsm", "return", str(tmp_path / "return.csv"), "--year", "2020-21"]) == Exit.BAD_INPUT
    assert "no campaign of 2020-21 asks the measures" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["return.doc"], ["return.csv", "--year", "2026"]])
def test_a_wrong_ending_or_year_is_told(arguments: list[str]) -> None:
    assert cli.run(["tsm", "return", *arguments]) == Exit.USAGE
