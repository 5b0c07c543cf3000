"""The services of a machine: what is written for systemd and nginx, and how it is taken away again."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sqlalchemy import make_url

from server.config import Settings
from server.errors import RefusedError
from server.setup.filling import filled
from server.setup.places import UNITS, Place, program

NAMES: Final = ("sayso.service", "sayso-backup.service", "sayso-backup.timer")
STARTED: Final = ("sayso.service", "sayso-backup.timer")
"""What is enabled; the timer starts the third."""

BACKUPS_KEPT: Final = 7
"""One for each day of a week: each is as large as the data folder, and on the same disk."""

HERE: Final = ("", "localhost", "127.0.0.1", "::1")
"""Hosts of a database on this machine; the first is a socket."""


def units(place: Place, settings: Settings, port: int) -> Mapping[str, str]:
    """Give the units by their names."""
    called = program()
    data, inbox = place.folder / settings.data, place.folder / settings.inbox()  # the services run in this folder
    written = [data, place.backups]
    if not inbox.is_relative_to(data):
        written.append(inbox)
    values = {
        "folder": place.folder,
        "settings": place.settings,
        "backups": place.backups,
        "kept": BACKUPS_KEPT,
        "user": place.user,
        "program": called,
        "port": port,
        "written": written,
        "home": "read-only" if any(map(_is_home, (called, Path(sys.base_prefix), *written))) else "yes",
        "database_is_here": _is_here(settings),
    }
    return {name: filled(name, **values) for name in NAMES}


def nginx(host: str, port: int) -> str:
    """Give nginx's settings for the site under a name."""
    return filled("nginx.conf", host=host, port=port)


def remove(folder: Path) -> list[Path]:
    """Stop the services and remove their units; give what was removed. What Sayso keeps is not touched."""
    there = [folder / name for name in NAMES if (folder / name).exists()]
    try:
        if there and folder == UNITS:
            _systemctl("disable", "--now", *STARTED)
        for unit in there:
            unit.unlink()
        if there and folder == UNITS:
            _systemctl("daemon-reload")
    except OSError as error:
        raise RefusedError(
            f"{folder}: units cannot be removed ({error.strerror}). Run: sudo sayso setup remove"
        ) from error
    return there


def _systemctl(*words: str) -> None:
    if shutil.which("systemctl") is None:
        return
    done = subprocess.run(["systemctl", *words], capture_output=True, text=True, check=False)  # nosec B607
    if done.returncode != 0 and "not been booted" not in done.stderr:
        raise RefusedError(f"systemctl {' '.join(words)} failed: {done.stderr.strip()}")


def _is_home(path: Path) -> bool:
    return path.is_relative_to("/home") or path.is_relative_to("/root")


def _is_here(settings: Settings) -> bool:
    url = make_url(settings.database_url())
    host = str(url.query.get("host", url.host or ""))
    return url.get_backend_name() == "sqlite" or host in HERE or host.startswith("/")
