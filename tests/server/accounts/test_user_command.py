"""`sayso user`: officers' accounts from the command line."""

from collections.abc import Callable
from pathlib import Path

import click.termui
import pytest
from sqlalchemy import select

from server.accounts.signing_in import sign_in
from server.cli import Exit, run
from server.config import Settings
from server.models.officers import Officer
from server.store import Store
from tests.server.conftest import PASSWORD

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Store:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAYSO_SETTINGS", raising=False)
    assert run(["init"]) == Exit.OK
    assert run(["user", "add", "anna", "--name", "Anna Field", "--password", PASSWORD]) == Exit.OK
    capsys.readouterr()
    return Store(Settings())


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Give a way to type passwords where they are asked for."""

    def typed(password: str) -> None:
        monkeypatch.setattr(click.termui, "hidden_prompt_func", lambda _: password)

    return typed


def test_officers_are_listed(home: Store, capsys: Captured) -> None:
    del home
    assert run(["user", "disable", "anna"]) == Exit.OK
    assert run(["user", "list"]) == Exit.OK
    line = capsys.readouterr().out.splitlines()[-1]
    assert line.split("  ")[0] == "anna"
    for words in ("Anna Field", "officer", "never", "no", "disabled"):
        assert words in line


def test_a_new_password_is_asked_for_and_ends_sessions(
    home: Store, typed: Callable[[str], None], capsys: Captured
) -> None:
    sign_in(home, "anna", PASSWORD, "", "")
    typed("kettle orbit plum")
    assert run(["user", "password", "Anna"]) == Exit.OK
    assert "kettle" not in capsys.readouterr().out
    with home.reading() as session:
        assert not session.scalars(select(Officer)).one().sessions
    assert sign_in(home, "anna", "kettle orbit plum", "", "").officer is not None


def test_whoever_is_disabled_cannot_sign_in_until_enabled(home: Store) -> None:
    assert run(["user", "disable", "anna"]) == Exit.OK
    assert sign_in(home, "anna", PASSWORD, "", "").officer is None
    assert run(["user", "enable", "anna"]) == Exit.OK
    assert sign_in(home, "anna", PASSWORD, "", "").officer is not None


@pytest.mark.parametrize("words", ["password", "disable", "enable"])
def test_an_unknown_name_is_one_line_that_says_where_to_look(words: str, home: Store, capsys: Captured) -> None:
    del home
    assert run(["user", words, "nobody"]) == Exit.BAD_INPUT
    told = capsys.readouterr().err
    assert told == "sayso: there is no officer who signs in as nobody. List them with: sayso user list\n"


def test_a_taken_name_and_an_easy_password_are_refused(
    home: Store, typed: Callable[[str], None], capsys: Captured
) -> None:
    del home
    assert run(["user", "add", "ANNA", "--password", PASSWORD]) == Exit.BAD_INPUT
    assert "already an officer who signs in as anna" in capsys.readouterr().err
    typed("password1234")
    assert run(["user", "password", "anna"]) == Exit.BAD_INPUT
    assert "too easy to guess" in capsys.readouterr().err


def test_the_last_administrator_cannot_be_disabled_from_here_either(home: Store, capsys: Captured) -> None:
    del home
    run(["user", "add", "boss", "--role", "administrator", "--password", PASSWORD])
    assert run(["user", "disable", "boss"]) == Exit.BAD_INPUT
    assert "last administrator" in capsys.readouterr().err
