"""Which of the files in a folder rest: nobody has written to them for a while. It takes what was seen, and no disk."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

REST_SECONDS: Final = 5.0
"""A scanner that sends 1 kB a second changes its file each second; between the pages of a stack it takes 1 to 3."""

EMPTY_REST_SECONDS: Final = 60.0
"""An empty file is one whose writer has only begun, for much longer."""

PARTIAL: Final = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart", ".swp", "~")
"""How names of files end that are still being written, whoever writes them."""

HIDDEN: Final = (".", "~$")
"""How names begin that are not meant for people."""

SYSTEM: Final = frozenset({"thumbs.db", "desktop.ini"})
"""What Windows puts into folders."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells that a file is the same and was not written to."""

    device: int
    inode: int
    size: int
    written_ns: int

    @property
    def mark(self) -> str:
        """Give it as one word: a file that is only renamed keeps it."""
        return f"{self.device}:{self.inode}:{self.written_ns}"


class Resting:
    """Remembers since when each file has been as it is."""

    def __init__(self) -> None:
        self._since: dict[str, tuple[Stamp, float]] = {}

    def look(self, seen: Mapping[str, Stamp], at_s: float) -> list[str]:
        """Give the names of those that rest, by a clock in seconds; forget those that are gone."""
        before = self._since
        self._since = {
            name: before[name] if name in before and before[name][0] == stamp else (stamp, at_s)
            for name, stamp in seen.items()
        }
        return [
            name
            for name, (stamp, since_s) in self._since.items()
            if at_s - since_s >= (REST_SECONDS if stamp.size else EMPTY_REST_SECONDS)
        ]

    def disturb(self, name: str) -> None:
        """Take down that somebody is still at a file: it must rest anew."""
        self._since.pop(name, None)


def is_for_us(name: str) -> bool:
    """Tell whether a name is one that a scanner or a person gives a finished file."""
    low = name.lower()
    return not (low.startswith(HIDDEN) or low.endswith(PARTIAL) or low in SYSTEM)
