"""The doctor says for each part what works, what it costs to lack it, and the command that mends it."""

from pathlib import Path

import pytest

from scanning.writing import engines
from server import doctor
from server.cli import Exit, run
from server.config import Settings
from server.doctor import Finding, State, examine


def finding(name: str, settings: Settings | None = None) -> Finding:
    return next(found for found in examine(settings or Settings()) if found.name == name)


def test_whatever_lacks_comes_with_its_cost_and_the_command_that_mends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    for name in ("Tesseract", "Speech", "Browser", "Sandbox"):
        found = finding(name)
        assert found.state is State.LIMITED
        assert len(found.found) > 20
        assert found.mend.startswith("apt install ")


def test_one_speech_engine_for_english_alone_is_said_to_be_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" if name == "flite" else None)
    assert finding("Speech") == Finding("Speech", State.LIMITED, "flite: English only", "apt install espeak-ng")


def test_handwriting_that_only_tesseract_reads_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    assert finding("Handwriting").state is State.WORKS
    monkeypatch.setattr(engines, "find_spec", lambda _: None)
    assert "requirements-writing.txt" in finding("Handwriting").mend


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "DISK_FREE_MIN_GB", 1e9)
    assert finding("Disk").state is State.LIMITED


def test_the_sqlite_database_works_without_being_made(tmp_path: Path) -> None:
    assert finding("Database", Settings(data=tmp_path / "data")).state is State.WORKS
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_does_not_answer_is_missing_and_fails_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / "sayso.toml"
    settings.write_text('database = "postgresql+psycopg://nobody@127.0.0.1:1/none"\n')
    monkeypatch.setenv("SAYSO_SETTINGS", str(settings))
    assert run(["doctor"]) == Exit.FAULT
    assert "no answer can be kept" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y"])
def test_an_address_of_no_database_is_missing_too(url: str) -> None:
    found = finding("Database", Settings(database=url))
    assert found.state is State.MISSING
    assert "sayso.toml" in found.mend
