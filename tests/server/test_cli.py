"""The command answers quickly, in one line when something is wrong, with exit codes that scripts can use."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from forms import library
from server.cli import COMMANDS, Exit, run
from tests.forms import EVERY_KIND

Captured = pytest.CaptureFixture[str]


def test_the_help_names_every_command_and_imports_none() -> None:
    code = "import sys; from server.cli import run; run(['--help']); print(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert all(f"\n  {name} " in shown for name in COMMANDS)
    loaded = set(shown.splitlines()[-1].split())
    assert not loaded & {"pydantic", "ruamel.yaml", "rich", "sqlalchemy", "weasyprint", "numpy", "pikepdf"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_the_line_that_lists_it(name: str, capsys: Captured) -> None:
    assert run([name, "--help"]) == Exit.OK
    assert COMMANDS[name][1] in " ".join(capsys.readouterr().out.split())


def test_the_version_is_the_packages(capsys: Captured) -> None:
    assert run(["--version"]) == Exit.OK
    assert capsys.readouterr().out == "sayso 0.1.0\n"


@pytest.mark.parametrize(
    "words", [["nonsense"], ["forms", "nonsense"], ["forms", "show"], ["forms", "check"], ["--no"]]
)
def test_a_command_not_understood_is_one_line_and_exit_code_2(words: list[str], capsys: Captured) -> None:
    assert run(words) == Exit.USAGE
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("sayso: ")
    assert len(captured.err.splitlines()) == 1
    assert "--help" in captured.err


def test_an_unknown_form_is_exit_code_3_and_names_the_nearest(capsys: Captured) -> None:
    assert run(["forms", "show", "pol"]) == Exit.BAD_INPUT
    assert "Did you mean 'poll'?" in capsys.readouterr().err


def test_an_unknown_language_is_named_with_those_there_are(capsys: Captured) -> None:
    assert run(["forms", "show", str(EVERY_KIND), "--language", "fr"]) == Exit.USAGE
    assert "It is in: en, pl." in capsys.readouterr().err


def test_a_fault_of_our_own_is_one_line_without_anybodys_data(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: str) -> None:
        raise KeyError("Mrs Secret")

    monkeypatch.setattr(library, "find", fail)
    assert run(["forms", "show", "poll"]) == Exit.FAULT
    assert capsys.readouterr().err == (
        "sayso: something went wrong inside Sayso (KeyError). Set SAYSO_DEBUG=1 to see where.\n"
    )
    monkeypatch.setenv("SAYSO_DEBUG", "1")
    with pytest.raises(KeyError):
        run(["forms", "show", "poll"])


def test_checking_names_each_mistake_on_a_line_of_its_own(tmp_path: Path, capsys: Captured) -> None:
    slip = tmp_path / "slip.yaml"
    slip.write_text(EVERY_KIND.read_text(encoding="utf-8").replace("kind: number", "kind: numbr"), encoding="utf-8")
    assert run(["forms", "check", str(EVERY_KIND), str(slip), "poll"]) == Exit.BAD_INPUT
    captured = capsys.readouterr()
    assert [line.split(":")[0] for line in captured.out.splitlines()] == [str(EVERY_KIND), "poll"]
    assert captured.err.startswith(f"{slip}:")
    assert "Did you mean 'number'?" in captured.err


def test_showing_a_form_gives_its_questions_answers_and_routing(capsys: Captured) -> None:
    assert run(["forms", "show", str(EVERY_KIND)]) == Exit.OK
    shown = capsys.readouterr().out
    assert "Hello from Melton Borough Council." in shown
    assert "[ ] No  -> go to question 4" in shown
    assert "(asked only if question 1 is “Yes”)" in shown
    assert "Choose up to 2." in shown
    assert "== About you == (torn off and kept apart)" in shown
    assert run(["forms", "show", str(EVERY_KIND), "--language", "pl"]) == Exit.OK
    assert "Każdy rodzaj [every-kind, version 1" in capsys.readouterr().out


def test_listing_shows_every_form_of_the_library(capsys: Captured) -> None:
    assert run(["forms", "list"]) == Exit.OK
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()[1:] if not line.startswith(" ")]
    assert listed == list(library.names())


def test_the_schema_is_json_that_names_its_dialect(capsys: Captured) -> None:
    assert run(["forms", "schema"]) == Exit.OK
    assert json.loads(capsys.readouterr().out)["$schema"].startswith("https://json-schema.org/")


def test_a_hard_text_fails_the_reading_age(tmp_path: Path, capsys: Captured) -> None:
    hard = tmp_path / "hard.yaml"
    words = EVERY_KIND.read_text(encoding="utf-8").replace(
        "How did you tell us?", "Characterise accessibility barriers?"
    )
    hard.write_text(words, encoding="utf-8")
    assert run(["forms", "reading-age", str(hard)]) == Exit.BAD_INPUT
    assert "question way" in capsys.readouterr().out
    assert run(["forms", "reading-age", "poll"]) == Exit.OK
