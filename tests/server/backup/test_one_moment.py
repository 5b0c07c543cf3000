"""A backup is of one moment while others write, and a restore changes nothing until all of it is there."""

import json
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select

from server.backup import making, replacing, restoring, rows
from server.backup.restoring import restore
from server.errors import BackupError
from server.models.campaigns import Site
from server.models.form_versions import PrintedForm
from server.models.officers import Throttle
from server.store import Store
from server.store.keys import KeyName
from server.store.references import remove_unnamed
from tests.server.backup.contents import all_of
from tests.server.filled import MOMENT


def pair(store: Store, number: int) -> None:
    """Write two rows that belong together, in tables that a backup reads at different times."""
    with store.writing() as session:
        session.add(Site(name=f"pair {number}"))
        session.add(Throttle(key=f"pair {number}", failures=1, failed_at=MOMENT))


def test_rows_written_together_are_in_a_backup_together_or_not_at_all(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pairs are written between any two tables that the backup reads, and by threads that never rest."""
    done = Event()

    def write(start: int) -> None:
        number = start
        while not done.is_set():
            pair(filled, number := number + 1)

    def read_and_write(connection: Any, shape: Any) -> Any:
        numbers.append(len(numbers))
        pair(filled, numbers[-1])
        return rows.read(connection, shape)

    numbers: list[int] = []
    monkeypatch.setattr(making, "read", read_and_write)
    threads = [Thread(target=write, args=(start,)) for start in (1000, 1_000_000)]
    for thread in threads:
        thread.start()
    try:
        made = making.make(filled, tmp_path / "b.zip")
    finally:
        done.set()
        for thread in threads:
            thread.join()
    with ZipFile(made.path) as archive:
        sites, throttles = (
            {json.loads(line)[key] for line in archive.read(f"tables/{table}.jsonl").splitlines()}
            for table, key in (("sites", "name"), ("throttles", "key"))
        )
    assert {one for one in sites if one.startswith("pair")} == {one for one in throttles if one.startswith("pair")}
    with filled.reading() as session:
        assert (session.scalar(select(func.count()).select_from(Site)) or 0) > len(sites)


def test_a_file_that_the_moment_names_is_in_the_backup_though_its_row_goes_meanwhile(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filled.reading() as session:
        name = session.scalar(select(PrintedForm.pdf_sha256).where(PrintedForm.id == 1)) or ""
    threads: list[Thread] = []

    def read_and_remove(connection: Any, shape: Any) -> Any:
        if not threads:
            with filled.writing() as session:
                session.get_one(PrintedForm, 1).pdf_sha256 = "0" * 64
            threads.append(Thread(target=remove_unnamed, args=(filled, [name]), kwargs={"untouched_since": LATER}))
            threads[0].start()
        return rows.read(connection, shape)

    monkeypatch.setattr(making, "read", read_and_remove)
    made = making.make(filled, tmp_path / "b.zip")
    threads[0].join()
    assert name in made.manifest.files
    assert not filled.files.has(name)


LATER = MOMENT.replace(year=2100)


def test_readers_see_the_old_rows_until_the_new_are_all_there(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    making.make(filled, tmp_path / "b.zip")
    with filled.writing() as session:
        session.add(Site(name="since"))
    seen: list[int] = []

    def count() -> int:
        with filled.reading() as session:
            return session.scalar(select(func.count()).select_from(Site)) or 0

    def write_and_look(connection: Any, shape: Any, some: Any) -> None:
        rows.write(connection, shape, some)
        seen.append(count())

    monkeypatch.setattr(replacing, "write", write_and_look)
    restore(filled, tmp_path / "b.zip")
    assert len(seen) > 20
    assert set(seen) == {4}
    assert count() == 3


def test_a_write_that_comes_during_a_restore_waits_and_is_kept(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    making.make(filled, tmp_path / "b.zip")
    began = Barrier(2)
    writers: list[Thread] = []

    def writes() -> None:
        began.wait()
        pair(filled, 7)

    def write_and_let(connection: Any, shape: Any, some: Any) -> None:
        if not writers:
            writers.append(Thread(target=writes))
            writers[0].start()
            began.wait()
            writers[0].join(0.5)
            assert writers[0].is_alive()
        rows.write(connection, shape, some)

    monkeypatch.setattr(replacing, "write", write_and_let)
    restore(filled, tmp_path / "b.zip")
    writers[0].join()
    with filled.reading() as session:
        names = session.scalars(select(Site.name)).all()
    assert "pair 7" in names
    assert len(names) == 4


@pytest.mark.parametrize("at", ["preparing", "replacing", "keeping"])
def test_a_restore_that_is_killed_leaves_everything_as_it_was(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    making.make(filled, tmp_path / "b.zip")
    with filled.writing() as session:
        session.add(Site(name="since"))
        gone = session.get_one(PrintedForm, 1).pdf_sha256
        session.get_one(PrintedForm, 1).pdf_sha256 = filled.files.add(b"since")
    filled.files.remove(gone)
    filled.keys.put(KeyName.AUDIT, b"since")
    before, keys = all_of(filled), (filled.folder / "keys" / "audit").read_bytes()

    def killed(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    target, name = {
        "preparing": (restoring, "_prepared"),
        "replacing": (replacing, "raise_to"),
        "keeping": (replacing, "_put_secrets"),
    }[at]
    puts: list[int] = []
    put = replacing._put_secrets

    def killed_once(*arguments: Any) -> None:
        puts.append(1)
        put(*arguments)
        if len(puts) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(target, name, killed_once if at == "keeping" else killed)
    with pytest.raises(KeyboardInterrupt):
        restore(filled, tmp_path / "b.zip")
    assert all_of(filled) == before
    assert (filled.folder / "keys" / "audit").read_bytes() == keys
    assert not list(filled.folder.glob(".restore-*"))


def test_two_backups_to_one_file_do_not_mix(small: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def read_and_back_up(connection: Any, shape: Any) -> Any:
        if not tried:
            tried.append("")
            with pytest.raises(BackupError, match="another backup is being written"):
                making.make(small, tmp_path / "b.zip")
        return rows.read(connection, shape)

    monkeypatch.setattr(making, "read", read_and_back_up)
    making.make(small, tmp_path / "b.zip")
    assert tried
    assert ZipFile(tmp_path / "b.zip").testzip() is None
