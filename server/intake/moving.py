"""Moving a file from one folder into another so that nothing is ever overwritten, whoever else writes there."""

import errno
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

NO_LINKS: Final = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES})
"""What file systems say that cannot give a file a second name."""


def moved(path: Path, folder: Path) -> Path:
    """Move a file into a folder of the same disk, under a number where its name is taken; give where it is now."""
    folder.mkdir(parents=True, exist_ok=True)
    for place in _places(folder, path.name):
        if _took(path, place):
            return place
    raise AssertionError


def _took(path: Path, place: Path) -> bool:
    """Give the file its new name and take the old one away; tell whether the new one was free."""
    try:
        os.link(path, place, follow_symlinks=False)
    except FileExistsError:
        if not os.path.samestat(path.lstat(), place.lstat()):
            return False
        # it was moved before, and somebody was stopped before its old name was taken away
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        if place.exists():
            return False
        path.rename(place)
        return True
    path.unlink()
    return True


def _places(folder: Path, name: str) -> Iterator[Path]:
    yield folder / name
    stem, end = os.path.splitext(name)  # noqa: PTH122 (a name, not a path)
    yield from (folder / f"{stem} ({number}){end}" for number in count(2))
