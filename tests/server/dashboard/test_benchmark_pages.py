"""Benchmarks: the page, and the import of a year."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from xlsxwriter import Workbook

from server.cli.tsm import command
from server.models.audit import AuditEvent
from server.models.officers import Role
from server.reports.benchmarks import By
from server.reports.keeping import before, import_workbook, known_benchmarks
from server.reports.regulator.landlords import Homes
from server.store import Store
from tests.server.conftest import Browser
from tests.server.dashboard.test_figure_pages import words
from tests.server.reports.made import NOTES, extract

SHEET = "TSM26_LCRA_Perception"
OURS = "Melton Borough Council"


@pytest.fixture(scope="module")
def workbook() -> bytes:
    """Give a workbook of the year 2025-26 with the landlords of the extract."""
    made = BytesIO()
    with Workbook(made) as book:
        sheet = book.add_worksheet(SHEET)
        for number, row in enumerate([*NOTES[1:], *extract()]):
            sheet.write_row(number, 0, row)
    return made.getvalue()


def test_the_benchmarks_that_ship_are_shown_before_any_is_imported(as_role: Callable[[Role], Browser]) -> None:
    said = words(as_role(Role.VIEWER).get("/figures/benchmarks/"))
    assert "Local authorities (158)" in said
    assert "Landlords of the same size: &lt;5,000 homes" in said
    assert "The same region: Midlands" in said
    assert "TP01 Overall 64.7 71.8 79.0 63.5" in said
    assert "Import a year" not in said


def test_without_benchmarks_the_page_says_what_to_do(as_role: Callable[[Role], Browser]) -> None:
    said = words(as_role(Role.MANAGER).get("/figures/benchmarks/?homes=shared"))
    assert "There are no benchmarks for these homes yet." in said
    assert "Import a year" in said


def test_a_manager_imports_a_year(store: Store, as_role: Callable[[Role], Browser], workbook: bytes) -> None:
    browser = as_role(Role.MANAGER)
    answer = browser.post("/figures/benchmarks/", {"file": (BytesIO(workbook), "tsm-2026.xlsx")})
    assert answer.status_code == 302
    assert "2025-26" in answer.location
    said = words(browser.get(answer.location))
    assert "The benchmarks of 2025-26 are in" in said
    assert "Regulator of Social Housing, tsm-2026.xlsx" in said
    with store.reading() as session:
        assert "benchmarks imported" in session.scalars(select(AuditEvent.action)).all()


@pytest.mark.parametrize(("content", "mistake"), [(None, "Choose a file."), (b"not a workbook", "workbook")])
def test_a_file_that_is_no_workbook_is_refused(
    as_role: Callable[[Role], Browser], content: bytes | None, mistake: str
) -> None:
    file = {"file": (BytesIO(content), "x.xlsx")} if content else {}
    answer = as_role(Role.MANAGER).post("/figures/benchmarks/", file)
    assert answer.status_code == 422
    assert mistake in words(answer)


def test_what_is_imported_is_read_back_and_stands_before_what_ships(any_store: Store, workbook: bytes) -> None:
    made = import_workbook(any_store, workbook, "made up", OURS)
    again = import_workbook(any_store, workbook, "made up again", OURS)
    with any_store.reading() as session:
        known = known_benchmarks(session, OURS)
    assert [one.year for one in known] == ["2025-26", "2024-25"]
    assert known[0] == again[0]
    assert known[0].groups == made[0].groups
    assert known[0].group(By.ALL)
    assert known[0].homes == Homes.RENTED
    assert before(known, "2025-26") == known[0]
    assert before(known, "2024-25") == known[1]
    assert before(known, "2023-24") is None


def test_what_another_landlord_published_is_never_shown_as_our_own(store: Store) -> None:
    with store.reading() as session:
        (melton,) = known_benchmarks(session, " melton borough council")
        (another,) = known_benchmarks(session, "Ashbourne Vale Council")
    assert melton.own
    assert melton.own.landlord == "Melton Borough Council"
    assert another.own is None
    assert another.groups == melton.groups


def test_the_command_keeps_a_year(
    store: Store, workbook: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "tsm.xlsx"
    file.write_bytes(workbook)
    monkeypatch.setattr("server.cli.tsm.load_settings", lambda: store.settings)
    result = CliRunner().invoke(command, ["benchmarks", str(file), "--landlord", OURS], catch_exceptions=False)
    assert "Kept for the pages of figures: rented homes." in result.output
    with store.reading() as session:
        assert known_benchmarks(session, OURS)[0].year == "2025-26"
