"""Making the place: the system's user, the folders with whom they belong to, the settings file."""

import json
import os
import pwd
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from server.errors import RefusedError
from server.setup.places import Place, is_known

SETTINGS = """# Sayso's settings; every one of them is described in the administrator's guide under "Settings".
data = {data}
https = {https}
"""


def check(units: Path) -> None:
    """Refuse, before anything is made, a folder of units that this user may not write to."""
    nearest = next(place for place in (units.absolute(), *units.absolute().parents) if place.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        raise RefusedError(
            f"{units} cannot be written by you. Run as root: sudo sayso setup. Or name another folder, as in "
            f"--units units, and have the files in it copied to {units} by whoever may."
        )


def make(place: Place, *, https: bool) -> bool:
    """Make user, folders and settings where they are missing; tell whether the settings file is new."""
    try:
        _user(place)
        place.folder.mkdir(parents=True, exist_ok=True)
        for folder in (place.data, place.backups):
            folder.mkdir(exist_ok=True, mode=0o700)
            _give(folder, place.user)
        return _settings(place, https=https)
    except OSError as error:
        raise RefusedError(
            f"{error.filename or place.folder}: it cannot be made ({error.strerror}). Choose another with --folder, "
            "or run: sudo sayso setup"
        ) from error


def write(folder: Path, files: Mapping[str, str], *, mode: int = 0o644) -> None:
    """Write files into a folder, each whole or not at all; `RefusedError` where it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            half_done = folder / f".{name}.half-done"
            half_done.unlink(missing_ok=True)
            with os.fdopen(os.open(half_done, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
                file.write(text)
            half_done.chmod(mode)
            half_done.replace(folder / name)
    except OSError as error:
        raise RefusedError(f"{folder}: it cannot be written ({error.strerror}).") from error


def _user(place: Place) -> None:
    if is_known(place.user):
        return
    adding = ["useradd", "--system", "--user-group", "--home-dir", str(place.folder), "--shell", "/usr/sbin/nologin"]
    done = subprocess.run([*adding, place.user], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RefusedError(f"The user {place.user} could not be added ({done.stderr.strip()}). Add it, then try again.")


def _settings(place: Place, *, https: bool) -> bool:
    if place.settings.exists():
        return False
    text = SETTINGS.format(data=json.dumps(str(place.data)), https=json.dumps(https))
    # It may come to hold a database's password: root and the service read it, and only root changes it.
    write(place.folder, {place.settings.name: text}, mode=0o640)
    if os.geteuid() == 0:
        os.chown(place.settings, 0, pwd.getpwnam(place.user).pw_gid)
    return True


def _give(folder: Path, user: str) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)
