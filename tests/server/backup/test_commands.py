"""The commands: from only the backup file and a new machine back to a working server, and migrations with a backup."""

import fcntl
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import select

from server.app import create_app
from server.cli import Exit, run
from server.config import Settings, load_settings
from server.errors import StoreError
from server.models.audit import AuditEvent
from server.models.campaigns import Site
from server.store import Store, migrating
from server.store.references import named
from tests.server.conftest import made_store
from tests.server.filled import fill, rows_by_table

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a filled store in `sayso-data`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAYSO_SETTINGS", raising=False)
    store = made_store(tmp_path / "sayso-data", None)
    fill(store)
    store.close()
    return tmp_path


def opened(data: str = "sayso-data") -> Store:
    return Store(Settings(data=Path(data)))


def test_an_it_person_with_only_the_file_and_a_new_machine_gets_everything_back(folder: Path, capsys: Captured) -> None:
    assert run(["backup", "b.zip"]) == Exit.OK
    assert "It holds personal data" in capsys.readouterr().out
    (folder / "sayso.toml").write_text('data = "new/place"\n')
    assert run(["restore", "b.zip"]) == Exit.OK
    assert "Restored" in capsys.readouterr().out
    assert rows_by_table(opened("new/place"))["responses"] == 3
    assert run(["audit", "verify"]) == Exit.OK
    create_app(load_settings())


def test_a_restore_over_something_asks_first(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    run(["backup", "b.zip"])
    with opened().writing() as session:
        session.add(Site(name="since"))
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: "n")
    assert run(["restore", "b.zip"]) == Exit.FAULT
    assert rows_by_table(opened())["sites"] == 4
    assert run(["restore", "b.zip", "--yes"]) == Exit.OK
    assert rows_by_table(opened())["sites"] == 3
    assert "before-restore-2" in capsys.readouterr().out


def test_a_broken_file_is_one_line_before_a_data_folder_is_made(folder: Path, capsys: Captured) -> None:
    (folder / "sayso.toml").write_text('data = "new"\n')
    (folder / "b.zip").write_bytes(b"no")
    assert run(["restore", "b.zip"]) == Exit.BAD_INPUT
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (folder / "new").exists()


def test_a_backup_of_a_damaged_folder_fails_the_command_and_is_made(folder: Path, capsys: Captured) -> None:
    next(folder.glob("sayso-data/files/??/*")).unlink()
    assert run(["backup", "b.zip"]) == Exit.FAULT
    assert "1 file that should be in the data folder cannot be read" in capsys.readouterr().err
    assert (folder / "b.zip").exists()


def test_a_backup_is_an_event_of_the_audit_log() -> None:
    run(["backup", "b.zip"])
    with opened().reading() as session:
        actions = session.scalars(select(AuditEvent.action).order_by(AuditEvent.number)).all()
    assert actions[-1] == "backup made"


def test_migrating_says_when_there_is_nothing_to_do(folder: Path, capsys: Captured) -> None:
    assert run(["migrate"]) == Exit.OK
    assert f"at revision {migrating.newest()} already" in capsys.readouterr().out
    assert not list(folder.glob("sayso-data/before-*"))


def test_going_back_and_forth_makes_backups_and_a_server_refuses_to_start_between(
    folder: Path, capsys: Captured
) -> None:
    newest, before = migrating.newest(), migrating.every()[-2]
    assert run(["migrate", "--to", before]) == Exit.OK
    with pytest.raises(StoreError, match="Run: sayso migrate"):
        create_app(load_settings())
    assert run(["init"]) == Exit.BAD_INPUT
    assert "Run: sayso migrate" in capsys.readouterr().err
    assert run(["migrate"]) == Exit.OK
    assert [path.name.split("-2026")[0] for path in sorted(folder.glob("sayso-data/before-*"))] == [
        f"before-migration-{before}",
        f"before-migration-{newest}",
    ]
    create_app(load_settings())
    assert run(["audit", "verify"]) == Exit.OK


def test_an_installation_of_an_older_sayso_is_brought_up_to_date_with_all_that_it_held(folder: Path) -> None:
    expected = rows_by_table(opened())
    assert run(["migrate", "--to", "0003"]) == Exit.OK
    assert run(["migrate"]) == Exit.OK
    (backup,) = folder.glob("sayso-data/before-migration-0003-*.zip")
    assert backup.stat().st_size > 1000
    assert run(["audit", "verify"]) == Exit.OK
    create_app(load_settings())
    held = rows_by_table(opened())
    for table in ("officers", "households", "campaigns", "print_runs", "copies", "responses"):
        assert held[table] == expected[table] > 0


def test_nightly_backups_are_named_by_date_and_the_oldest_go(folder: Path, capsys: Captured) -> None:
    backups = folder / "backups"
    backups.mkdir()
    old = [f"sayso-2026-11-2{day}T02-30-00.zip" for day in range(3)]
    for name in (*old, "somebody-elses.zip"):
        (backups / name).touch()
    assert run(["backup", "backups", "--keep", "2"]) == Exit.OK
    left = {path.name for path in backups.iterdir()}
    assert len(left) == 3
    assert {old[2], "somebody-elses.zip"} < left
    assert "2 older backups removed" in capsys.readouterr().out


def test_the_newest_whole_backup_stays_however_many_lack_a_file(folder: Path, capsys: Captured) -> None:
    backups = folder / "backups"
    backups.mkdir()
    whole, older = (backups / f"sayso-2026-11-0{day}T02-30-00.zip" for day in (2, 1))
    assert run(["backup", str(whole)]) == Exit.OK
    copyfile(whole, older)
    store = opened()
    with store.reading() as session:
        store.files.path(min(named(session.connection()))).unlink()
    store.close()
    lacking = backups / "sayso-2026-11-03T02-30-00.zip"
    assert run(["backup", str(lacking)]) == Exit.FAULT
    assert run(["backup", "backups", "--keep", "1"]) == Exit.FAULT
    left = {path.name for path in backups.iterdir()}
    assert len(left) == 2
    assert whole.name in left
    assert "cannot be read whole" in capsys.readouterr().err


def test_a_folder_of_backups_that_is_not_there_is_told_before_anything_is_made(capsys: Captured) -> None:
    assert run(["backup", "nowhere", "--keep", "2"]) == Exit.BAD_INPUT
    assert "no such folder" in capsys.readouterr().err


def test_what_a_killed_backup_left_goes_with_the_next_one_and_what_is_being_written_stays(folder: Path) -> None:
    (folder / "backups").mkdir()
    killed, written = (folder / "backups" / f"sayso-2026-11-2{day}T02-30-00.zip.half-done" for day in (1, 2))
    killed.touch()
    with written.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert run(["backup", "backups", "--keep", "2"]) == Exit.OK
    assert not killed.exists()
    assert written.exists()


def test_what_a_migration_took_away_is_in_its_backup(folder: Path) -> None:
    expected = rows_by_table(opened())
    run(["migrate", "--to", migrating.every()[0]])
    run(["migrate"])
    assert rows_by_table(opened())["responses"] == 0
    (backup,) = folder.glob(f"sayso-data/before-migration-{migrating.newest()}-*.zip")
    assert run(["restore", str(backup), "--yes"]) == Exit.OK
    grown = {"audit_events", "officer_sessions"}
    assert {k: v for k, v in rows_by_table(opened()).items() if k not in grown} == {
        k: v for k, v in expected.items() if k not in grown
    }


def test_a_backup_of_an_older_revision_is_restored_and_brought_to_this_one(folder: Path) -> None:
    run(["migrate", "--to", migrating.every()[0]])
    run(["migrate"])
    (old,) = folder.glob(f"sayso-data/before-migration-{migrating.every()[0]}-*.zip")
    (folder / "sayso.toml").write_text('data = "new"\n')
    assert run(["restore", str(old)]) == Exit.OK
    assert rows_by_table(opened("new"))["officers"] == 3
    opened("new").check_shape()


def test_a_revision_that_nobody_knows_is_refused(capsys: Captured) -> None:
    assert run(["migrate", "--to", "9999"]) == Exit.BAD_INPUT
    assert "there is no revision 9999" in capsys.readouterr().err


def test_a_database_of_a_newer_sayso_is_left_alone(capsys: Captured) -> None:
    with opened().writing() as session:
        session.connection().exec_driver_sql("update alembic_version set version_num = '9999'")
    for command in (["migrate"], ["init"], ["backup", "b.zip"]):
        assert run(command) == Exit.BAD_INPUT
        assert "newer Sayso" in capsys.readouterr().err
