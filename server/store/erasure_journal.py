"""The journal of erasures, beside the database: what was erased stays erased when an older backup is restored.

It is a file of its own, so that it outlives whatever is done to the database. It holds uids only.
"""

import fcntl
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from server.errors import StoreError
from server.models.base import now
from server.store import Store

FILE_NAME: Final = "erasures.jsonl"


class Erased(BaseModel):
    """One erasure: the household, where one was erased, and the responses."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    made_at: AwareDatetime
    household_uid: str | None
    response_uids: tuple[str, ...]

    def same(self) -> tuple[str | None, tuple[str, ...]]:
        """Give what tells one erasure from another, wherever it is noted."""
        return self.household_uid, tuple(sorted(self.response_uids))


def append(
    store: Store, household_uid: str | None, response_uids: Sequence[str], *, made_at: datetime | None = None
) -> None:
    """Note an erasure, on the disk before this returns; at once before or after its transaction is kept."""
    erased = Erased(made_at=made_at or now(), household_uid=household_uid, response_uids=tuple(response_uids))
    line = erased.model_dump_json().encode() + b"\n"
    handle = os.open(store.folder / FILE_NAME, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        end = os.fstat(handle).st_size
        if end and os.pread(handle, 1, end - 1) != b"\n":  # the power went while the last line was written
            line = b"\n" + line
        os.write(handle, line)
        os.fsync(handle)
    finally:
        os.close(handle)


def read(store: Store) -> list[Erased]:
    """Give the erasures of this installation's journal, the oldest first."""
    path = store.folder / FILE_NAME
    return read_file(path) if path.exists() else []


def read_file(path: Path) -> list[Erased]:
    """Give the erasures of a journal; `StoreError` when it cannot be read.

    A line that the power cut short is left out: its erasure was not finished, and whoever asked for it asks again.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise StoreError(f"{path}: this journal cannot be read ({error.strerror}). Check its name.") from error
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(Erased.model_validate_json(line))
        except ValidationError as error:
            if not line.endswith(b"}"):
                continue
            raise StoreError(f"{path}: line {number} is not an erasure. Copy the journal again.") from error
    return found
