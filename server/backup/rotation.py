"""Backups by date in a folder of their own, of which the oldest go once there are enough."""

import fcntl
from contextlib import suppress
from pathlib import Path
from typing import Final

from server.backup.archives import opened
from server.errors import BackupError
from server.models.base import now

PATTERN: Final = "sayso-????-??-??T??-??-??.zip"
"""Only what is named so is ever removed."""


def next_path(folder: Path) -> Path:
    """Give the path of a backup made now; `BackupError` where there is no such folder."""
    if not folder.is_dir():
        raise BackupError(f"{folder}: there is no such folder. With --keep, name the folder that backups go into.")
    return folder / f"sayso-{now():%Y-%m-%dT%H-%M-%S}.zip"


def let_go(folder: Path, keep: int) -> int:
    """Remove all backups of a folder but the newest, as many as are kept; give how many went.

    The newest that lacks nothing stays, however old: after a week of damage it is the only one to restore from.
    """
    _sweep(folder)
    every = sorted(folder.glob(PATTERN))
    whole = next(filter(_is_whole, reversed(every)), None)
    old = [path for path in every[:-keep] if path != whole]
    for path in old:
        path.unlink()
    return len(old)


def _sweep(folder: Path) -> None:
    """Remove what was left half-done by a backup that was killed; nobody else would, and it holds personal data."""
    for path in folder.glob(f"{PATTERN}.half-done"):
        with suppress(OSError), path.open("rb") as file:  # refused while another backup writes it
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()


def _is_whole(path: Path) -> bool:
    """Tell whether a backup says of itself that no file was missing when it was made."""
    try:
        with opened(path) as archive:
            return not archive.manifest.missing
    except BackupError:
        return False
