"""What is restored is what was backed up: every row and every file, on and across both databases."""

import json
import stat
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import delete, func, insert, select

from server.backup import making
from server.backup.restoring import is_empty, restore
from server.errors import BackupError
from server.models.audit import AuditEvent
from server.models.campaigns import Campaign, Site
from server.models.intake import ReceivedFile
from server.store import Store
from server.store.keys import KeyName
from server.trail import chain
from tests.server.backup.contents import ENDED, GROWING, files, rows
from tests.server.conftest import DATABASES
from tests.server.filled import ROWS

Another = Callable[[str], Store]


@pytest.mark.parametrize("database", DATABASES)
def test_every_row_and_every_file_comes_back_on_any_database(
    filled: Store, another: Another, database: str, tmp_path: Path
) -> None:
    filled.files.add(b"named by no row")
    making.make(filled, tmp_path / "b.zip")
    target = another(database)
    restored = restore(target, tmp_path / "b.zip")
    assert rows(target, ENDED, *GROWING) == rows(filled, ENDED, *GROWING)
    assert files(target).items() == {k: v for k, v in files(filled).items() if v != b"named by no row"}.items()
    assert rows(target)[ENDED] == []
    assert restored.safety is None
    assert restored.faults == []
    assert {name: target.keys.get(name) for name in KeyName} == {name: filled.keys.get(name) for name in KeyName}


@pytest.mark.parametrize("database", DATABASES)
def test_the_audit_log_goes_on_from_the_backups_and_stays_whole(
    filled: Store, another: Another, database: str, tmp_path: Path
) -> None:
    making.make(filled, tmp_path / "b.zip")
    restore(target := another(database), tmp_path / "b.zip")
    with target.reading() as session:
        assert list(chain.faults(session, target.keys.get(KeyName.AUDIT))) == []
        actions = session.scalars(select(AuditEvent.action).order_by(AuditEvent.number)).all()
    assert actions == ["store filled"] * ROWS + ["backup restored"]


def test_what_was_changed_added_and_removed_since_is_as_it_was(filled: Store, tmp_path: Path) -> None:
    before, kept = rows(filled, ENDED, *GROWING), files(filled)
    making.make(filled, tmp_path / "b.zip")
    with filled.writing() as session:
        session.execute(insert(Site), [{"name": f"new {number}"} for number in range(1500)])
        gone = session.get_one(ReceivedFile, 1)
        filled.files.remove(gone.kept_sha256 or "")
        gone.kept_sha256 = filled.files.add(b"of a row that the backup does not have")
        session.get_one(Campaign, 1).name = "Renamed"
    restored = restore(filled, tmp_path / "b.zip")
    assert rows(filled, ENDED, *GROWING) == before
    assert files(filled) == kept
    assert restored.removed == 1
    assert restored.safety is not None
    assert restored.safety.parent == filled.folder


def test_what_a_restore_replaced_can_be_restored_itself(filled: Store, tmp_path: Path) -> None:
    making.make(filled, tmp_path / "b.zip")
    with filled.writing() as session:
        session.add(Site(name="since"))
    since = rows(filled, ENDED, *GROWING)
    safety = restore(filled, tmp_path / "b.zip").safety
    assert safety is not None
    restore(filled, safety)
    assert rows(filled, ENDED, *GROWING) == since


@pytest.mark.parametrize("database", DATABASES)
def test_no_number_is_given_twice_after_a_restore(
    filled: Store, another: Another, database: str, tmp_path: Path
) -> None:
    with filled.writing() as session:
        session.add(last := Site(name="last"))
        session.flush()
        given = last.id
        session.execute(delete(Site).where(Site.id == given))
    making.make(filled, tmp_path / "b.zip")
    restore(target := another(database), tmp_path / "b.zip")
    with target.writing() as session:
        session.add(after := Site(name="after"))
        session.flush()
        assert after.id == given + 1


def test_numbers_given_since_the_backup_are_not_given_again(filled: Store, tmp_path: Path) -> None:
    making.make(filled, tmp_path / "b.zip")
    with filled.writing() as session:
        session.add(since := Site(name="since"))
        session.flush()
        given = since.id
    restore(filled, tmp_path / "b.zip")
    with filled.writing() as session:
        session.add(after := Site(name="after"))
        session.flush()
        assert after.id > given


def test_a_zero_character_that_only_sqlite_keeps_does_not_stop_a_move_to_postgresql(
    small: Store, another: Another, tmp_path: Path
) -> None:
    with small.writing() as session:
        session.add(Site(name="a\0b"))
    making.make(small, tmp_path / "b.zip")
    restore(target := another("postgresql"), tmp_path / "b.zip")
    with target.reading() as session:
        assert session.scalar(select(func.count()).where(Site.name == "a\ufffdb")) == 1


def test_a_backup_is_its_owners_alone_and_leaves_nothing_half_done(small: Store, tmp_path: Path) -> None:
    made = making.make(small, tmp_path / "b.zip")
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert made.size_bytes == made.path.stat().st_size
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["b.zip"]


def test_an_existing_file_is_written_over_only_when_that_is_asked_for(small: Store, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("mine")
    with pytest.raises(BackupError, match="--replace"):
        making.make(small, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_text() == "mine"
    making.make(small, tmp_path / "b.zip", replace=True)
    assert ZipFile(tmp_path / "b.zip").testzip() is None


def test_what_a_killed_backup_left_does_not_stop_the_next(small: Store, tmp_path: Path) -> None:
    (tmp_path / "b.zip.half-done").write_bytes(b"x" * 1_000_000)
    making.make(small, tmp_path / "b.zip")
    assert ZipFile(tmp_path / "b.zip").testzip() is None


@pytest.mark.parametrize("damage", ["removed", "changed"])
def test_a_file_that_is_lost_is_told_and_stops_neither_backup_nor_restore(
    small: Store, another: Another, tmp_path: Path, damage: str
) -> None:
    name = next(small.files.names())
    place = small.files.folder / name[:2] / name
    place.unlink() if damage == "removed" else place.write_bytes(b"other")
    made = making.make(small, tmp_path / "b.zip")
    assert made.manifest.missing == [name]
    restore(target := another("sqlite"), tmp_path / "b.zip")
    assert set(target.files.names()) == set(small.files.names()) - {name}


def test_a_damaged_file_is_mended_by_a_restore(small: Store, tmp_path: Path) -> None:
    name = next(small.files.names())
    content = small.files.read(name)
    making.make(small, tmp_path / "b.zip")
    (small.files.folder / name[:2] / name).write_bytes(b"other")
    restore(small, tmp_path / "b.zip")
    assert small.files.read(name) == content


def test_rows_stand_in_the_backup_as_json_that_anybody_can_read(small: Store, tmp_path: Path) -> None:
    making.make(small, tmp_path / "b.zip")
    with ZipFile(tmp_path / "b.zip") as archive:
        lines = archive.read("tables/sites.jsonl").decode().splitlines()
        kiosk = json.loads(archive.read("tables/kiosks.jsonl").splitlines()[0])
    assert json.loads(lines[0]) == {"id": 1, "name": "0 name “ż”\n"}
    assert kiosk["created_at"] == "2026-11-20T10:00:00.123456+00:00"


def test_a_store_that_was_only_made_is_empty(store: Store) -> None:
    assert is_empty(store)
    with store.writing() as session:
        session.add(Site(name="one"))
    assert not is_empty(store)
