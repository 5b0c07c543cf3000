"""A machine that fails is told in a sentence that says what to do, and never by a traceback."""

import errno
import os
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from server.cli import Exit, failing, run
from server.store import Store
from server.store.ownership import refuse_root


def said(error: Exception) -> str:
    words = failing.sentence(error)
    assert words
    assert words.endswith((".", "doctor", "FILE", "init", "u+rwX", "…"))
    return words


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_says_to_make_room(code: int) -> None:
    words = said(OSError(code, os.strerror(code), "/srv/data/files/ab"))
    assert words.startswith("/srv/data/files/ab: the disk is full. Make room")


def test_wrong_permissions_name_you_and_whom_it_belongs_to(tmp_path: Path) -> None:
    mine = said(PermissionError(errno.EACCES, "no", str(tmp_path / "not-there")))
    assert "chmod" in mine
    theirs = said(PermissionError(errno.EACCES, "no", "/proc/1/cwd/x"))
    assert "belongs to" in theirs or "may not open" in theirs
    nowhere = said(PermissionError(errno.EPERM, "Operation not permitted"))
    assert "None" not in nowhere
    assert "may not do this (Operation not permitted)" in nowhere


@pytest.mark.parametrize(
    ("of_the_database", "remedy"),
    [
        ("database or disk is full", "Make room"),
        ("unable to open database file", "as the user whom the data folder belongs to"),
        ("attempt to write a readonly database", "as the user whom the data folder belongs to"),
        ("database is locked", "backup or restore"),
        ("disk I/O error", "sayso doctor"),
        ("database disk image is malformed", "sayso restore"),
        ("file is not a database", "sayso restore"),
        ("no such table: officers", "sayso init"),
        ('connection failed: FATAL:  database "sayso" does not exist', "sayso init"),
        ("connection failed: Connection refused", "Start PostgreSQL"),
        ("permission denied for table officers", "rights"),
    ],
)
def test_a_database_that_fails_says_what_to_do(of_the_database: str, remedy: str) -> None:
    assert remedy in said(OperationalError("select secret", {"name": "Anna"}, Exception(of_the_database)))


def test_a_fault_of_sayso_itself_is_not_put_down_to_the_machine() -> None:
    assert failing.sentence(ValueError("full")) is None
    assert failing.sentence(OSError(errno.ENOTDIR, "no")) is None
    for said_of_a_row in ("NOT NULL constraint failed: homes.full_name", "no such column: officers.locked_until"):
        assert failing.sentence(OperationalError("select 1", {}, Exception(said_of_a_row))) is None


def test_a_damaged_database_ends_a_command_in_one_line(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(store.folder.parent)
    Path("sayso.toml").write_text(f'data = "{store.folder}"\n')
    store.close()
    (store.folder / "sayso.db").write_bytes(b"not a database at all" * 1000)
    (store.folder / "sayso.db-wal").unlink(missing_ok=True)
    assert run(["user", "list"]) == Exit.FAULT
    assert capsys.readouterr().err.startswith("sayso: the database: its file is damaged.")


def test_ctrl_c_is_told_and_is_no_success(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("server.cli.doctor.load_settings", interrupted)
    assert run(["doctor"]) == Exit.FAULT
    assert "stopped before it was done" in capsys.readouterr().err


def test_root_leaves_the_folder_of_the_sites_user_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(Path, "stat", lambda _: os.stat_result((0o40700, 1, 1, 2, 54321, 54321, 0, 0, 0, 0)))
    with pytest.raises(Exception, match="sudo -u #54321 sayso"):
        refuse_root(tmp_path)
