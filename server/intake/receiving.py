"""The one way in for bytes. Once it returns, what came is on the disk and in the database, whatever happens then.

The file is kept before the transaction that names it. The same content is kept and read once, however often it comes:
each coming is a row, and one that was cut short and is tried again is known by its key.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import BinaryIO, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.models.base import now
from server.models.intake import Arrival, CameBy, FileState, ReceivedFile
from server.store import Store
from server.store.files import CHUNK_BYTES
from server.store.locking import alone
from server.trail.recording import note

DOCUMENT_MB: Final = 1024
"""The largest file that is taken, unless the setting `reading.document_mb` says otherwise, as the reader has it."""

NAME_MAX: Final = 255
NAMELESS: Final = "without a name"

EMPTY: Final = "The file is empty. Scan or send it again."
TOO_LARGE: Final = "The file is larger than {} MB and was not kept. Split it into smaller ones, and send these."


@dataclass(frozen=True, slots=True)
class Coming:
    """One coming of one file."""

    name: str
    came_by: CameBy
    mark: str
    """Tells it from every other coming: the same when this one is tried again."""
    open: Callable[[], AbstractContextManager[BinaryIO]]
    """Opens it for reading, each time from its beginning."""
    check: Callable[[], None] = lambda: None
    """Raises when it was written to meanwhile; asked for after all of it was read."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a coming."""

    file_id: int
    name: str
    is_repeat: bool
    """Whether the same content was there already."""
    refused: str | None
    """Why the file cannot be read, if that is known at once: one sentence."""


@dataclass(frozen=True, slots=True)
class _Content:
    sha256: str
    size_bytes: int


def receive(store: Store, batch_of: Callable[[Session], int], coming: Coming, *, by: str | None = None) -> Taken:
    """Take a file in; `batch_of` gives the batch that it joins.

    Raises `OSError` when it cannot be read or kept: then nothing of it is here, and it can be tried again.
    """
    content = _content(coming)
    coming.check()
    why = _refusal(store, content)
    if not _is_here(store, content) and content.size_bytes <= _bytes_max(store):
        with coming.open() as file:
            store.files.put(content.sha256, _chunks(file))
    with store.writing() as session:
        return _noted(store, session, batch_of, coming, content, why, by)


def _content(coming: Coming) -> _Content:
    found, size = sha256(), 0
    with coming.open() as file:
        for chunk in _chunks(file):
            found.update(chunk)
            size += len(chunk)
    return _Content(found.hexdigest(), size)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    return iter(partial(file.read, CHUNK_BYTES), b"")


def _bytes_max(store: Store) -> int:
    return store.settings.reading.get("document_mb", DOCUMENT_MB) * 2**20


def _refusal(store: Store, content: _Content) -> str | None:
    if not content.size_bytes:
        return EMPTY
    most = _bytes_max(store)
    return TOO_LARGE.format(f"{most // 2**20:,}") if content.size_bytes > most else None


def _is_here(store: Store, content: _Content) -> bool:
    """Tell whether a row names this content and its file is there: then it is not touched, as it may be being read."""
    with store.reading() as session:
        named = session.scalar(select(ReceivedFile.id).where(ReceivedFile.kept_sha256 == content.sha256).limit(1))
    return named is not None and store.files.has(content.sha256)


def _noted(
    store: Store,
    session: Session,
    batch_of: Callable[[Session], int],
    coming: Coming,
    content: _Content,
    why: str | None,
    by: str | None,
) -> Taken:
    alone(session, f"content {content.sha256}")
    key = _key(coming, content)
    before = session.scalar(select(Arrival).where(Arrival.key == key))
    if before is not None:
        return Taken(before.file_id, before.name, before.is_repeat, before.file.set_aside_because)
    batch_id = batch_of(session)
    file = session.scalar(select(ReceivedFile).where(ReceivedFile.sha256 == content.sha256).order_by(ReceivedFile.id))
    is_repeat = file is not None
    if file is None:
        file = _new_file(session, batch_id, coming, content, why)
    name = clean_name(coming.name)
    session.add(
        Arrival(key=key, batch_id=batch_id, file_id=file.id, name=name, came_by=coming.came_by, is_repeat=is_repeat)
    )
    detail = {"batch": batch_id, "bytes": content.size_bytes, "repeat": is_repeat}
    note(store, session, "file received", f"received file {file.uid}", by=by, detail=detail)
    return Taken(file.id, name, is_repeat, file.set_aside_because)


def _new_file(session: Session, batch_id: int, coming: Coming, content: _Content, why: str | None) -> ReceivedFile:
    is_kept = why is None or not content.size_bytes
    file = ReceivedFile(
        batch_id=batch_id,
        sha256=content.sha256,
        kept_sha256=content.sha256 if is_kept else None,
        name=clean_name(coming.name),
        size_bytes=content.size_bytes,
        state=FileState.WAITING if why is None else FileState.SET_ASIDE,
        set_aside_because=why,
        read_at=None if why is None else now(),
    )
    session.add(file)
    session.flush()
    return file


def _key(coming: Coming, content: _Content) -> str:
    return sha256("\n".join((coming.came_by, coming.mark, content.sha256)).encode()).hexdigest()


def clean_name(name: str) -> str:
    """Give a file's name as it is kept: without folders, and without what no database or page can show."""
    last = os.path.basename(name.replace("\\", "/"))  # noqa: PTH119 (a name from anywhere, not a path here)
    shown = "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in last).strip()
    return shown[:NAME_MAX] or NAMELESS
