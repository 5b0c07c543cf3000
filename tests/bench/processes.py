"""The processes that a bench has started, and what they have needed of memory, as Linux tells it."""

import os
import re
from pathlib import Path
from threading import Event, Thread
from typing import Self

PROCESSES = Path("/proc")
LOOK_EVERY_S = 0.1


def descendants() -> list[int]:
    """Give the process ids of all that this process has started, and they in turn."""
    parents = {int(entry.name): parent for entry in PROCESSES.iterdir() if (parent := _parent(entry)) is not None}
    found, new = set[int](), {os.getpid()}
    while new:
        new = {child for child, parent in parents.items() if parent in new} - found
        found |= new
    return sorted(found)


def peak_mb(process: int) -> float:
    """Give the most memory that a process has had so far (VmHWM), 0 when it has ended."""
    try:
        status = (PROCESSES / str(process) / "status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def cpu_s(process: int) -> float:
    """Give the CPU time that a process has used so far, 0 when it has ended."""
    try:
        fields = (PROCESSES / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _parent(entry: Path) -> int | None:
    """Give the parent of a process by its folder; None for anything else, and for one that has just ended."""
    if not entry.name.isdigit():
        return None
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


class Watch:
    """Looks, again and again while its block lasts, at what this process and all that it started need of memory."""

    def __init__(self) -> None:
        self.child_mb = 0.0
        self._over = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    @property
    def parent_mb(self) -> float:
        """Give the most memory that this process has had so far."""
        return peak_mb(os.getpid())

    def _look(self) -> None:
        while not self._over.wait(LOOK_EVERY_S):
            self.child_mb = max(self.child_mb, *map(peak_mb, descendants()), 0.0)


class Working(Watch):
    """Looks in the same way at what all that this process started have worked.

    Of sandboxes that were killed nothing else tells: nobody waits for what ran inside them.
    """

    def __init__(self) -> None:
        super().__init__()
        self._before_s = {process: cpu_s(process) for process in descendants()}
        self._after_s = dict(self._before_s)

    @property
    def worked_s(self) -> float:
        """Give the CPU time, in seconds, of the block that has ended; of what died in it, up to the last look at it."""
        return sum(self._after_s.values()) - sum(self._before_s.values())

    def _look(self) -> None:
        while not self._over.wait(LOOK_EVERY_S):
            for process in descendants():
                self._after_s[process] = max(cpu_s(process), self._after_s.get(process, 0.0))
