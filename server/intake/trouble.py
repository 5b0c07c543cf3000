"""What hinders intake at present, told to officers in a small file beside the database: it works when that does not.

The file is written over in its place, so that a full disk cannot keep it from being written.
"""

import errno
import json
import logging
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Final

from sqlalchemy.exc import OperationalError

from forms.errors import FormsError
from server.errors import ServerError
from server.models.base import now

FILE_NAME: Final = "intake-trouble.json"
FILE_BYTES: Final = 4096
WORDS_MAX: Final = 400

FULL: Final = "The disk is full. Make room; nothing that was taken in is lost, and intake goes on by itself."
BROKEN: Final = "The disk cannot be read or written ({}). Nothing that was taken in is lost. Tell your administrator."
AWAY: Final = "The database cannot be reached. Intake goes on by itself when it is back."
INSIDE: Final = "Something went wrong inside Sayso ({}). It is tried again. Tell your administrator."

log = logging.getLogger("sayso.intake")
_guard: Final = Lock()


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that hinders intake, and since when."""

    words: str
    since: datetime


def prepare(folder: Path) -> None:
    """Make the place for what may have to be told, while there is room for it, and forget what was told before."""
    with _guard:
        _write(folder, {})


def tell(folder: Path, source: str, words: str | None) -> None:
    """Say what hinders one part of intake; None once it goes well."""
    with _guard:
        told = _read(folder)
        before = told.get(source)
        if (before["words"] if before else None) == words:
            return
        told.pop(source, None)
        if words is not None:
            log.warning("%s: intake is hindered; see the pages", source)
            told[source] = {"words": words[:WORDS_MAX], "since": now().isoformat()}
        _write(folder, told)


def troubles(folder: Path) -> tuple[Trouble, ...]:
    """Give what hinders the intake of a data folder at present."""
    return tuple(Trouble(one["words"], datetime.fromisoformat(one["since"])) for one in _read(folder).values())


def _read(folder: Path) -> dict[str, dict[str, str]]:
    try:
        found: dict[str, dict[str, str]] = json.loads((folder / FILE_NAME).read_bytes())
    except (OSError, ValueError):
        return {}
    return found


def _write(folder: Path, told: dict[str, dict[str, str]]) -> None:
    content = json.dumps(told, ensure_ascii=False).encode()[:FILE_BYTES].ljust(FILE_BYTES)
    with suppress(OSError):  # then there is nowhere to say it; the log has it
        handle = os.open(folder / FILE_NAME, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.pwrite(handle, content, 0)
        finally:
            os.close(handle)


def words_of(error: Exception) -> str:
    """Say in words for an officer what an error is."""
    if isinstance(error, OSError):
        return FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else BROKEN.format(error.strerror)
    if isinstance(error, OperationalError):
        said = str(error.orig).lower()
        return FULL if "full" in said else BROKEN.format("in the database") if "i/o error" in said else AWAY
    if isinstance(error, (ServerError, FormsError)):
        return str(error)
    return INSIDE.format(type(error).__name__)


def about_file(name: str, error: OSError) -> str:
    """Say what is wrong with a file of the watched folder."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FULL
    return f"{name}: this file in the scans' folder cannot be taken ({error.strerror}). Check who may read and move it."
