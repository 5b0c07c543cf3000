"""What goes wrong on a machine, in words for whoever runs it: a full disk, wrong permissions, no database."""

import errno
import getpass
from pathlib import Path
from typing import Final

FULL: Final = "the disk is full. Make room, then run this again; what was kept before is safe. Look at: sayso doctor"

DISK: Final = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: "this disk can only be read. Mount it so that it can be written, or choose another folder.",
    errno.EIO: "the disk cannot be read or written. Look after the disk first, then at the newest backup.",
    errno.EMFILE: "too many files are open. Raise the limit (ulimit -n), then run this again.",
}

NOWHERE: Final = (
    "you ({}) may not do this ({}). Run the command as the user whom the data folder belongs to. Look at: sayso doctor"
)

DATABASE: Final = {
    "is full": FULL,
    "no space left": FULL,
    "unable to open": "its file cannot be opened. It belongs to another user, or lies where you may not write: "
    "run this as the user whom the data folder belongs to. Look at: sayso doctor",
    "readonly": "its file may not be written by you. Run this as the user whom the data folder belongs to.",
    "is locked": "another program holds it for long. Wait until a backup or restore has ended, then run this again.",
    "i/o error": "the disk is full, or cannot be read or written. See how much room there is with: sayso doctor",
    "malformed": "its file is damaged. Keep a copy of it, then restore the newest backup with: sayso restore FILE",
    "not a database": "its file is damaged. Keep a copy of it, then restore the newest backup with: sayso restore FILE",
    "no such table": "it was never made ready. Run: sayso init",
    "does not exist": "it is not there, or was never made ready. Check the key 'database' in sayso.toml, then run: "
    "sayso init",
    "connection refused": "it does not answer. Start PostgreSQL, or check the key 'database' in sayso.toml.",
    "password authentication": "it does not let Sayso in. Check the user and password in the key 'database' of "
    "sayso.toml.",
    "permission denied": "it does not let Sayso do this. Give its user the rights to the whole database.",
}
"""What SQLite and PostgreSQL say, in part, and what that means."""


def sentence(error: Exception) -> str | None:
    """Say in a sentence what an error of the machine is and what to do; None for one that is Sayso's own fault."""
    if isinstance(error, OSError):
        return _of_the_system(error)
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 (only on the way out)

    return _of_the_database(error) if isinstance(error, DBAPIError) else None


def _of_the_system(error: OSError) -> str | None:
    place = f"{error.filename}: " if isinstance(error.filename, str) else ""
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"{place}{_refused(error.filename)}" if place else NOWHERE.format(_myself(), error.strerror)
    words = DISK.get(error.errno or 0)
    return f"{place}{words}" if words else None


def _refused(name: str) -> str:
    """Say who may do it instead; the owner is told where it can be seen."""
    path, me = Path(name), _myself()
    try:
        owner = next(place for place in (path, *path.absolute().parents) if place.exists()).owner()
    except (OSError, KeyError, StopIteration):
        return f"you ({me}) may not open this. Run the command as the user whom it belongs to."
    if owner == me:
        return f"it belongs to you ({me}) but may not be used. Change that with: chmod u+rwX"
    return f"you ({me}) may not use this; it belongs to {owner}. Run the command as that user: sudo -u {owner} sayso …"


def _myself() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "a user without a name"


def _of_the_database(error: Exception) -> str | None:
    said = str(getattr(error, "orig", error)).lower()
    return next((f"the database: {words}" for part, words in DATABASE.items() if part in said), None)
