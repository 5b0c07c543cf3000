"""`sayso person`: find, export, erase."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from server.cli import sayso
from server.errors import NotFoundError, RefusedError
from server.store import Store
from tests.server.people.town import Town


@pytest.fixture
def here(store: Store, town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    (tmp_path / "sayso.toml").write_text(f'data = "{store.folder}"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return town


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(sayso, ["person", *words], input=typed, standalone_mode=False)


def test_find_lists_references(here: Town) -> None:
    assert f"household-{here.household}" in run("find", "quill").stdout
    assert isinstance(run("find", "9001234").exception, NotFoundError)


def test_export_writes_a_zip_and_never_over_another_file(here: Town) -> None:
    assert run("export", "quill", "--to", "q.zip").exception is None
    with ZipFile("q.zip") as packed:
        assert "person.json" in packed.namelist()
    assert isinstance(run("export", "quill", "--to", "q.zip").exception, RefusedError)
    assert here


def test_words_that_lead_to_several_people_export_nobody(here: Town) -> None:
    result = run("export", "an", "--to", "q.zip")
    assert isinstance(result.exception, RefusedError)
    assert f"household-{here.neighbour}" in result.stdout
    assert f"response-{here.walk_in}" in result.stdout
    assert not Path("q.zip").exists()


def test_erase_asks_for_the_households_code(here: Town) -> None:
    refused = run("erase", "quill", typed="yes\n")
    assert isinstance(refused.exception, RefusedError)
    assert "Numbered copies of forms" in refused.stdout
    assert "erased, with its responses (2) and pages (5)" in run("erase", "quill", typed="wh/00421\n").stdout
    assert isinstance(run("erase", f"household-{here.household}", "--yes").exception, NotFoundError)


def test_erase_does_not_ask_when_told_so(here: Town) -> None:
    assert "responses (1) and pages (0)" in run("erase", f"response-{here.walk_in}", "--yes").stdout


def test_tidy_writes_the_file_anew(here: Town) -> None:
    assert here
    assert "written anew" in run("tidy").stdout
