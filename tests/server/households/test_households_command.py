"""`sayso households import`, as a script would use it."""

from pathlib import Path

import pytest

from server.cli import Exit, run
from server.store import Store


@pytest.fixture(autouse=True)
def here(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "sayso.toml").write_text(f'data = "{store.folder}"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(folder: Path, content: str) -> str:
    (folder / "homes.csv").write_text(content, encoding="utf-8")
    return str(folder / "homes.csv")


def test_a_list_is_imported_and_its_columns_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(here, "UPRN,Name,Beds\n1,Ada Marsh,2\n")
    assert run(["households", "import", file, "--match", "Beds=profile"]) == Exit.OK
    told = capsys.readouterr().out
    assert "Beds    profile" in told
    assert "added              1" in told
    assert "Marsh" not in told


def test_rows_that_were_left_out_are_told_and_give_an_exit_code(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["households", "import", written(here, "UPRN,Name\n1,a\n,b\n")]) == Exit.SET_ASIDE
    assert "There is no code." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "options", "code", "words"),
    [
        ("Key,Name\n1,a\n", [], Exit.BAD_INPUT, "which column holds the code"),
        ("", [], Exit.BAD_INPUT, "this file is empty"),
        ("UPRN\n1\n", ["--match", "Ref=code"], Exit.USAGE, "no such heading"),
        ("UPRN\n1\n", ["--match", "UPRN=number"], Exit.USAGE, "no such field"),
    ],
)
def test_what_cannot_be_imported_leaves_nothing_behind(
    here: Path,
    store: Store,
    capsys: pytest.CaptureFixture[str],
    content: str,
    options: list[str],
    code: Exit,
    words: str,
) -> None:
    assert run(["households", "import", written(here, content), *options]) == code
    assert words in capsys.readouterr().err
    assert list(store.files.names()) == []


def test_a_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["households", "import", "nowhere.csv"]) == Exit.BAD_INPUT
    assert "nowhere.csv: this file cannot be read" in capsys.readouterr().err
