"""Where an installation lives on a machine, and as which user it runs."""

import getpass
import os
import pwd
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.errors import RefusedError

UNITS: Final = Path("/etc/systemd/system")
USER: Final = "sayso"
LINK: Final = Path("/usr/local/bin/sayso")

SETTLED: Final = re.compile(r"[\w./+@-]+")
"""What a path may hold, for units and nginx read spaces, quotes, $ and % in their own ways."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of an installation, and the user whom its data belongs to."""

    folder: Path
    user: str

    @property
    def settings(self) -> Path:
        """Give the settings file; it is root's, so that the service cannot change what it may do."""
        return self.folder / "sayso.toml"

    @property
    def data(self) -> Path:
        """Give the data folder."""
        return self.folder / "data"

    @property
    def backups(self) -> Path:
        """Give the folder of nightly backups."""
        return self.folder / "backups"


def place(folder: Path, user: str | None) -> Place:
    """Give the place asked for; `RefusedError` where this user cannot make it."""
    folder = folder.absolute()
    if not SETTLED.fullmatch(str(folder)):
        raise RefusedError(f"{folder}: choose a folder without spaces or special characters in its path.")
    if os.geteuid() == 0:
        return Place(folder, user or USER)
    me = getpass.getuser()
    if user not in (None, me):
        raise RefusedError(f"Only root can set Sayso up for {user}. Run: sudo sayso setup")
    return Place(folder, me)


def program() -> Path:
    """Give the command `sayso` as services call it: the link that outlives an upgrade, where it leads here."""
    here = Path(sys.executable).parent / "sayso"
    if LINK.exists() and here.exists() and LINK.samefile(here):
        return LINK
    found = here if here.exists() else Path(shutil.which("sayso") or here)
    return found.absolute()


def is_known(user: str) -> bool:
    """Tell whether this machine has a user of that name."""
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


@contextmanager
def acting_as(user: str) -> Iterator[None]:
    """Do the block's work as a user, so that what it makes belongs to them; nothing changes for who is no root."""
    if os.geteuid() != 0:
        yield
        return
    entry, groups, umask = pwd.getpwnam(user), os.getgroups(), os.umask(0o077)
    os.setgroups([entry.pw_gid])
    os.setegid(entry.pw_gid)
    os.seteuid(entry.pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(groups)
        os.umask(umask)
