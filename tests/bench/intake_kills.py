"""Kill whoever takes post in, and look for what came: `python -m tests.bench.intake_kills [--quick]`.

A process is the site and its worker: it takes uploads in and tells of each over a pipe, looks into the watched folder,
reads what waits and moves it. It is killed (SIGKILL) at random moments and at each named point before and after its
writes in turn, and another goes on; new post comes between. In the end all of it must be there once, the janitor must
leave no litter, and the audit log must be whole. Every third process is let live, so that no page is met by three
deaths in a row, for which it would rightly be set aside. Readers play here; twenty kills are of the real ones, with
`sayso serve` and its worker. The exit code is 1 when anything is lost, double or left.
"""

import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from server.config import Settings
from server.store import Store
from tests.bench.intake_points import watch
from tests.bench.intake_world import Found, Post, live, look, played, post_of, put_into_folder
from tests.bench.paper import Figures
from tests.bench.stores import load, store_on
from tests.server.returns_made import Town, a_town

KILLS: dict[str, tuple[int, int]] = {"SQLite": (200, 1800), "PostgreSQL": (20, 180)}
"""At random times, and at named points."""

QUICK_KILLS = (4, 8)
AFTER_S = (0.0, 0.35)
SEED = 6
PATIENCE_S = 60
LET_LIVE = 3


@dataclass(slots=True)
class Course:
    """How it went."""

    acknowledged: set[str] = field(default_factory=set)
    posts: list[Post] = field(default_factory=list)
    points: Counter[str] = field(default_factory=Counter)
    """Where it was killed."""
    kills: int = 0
    lives: int = 0


class Killing:
    """Kills this process at the n-th point, having told its name."""

    def __init__(self, number: int, told: Callable[[str], None]) -> None:
        self._left, self._told = number, told

    def __call__(self, name: str) -> None:
        """Be at a point."""
        self._left -= 1
        if self._left == 0:
            self._told(f"died {name}")
            os.kill(os.getpid(), signal.SIGKILL)


def life(settings: Settings, posts: Sequence[Post], point: int, after_s: float | None) -> Iterator[str]:
    """Have a process live on this post, to be killed at the n-th point, or after a time; give what it told."""
    reader, writer = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reader)
        _be(settings, posts, point, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        if after_s is not None:
            time.sleep(after_s)
            os.kill(process, signal.SIGKILL)
        yield from (line.decode().rstrip("\n") for line in told if line.endswith(b"\n"))
    _, status = os.waitpid(process, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("a process failed by itself")


def _be(settings: Settings, posts: Sequence[Post], point: int, writer: int) -> None:
    signal.alarm(PATIENCE_S)
    code = 1
    try:
        store = Store(settings)

        def told(words: str) -> None:
            os.write(writer, f"{words}\n".encode())

        watch(store, Killing(point, told))
        live(store, posts, told)
        told("lived")
        code = 0
    finally:
        os._exit(code)


def course_of(store: Store, town: Town, at_random: int, at_points: int) -> Course:
    """Kill so often; tell how it went."""
    course, chance = Course(), random.Random(SEED)
    store.close()  # a forked process must not share its connections
    point, turn = 0, 0
    while course.kills < at_random + at_points:
        for post in post_of(turn, town):
            course.posts.append(post)
            if post.by_folder:
                put_into_folder(store, post)
        turn += 1
        is_free = course.lives % LET_LIVE == LET_LIVE - 1
        is_random = course.kills >= at_points
        point += 1
        _live(store, course, 0 if is_free or is_random else point, _time(chance, is_random and not is_free))
        if course.points["lived"] and not is_free and not is_random:
            point = 0  # it went beyond the last point: begin again with the first
        del course.points["lived"]
    _live(store, course, 0, None)
    _live(store, course, 0, None)
    del course.points["lived"]
    return course


def _time(chance: random.Random, is_random: bool) -> float | None:
    return chance.uniform(*AFTER_S) if is_random else None


def _live(store: Store, course: Course, point: int, after_s: float | None) -> None:
    course.lives += 1
    uploads = [post for post in course.posts if not post.by_folder and post.name not in course.acknowledged]
    lived = False
    for line in life(store.settings, uploads, point, after_s):
        if line.startswith("died "):
            course.points[line.removeprefix("died ")] += 1
        elif line == "lived":
            course.points[line] += 1
            lived = True
        else:
            course.acknowledged.add(line)
    course.kills += not lived


def figures(database: str, *, quick: bool) -> Figures:
    """Kill on one database."""
    at_random, at_points = QUICK_KILLS if quick else KILLS[database]
    with store_on(database) as store, played():
        town = a_town(store, copies=4 * (at_random + at_points) + 100)
        start = time.monotonic()
        course = course_of(store, town, at_random, at_points)
        found = look(store, course.posts, course.acknowledged)
        took_s = time.monotonic() - start
    return table(database, course, found, took_s)


def table(database: str, course: Course, found: Found, took_s: float) -> Figures:
    """Give what came of it as a table."""
    made = Figures(
        f"{database}: {course.kills:,} kills of site and worker, of them at {len(course.points)} named points "
        f"{course.points.total():,}; {found.files:,} files, {found.pages:,} pages, {found.events:,} audit events "
        f"({took_s:.0f} s, {load()})"
    )
    acknowledged = len(course.acknowledged)
    made.add("comings acknowledged", "≥ 1", f"{acknowledged:,}", held=acknowledged > 0)
    made.add("responses saved", "≥ 1", f"{found.responses:,}", held=found.responses > 0)
    for what, count in sorted(found.wrong.items()):
        made.add(what, "0 wrong", f"{count:,}", held=count == 0)
    return made


def main(arguments: Sequence[str]) -> int:
    """Print the tables; give the exit code."""
    quick = "--quick" in arguments
    missed = sum(figures(database, quick=quick).show() for database in KILLS)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
