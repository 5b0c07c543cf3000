"""Let each write of intake fail, and look for what came: `python -m tests.bench.intake_faults [--quick]`.

Once with a full disk and once with an error of the disk, at each named write in turn: files, names, rows, commits. The
same worker then goes on without anybody's help. Nothing that was acknowledged may be lost, an officer must be told
of whatever held the worker up, and no longer than it does. The exit code is 1 when one of these is missed.
"""

import errno
import io
import os
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy.exc import OperationalError

from server.intake import trouble
from server.intake.batches import NewBatch, named
from server.intake.folder import SOURCE as FOLDER
from server.intake.folder import Inbox
from server.intake.reading import Reading
from server.intake.receiving import Coming, receive
from server.intake.resting import REST_SECONDS
from server.intake.working import READING, tried
from server.models.intake import CameBy
from server.store import Store
from tests.bench.intake_points import restored, watch
from tests.bench.intake_world import Found, Post, look, played, post_of, put_into_folder
from tests.bench.paper import Figures
from tests.bench.stores import load, store_on
from tests.server.returns_made import RECEIVED, Town, a_town

FAULTS = (errno.ENOSPC, errno.EIO)
POINTS_MAX, QUICK_POINTS = 400, 12
QUICK_STEP = 9
GOES_ON_PASSES = 2


@dataclass(slots=True)
class Failing:
    """Lets the n-th write fail."""

    number: int = 0
    fault: int = errno.ENOSPC
    seen: int = 0
    failed_at: str = ""

    def __call__(self, name: str) -> None:
        """Be at a point."""
        if not name.startswith("before "):
            return
        self.seen += 1
        if self.seen != self.number:
            return
        self.failed_at = name.removeprefix("before ")
        if "." in name:
            raise OSError(self.fault, os.strerror(self.fault))
        words = "database or disk is full" if self.fault == errno.ENOSPC else "disk I/O error"
        raise OperationalError(name, {}, sqlite3.OperationalError(words))


@dataclass(slots=True)
class Course:
    """How it went."""

    posts: list[Post] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    failed: Counter[str] = field(default_factory=Counter)
    untold: list[str] = field(default_factory=list)
    """Writes of the worker whose failing held it up, and nobody was told."""
    told_after: list[str] = field(default_factory=list)
    """Writes of which officers were still told when all went well again."""


class Place:
    """A site and a worker that live through all faults."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._seconds = 0.0
        self._inbox = Inbox(store, self._clock)
        self._reading = Reading(store, 1, lambda: False)

    def _clock(self) -> float:
        self._seconds += REST_SECONDS
        return self._seconds

    def send(self, posts: Sequence[Post], course: Course) -> None:
        """Send what was not acknowledged; who sends is told of an error and tries again later."""
        for post in posts:
            if not post.by_folder and post.name not in course.acknowledged:
                with suppress(OSError, OperationalError):
                    batch = named(self.store, NewBatch("Uploads", CameBy.UPLOAD, RECEIVED))
                    content = post.content
                    coming = Coming(post.name, CameBy.UPLOAD, post.name, lambda content=content: io.BytesIO(content))  # type: ignore[misc]
                    receive(self.store, lambda _, batch=batch: batch, coming)  # type: ignore[misc]
                    course.acknowledged.add(post.name)

    def work(self) -> bool:
        """Look into the folder, read, and look again; tell whether officers were told of anything."""
        look = (FOLDER, self._inbox.look)
        told = False
        for source, do in (look, look, (READING, self._reading.read_waiting), look):
            tried(self.store, source, do)
            told = told or bool(trouble.troubles(self.store.folder))
        return told


def course_of(store: Store, town: Town, *, quick: bool) -> Course:
    """Let one write after another fail."""
    course, place, failing = Course(), Place(store), Failing()
    trouble.prepare(store.folder)
    watch(store, failing)
    try:
        for turn, (number, fault) in enumerate(_faults(quick=quick)):
            new = list(post_of(turn, town))
            failing.number = 0
            for post in new:
                if post.by_folder:
                    put_into_folder(store, post)
            course.posts += new
            failing.number, failing.fault, failing.seen, failing.failed_at = number, fault, 0, ""
            if not _met(place, failing, course) and fault == FAULTS[-1]:
                break
    finally:
        restored()
    return course


def _faults(*, quick: bool) -> Iterator[tuple[int, int]]:
    numbers = range(1, QUICK_POINTS * QUICK_STEP, QUICK_STEP) if quick else range(1, POINTS_MAX)
    return ((number, fault) for number in numbers for fault in FAULTS)


def _met(place: Place, failing: Failing, course: Course) -> bool:
    """Send and work while one write fails, then without; tell whether there was such a write."""
    place.send(course.posts, course)
    while_sent = failing.failed_at
    told = place.work()
    failed_at, failing.number = failing.failed_at, 0
    for _ in range(GOES_ON_PASSES):
        place.send(course.posts, course)
        place.work()
    if failed_at:
        course.failed[failed_at] += 1
    if failed_at and not while_sent and not told:
        course.untold.append(failed_at)
    if trouble.troubles(place.store.folder):
        course.told_after.append(failed_at)
    return bool(failed_at)


def figures(*, quick: bool) -> Figures:
    """Let all writes fail, or some."""
    with store_on("SQLite") as store, played():
        town = a_town(store, copies=4 * POINTS_MAX + 100)
        start = time.monotonic()
        course = course_of(store, town, quick=quick)
        found = look(store, course.posts, course.acknowledged)
        return table(course, found, time.monotonic() - start)


def table(course: Course, found: Found, took_s: float) -> Figures:
    """Give what came of it as a table."""
    made = Figures(
        f"{course.failed.total():,} writes that failed, of {len(course.failed)} kinds, full disk and disk errors; "
        f"{found.files:,} files, {found.pages:,} pages ({took_s:.0f} s, {load()})"
    )
    made.add("writes that failed", "≥ 1", f"{course.failed.total():,}", held=course.failed.total() > 0)
    made.add(
        "told to nobody", "0", f"{len(course.untold)} {', '.join(sorted(set(course.untold)))}", held=not course.untold
    )
    made.add("told of for too long", "0", f"{len(course.told_after)}", held=not course.told_after)
    for what, count in sorted(found.wrong.items()):
        made.add(what, "0 wrong", f"{count:,}", held=count == 0)
    return made


def main(arguments: Sequence[str]) -> int:
    """Print the table; give the exit code."""
    return 1 if figures(quick="--quick" in arguments).show() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
