"""A file that is no whole backup of this Sayso or an older one is refused, and nothing that is there is touched."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.backup import making
from server.backup.restoring import looked_at, restore
from server.errors import BackupError
from server.store import Store
from tests.server.backup.contents import all_of
from tests.server.conftest import made_store
from tests.server.filled import fill

Change = Callable[[dict[str, bytes]], None]


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a whole backup of a filled store."""
    folder = tmp_path_factory.mktemp("backup")
    store = made_store(folder / "data", None)
    fill(store)
    making.make(store, folder / "b.zip")
    store.close()
    return folder / "b.zip"


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give a filled store that no test here may change."""
    store = made_store(tmp_path_factory.mktemp("target") / "data", None)
    fill(store)
    before = all_of(store)
    yield store
    assert all_of(store) == before
    store.close()


def refused(target: Store, path: Path) -> str:
    with pytest.raises(BackupError) as caught:
        restore(target, path)
    assert str(path) in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(part=st.floats(0, 1, exclude_max=True))
def test_a_part_of_a_backup_is_refused(backup: Path, target: Store, tmp_path: Path, part: float) -> None:
    content = backup.read_bytes()
    (tmp_path / "part.zip").write_bytes(content[: int(len(content) * part)])
    refused(target, tmp_path / "part.zip")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_changed_bit_is_noticed_or_changes_nothing(backup: Path, tmp_path: Path, place: float, bit: int) -> None:
    content = bytearray(backup.read_bytes())
    content[int(len(content) * place)] ^= 1 << bit
    (tmp_path / "bit.zip").write_bytes(content)
    try:
        manifest = looked_at(tmp_path / "bit.zip")
    except BackupError:
        return
    assert manifest == looked_at(backup)


def test_a_backup_whose_parts_begin_before_it_is_damaged(target: Store, backup: Path, tmp_path: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[-3] ^= 1 << 7  # where the list of parts begins, in the last 22 bytes (APPNOTE 4.3.16)
    (tmp_path / "before.zip").write_bytes(content)
    assert "cannot be read" in refused(target, tmp_path / "before.zip")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x05\x06" + bytes(18), b"a,b\n1,2\n" * 1000])
def test_a_file_of_another_kind_is_refused(target: Store, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    assert "not a backup made by Sayso" in refused(target, tmp_path / "x.zip")


def test_a_file_that_is_not_there_and_a_folder_are_refused(target: Store, tmp_path: Path) -> None:
    assert "cannot be read" in refused(target, tmp_path / "none.zip")
    assert "cannot be read" in refused(target, tmp_path)


def changed(backup: Path, to: Path, change: Change) -> Path:
    """Write another backup, made anew so that its zip is whole."""
    with ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with ZipFile(to, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return to


def with_manifest(**changes: object) -> Change:
    def change(members: dict[str, bytes]) -> None:
        members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | changes).encode()

    return change


def with_row(members: dict[str, bytes]) -> None:
    members["tables/sites.jsonl"] += b'{"id":9,"name":"put in"}\n'


def without_table(members: dict[str, bytes]) -> None:
    del members["tables/sites.jsonl"]


def with_more(members: dict[str, bytes]) -> None:
    members["../../etc/passwd"] = b"more"


def with_other_file(members: dict[str, bytes]) -> None:
    name = next(name for name in members if name.startswith("files/"))
    members[name] = members[name][:-1] + b"!"


def with_other_key(members: dict[str, bytes]) -> None:
    members["keys/audit"] = bytes(32)


def without_table_at_all(members: dict[str, bytes]) -> None:
    manifest = json.loads(members["manifest.json"])
    del manifest["tables"]["throttles"], members["tables/throttles.jsonl"]
    members["manifest.json"] = json.dumps(manifest).encode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (with_manifest(format=2, sayso="9.0", more="unknown"), "newer Sayso (9.0). Update Sayso first"),
        (with_manifest(revision="9999", sayso="9.0"), "newer Sayso (9.0). Update Sayso first"),
        (with_manifest(tables=7), "not a backup made by Sayso"),
        (with_manifest(format=None), "not a backup made by Sayso"),
        (with_row, "the table sites was changed"),
        (without_table, "what it holds is not what its manifest names"),
        (with_more, "what it holds is not what its manifest names"),
        (with_other_file, "was changed"),
        (with_other_key, "the key audit was changed"),
        (without_table_at_all, "the table throttles is not as revision"),
    ],
)
def test_a_whole_file_with_wrong_content_is_refused(
    backup: Path, target: Store, tmp_path: Path, change: Change, words: str
) -> None:
    assert words in refused(target, changed(backup, tmp_path / "c.zip", change))
