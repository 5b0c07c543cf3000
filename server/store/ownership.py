"""Whom the data folder belongs to: root must not leave files of its own among those of the site's user."""

import os
import pwd
from pathlib import Path

from server.errors import StoreError


def refuse_root(folder: Path) -> None:
    """Refuse root, with a `StoreError`, where the folder is another user's: the site could not open what root makes."""
    owner = folder.stat().st_uid
    if os.geteuid() == 0 and owner != 0:
        name = _name(owner)
        raise StoreError(f"{folder} belongs to {name}, so root leaves it alone. Run instead: sudo -u {name} sayso …")


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"#{uid}"
