"""The janitor removes what nothing names, once it is a day old, and never what a row may still come to name."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from server.backup.staging import PREFIX
from server.cli import Exit, run
from server.config import RetentionRule, Settings, load_settings
from server.errors import SettingsError
from server.models.households import HouseholdImport
from server.models.intake import ReceivedFile
from server.retention.janitor import swept
from server.retention.rules import RULES, months_of
from server.store import Store, references
from tests.server.conftest import made_store
from tests.server.filled import fill

OLD = (datetime.now(UTC) - timedelta(days=1, minutes=1)).timestamp()


def aged(path: Path) -> Path:
    os.utime(path, (OLD, OLD))
    return path


def place(store: Store, name: str) -> Path:
    return store.files.folder / name[:2] / name


def test_only_what_is_unnamed_and_a_day_old_goes(store: Store) -> None:
    fill(store)
    named = set(store.files.names())
    old, new = store.files.add(b"old"), store.files.add(b"new")
    for name in (*named, old):
        aged(place(store, name))
    assert swept(store) == 1
    assert set(store.files.names()) == named | {new}


def test_an_unnamed_file_that_is_added_again_stays(store: Store) -> None:
    name = store.files.add(b"same")
    aged(place(store, name))
    assert store.files.add(b"same") == name
    assert swept(store) == 0
    assert store.files.has(name)


def test_what_ended_processes_left_goes_once_it_is_a_day_old(store: Store) -> None:
    store.files.add(b"x")
    folder = next(store.files.folder.glob("??"))
    (folder / ".new").write_bytes(b"")
    (folder / ".old").write_bytes(b"")
    (store.folder / f"{PREFIX}x").mkdir()
    (store.folder / f"{PREFIX}x" / "sayso.db").write_bytes(b"people")
    aged(folder / ".old")
    aged(store.folder / f"{PREFIX}x")
    assert swept(store) == 2
    assert (folder / ".new").exists()
    assert not (store.folder / f"{PREFIX}x").exists()


def test_a_safety_backup_goes_after_a_month(store: Store) -> None:
    for name in ("before-restore-1.zip", "before-migration-0001-1.zip", "mine.zip"):
        (store.folder / name).write_bytes(b"people")
    assert swept(store, datetime.now(UTC) + timedelta(days=30)) == 0
    assert swept(store, datetime.now(UTC) + timedelta(days=32)) == 2
    assert (store.folder / "mine.zip").exists()


def test_every_column_that_holds_a_hash_is_declared_as_a_files_name_or_not_one() -> None:
    from server.models import Base  # noqa: PLC0415

    declared = {*references.NAME_FILES, *references.ONLY_HASHES}
    found = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("sha256")
    }
    assert found == declared
    assert not set(references.NAME_FILES) & set(references.ONLY_HASHES)


def test_a_file_that_another_row_names_too_stays(store: Store) -> None:
    fill(store)
    with store.writing() as session:
        name = str(session.get_one(HouseholdImport, 1).file_sha256)
        session.get_one(ReceivedFile, 1).kept_sha256 = name
        session.get_one(HouseholdImport, 1).file_sha256 = None
    assert references.remove_unnamed(store, [name], untouched_since=datetime.now(UTC)) == 0
    assert store.files.has(name)


def test_months_can_be_set_and_every_setting_is_a_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = set(get_args(RetentionRule))
    assert names | {"equality_pages", "sign_ins"} == {rule.name for rule in RULES}
    (tmp_path / "sayso.toml").write_text("[retention]\n" + "".join(f"{name} = 7\n" for name in names))
    settings = load_settings()
    assert {months_of(rule, settings) for rule in RULES if rule.name in names} == {7}
    assert {months_of(rule, Settings()) for rule in RULES} == {0, 1, 3, 6, 12, 72}
    (tmp_path / "sayso.toml").write_text("[retention]\npages = 7\n")
    with pytest.raises(SettingsError, match=r"retention\.pages"):
        load_settings()


def test_the_command_shows_what_is_due_and_removes_it_only_when_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    store = made_store(tmp_path / "sayso-data", None)
    with store.writing() as session:
        session.add(HouseholdImport(made_at=datetime(2026, 1, 7, tzinfo=UTC), file_sha256=store.files.add(b"list")))
    assert run(["retention"]) == Exit.OK
    shown = capsys.readouterr().out
    (line,) = [line for line in shown.splitlines() if line.startswith("household_lists")]
    assert "1 months" not in line
    assert line.split()[-7:] == ["1", "7", "January", "2026", "7", "January", "2026"]
    assert len(list(store.files.names())) == 1
    assert run(["retention", "--apply"]) == Exit.OK
    assert "1 file " in capsys.readouterr().out
    assert list(store.files.names()) == []
    assert run(["retention"]) == Exit.OK
    assert "Nothing is due." in capsys.readouterr().out
