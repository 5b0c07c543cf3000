"""Backups by date in a folder of their own, of which the oldest go once there are enough."""

from pathlib import Path
from typing import Final

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
    """Remove all backups of a folder but the newest, as many as are kept; give how many went."""
    old = sorted(folder.glob(PATTERN))[:-keep]
    for path in old:
        path.unlink()
    return len(old)
