"""What hinders intake is told, even when the disk is full."""

import errno
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from server.errors import StoreError
from server.intake import trouble


def told(folder: Path) -> list[str]:
    return [one.words for one in trouble.troubles(folder)]


def test_troubles_stand_until_their_source_goes_well(tmp_path: Path) -> None:
    trouble.prepare(tmp_path)
    trouble.tell(tmp_path, "folder", "The folder is gone.")
    trouble.tell(tmp_path, "reading", "The disk is full.")
    trouble.tell(tmp_path, "folder", None)
    assert told(tmp_path) == ["The disk is full."]


def test_the_moment_is_that_of_the_first_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trouble.tell(tmp_path, "reading", trouble.FULL)
    (first,) = trouble.troubles(tmp_path)
    monkeypatch.setattr(trouble, "now", lambda: None)
    trouble.tell(tmp_path, "reading", trouble.FULL)
    assert trouble.troubles(tmp_path) == (first,)


def test_telling_takes_no_room_on_the_disk(tmp_path: Path) -> None:
    trouble.prepare(tmp_path)
    before = (tmp_path / trouble.FILE_NAME).stat()
    trouble.tell(tmp_path, "reading", trouble.FULL)
    after = (tmp_path / trouble.FILE_NAME).stat()
    assert (before.st_ino, before.st_size, before.st_blocks) == (after.st_ino, after.st_size, after.st_blocks)


def test_a_place_that_cannot_be_written_to_hinders_nobody(tmp_path: Path) -> None:
    trouble.tell(tmp_path / "nowhere", "reading", trouble.FULL)
    assert told(tmp_path / "nowhere") == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
        (OSError(errno.EIO, "Input/output error"), "(Input/output error)"),
        (OperationalError("insert", {}, Exception("database or disk is full")), "The disk is full"),
        (OperationalError("insert", {}, Exception("disk I/O error")), "The disk cannot be read or written"),
        (OperationalError("insert", {}, Exception("server closed the connection")), "cannot be reached"),
        (StoreError("a form is gone. Restore it."), "a form is gone. Restore it."),
        (KeyError("a name that is nobody's business"), "inside Sayso (KeyError)"),
    ],
)
def test_errors_are_said_in_words(error: Exception, words: str) -> None:
    assert words in trouble.words_of(error)
    assert "nobody's business" not in trouble.words_of(error)
