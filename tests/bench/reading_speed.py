"""Print what reading a page costs, beside what may: `python -m tests.bench.reading_speed [--quick]`.

All of it on simulated scans of the dense form: A4, 300 dpi, grey JPEG, 50 boxes on a page. CPU time, not time by the
clock, except where workers are compared; measurements that are compared take turns, and the median counts. `--quick`
measures a little of each. The exit code is 1 when a figure is missed.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np

from scanning.pages import PageLimits
from scanning.readers import PageResult, Readers
from scanning.readers.reading import FileReader
from scanning.readers.results import NO_PICTURES
from scanning.readings import PageReading
from tests.bench import processes
from tests.bench.dense import dense_printing
from tests.bench.paper import Figures
from tests.paper import files
from tests.paper.hands import Family
from tests.paper.pens import Image
from tests.paper.returns import simulated_return
from tests.paper.wear import WEARS

ORDINARY = ("grey", "rotated-3", "turned-90", "noise-jpeg-60", "everyday")
HARD = ("rotated-10", "corner-torn", "folded", "feeder-stretch", "coffee-ring", "phone", "phone-curl")
TIMES_ORDINARY, TIMES_HARD = 1.5, 4.0
TWO_OVER_ONE = 1.85
SAFETY_SHARE = 0.10
WORKER_MB = 300

SEEDS, ROUNDS, FILES = 3, 15, 600
QUICK_SEEDS, QUICK_ROUNDS, QUICK_FILES = 1, 3, 60
BOXES_MIN = 50


def main(arguments: Sequence[str]) -> int:
    """Print all tables; give the exit code."""
    quick = "--quick" in arguments
    cv2.setNumThreads(1)
    return 1 if sum(table.show() for table in tables(quick=quick)) else 0


def tables(*, quick: bool) -> Iterator[Figures]:
    """Measure everything, or a little of each."""
    seeds, rounds, count = (QUICK_SEEDS, QUICK_ROUNDS, QUICK_FILES) if quick else (SEEDS, ROUNDS, FILES)
    reader = FileReader.of([dense_printing().pdf], PageLimits(), NO_PICTURES)
    yield page_costs(reader, seeds, rounds)
    yield workers(reader, count, rounds=1 if quick else 5)


def scans(wear: str, seeds: int) -> list[bytes]:
    """Give the grey JPEGs of all full pages of so many returns; a colour wear is made grey."""
    found = []
    for seed in range(seeds):
        for page in simulated_return(dense_printing(), seed, WEARS[wear], Family.JUDGING).pages:
            if len(page.truth.boxes) >= BOXES_MIN:
                found.append(page.encoded() if page.scan.image.ndim == 2 else _in_grey(page.scan.image))
    return found


def _in_grey(image: Image) -> bytes:
    return files.jpeg(np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), dtype=np.uint8))


def page_costs(reader: FileReader, seeds: int, rounds: int) -> Figures:
    """Measure whole reading of a page in this process, over a bare decode of the same file by OpenCV."""
    figures = Figures("a. CPU time of reading an A4 page over the bare decode of its file (in one process)")
    for name, wears, wanted in (("ordinary", ORDINARY, TIMES_ORDINARY), ("hard", HARD, TIMES_HARD)):
        times = []
        for wear in wears:
            decode_ms, read_ms = costs_ms(reader, scans(wear, seeds), rounds)
            times.append(read_ms / decode_ms)
            measured = f"{read_ms:.1f} ms over {decode_ms:.1f} ms: {times[-1]:.2f} ×"
            figures.add(f"{name}: {wear}", f"≤ {wanted} ×", measured, held=times[-1] <= wanted)
        figures.add(f"{name}: mean", f"≤ {wanted} ×", f"{np.mean(times):.2f} ×", held=float(np.mean(times)) <= wanted)
    return figures


def costs_ms(reader: FileReader, contents: Sequence[bytes], rounds: int) -> tuple[float, float]:
    """Give the CPU time of decoding and of reading, in ms a file: medians over rounds that take turns."""
    pairs = [[(_decoding_s(content), _reading_s(reader, content)) for content in contents] for _ in range(rounds + 1)]
    by_file = np.median(np.array(pairs[1:]), axis=0)  # the first round warms up
    decode_s, read_s = by_file.mean(axis=0)
    return 1000 * float(decode_s), 1000 * float(read_s)


def _decoding_s(content: bytes) -> float:
    buffer = np.frombuffer(content, dtype=np.uint8)
    return cpu_s(lambda: cv2.imdecode(buffer, cv2.IMREAD_GRAYSCALE))


def _reading_s(reader: FileReader, content: bytes) -> float:
    def read() -> None:
        file = BytesIO(content)
        reader.opened(file)
        list(reader.pages(file, 0, 1))

    return cpu_s(read)


def cpu_s(work: Callable[[], object]) -> float:
    """Give the CPU time that some work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


@dataclass(frozen=True, slots=True)
class Run:
    """What reading many files took."""

    clock_s: float
    cpu_s: float
    """Of this process and its children together."""
    first_page_s: float = 0.0
    """From nothing to the first page."""
    worker_mb: float = 0.0
    """The most memory that a child has had."""


def workers(reader: FileReader, count: int, rounds: int) -> Figures:
    """Measure children over many files: one against two, and against this process; what they need of memory."""
    figures = Figures(f"b. Reading {count} files, start-up left out; the best of {rounds} rounds")
    with folder_of(scans("grey", QUICK_SEEDS), count) as paths:
        runs = [(here(reader, paths), in_children(paths, 1), in_children(paths, 2)) for _ in range(rounds)]
    for name, at in (("in this process", 0), ("in one child", 1), ("in two children", 2)):
        best_s = min(run[at].clock_s for run in runs)
        figures.add(name, "", f"{count / best_s:.1f} pages a second", held=True)
    one_s, two_s = (min(run[at].clock_s for run in runs) for at in (1, 2))
    cpu_here_s, cpu_there_s = (min(run[at].cpu_s for run in runs) for at in (0, 1))
    share, peak_mb = cpu_there_s / cpu_here_s - 1, max(run[2].worker_mb for run in runs)
    times = one_s / two_s
    figures.add("cost of safety, CPU time", f"≤ {SAFETY_SHARE:.0%}", f"{share:+.1%}", held=share <= SAFETY_SHARE)
    figures.add("two over one", f"≥ {TWO_OVER_ONE} ×", f"{times:.2f} ×", held=times >= TWO_OVER_ONE)
    start_s = min(run[1].first_page_s for run in runs)
    figures.add("from nothing to the first page", "", f"{start_s:.2f} s", held=True)
    figures.add("peak memory of a worker", f"≤ {WORKER_MB} MB", f"{peak_mb:.0f} MB", held=peak_mb <= WORKER_MB)
    return figures


@contextmanager
def folder_of(contents: Sequence[bytes], count: int) -> Iterator[list[Path]]:
    """Give so many files of these contents in turn."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number:05}.jpg" for number in range(count)]
        for number, path in enumerate(paths):
            path.write_bytes(contents[number % len(contents)])
        yield paths


def here(reader: FileReader, paths: Sequence[Path]) -> Run:
    """Read files in this process, without any protection."""
    start, cpu = time.monotonic(), time.process_time()
    for path in paths:
        with path.open("rb") as file:
            reader.opened(file)
            list(reader.pages(file, 0, 1))
    return Run(time.monotonic() - start, time.process_time() - cpu)


def in_children(paths: Sequence[Path], jobs: int) -> Run:
    """Read files in children, once these have started and are warm."""
    start = time.monotonic()
    with Readers([dense_printing().pdf], jobs=jobs, limits=PageLimits()) as readers:
        warm = readers.read(paths[: 16 * jobs])
        next(warm)
        first_page_s = time.monotonic() - start
        list(warm)
        start, cpu, family = time.monotonic(), time.process_time(), processes.descendants()
        cpu += sum(map(processes.cpu_s, family))
        read = sum(isinstance(one, PageResult) and isinstance(one.outcome, PageReading) for one in readers.read(paths))
        clock_s = time.monotonic() - start
        used_s = time.process_time() + sum(map(processes.cpu_s, family)) - cpu
        peak_mb = max(map(processes.peak_mb, family))
    if read != len(paths) or len(family) < jobs:
        raise RuntimeError(f"{len(paths) - read} of {len(paths)} pages were not read")
    return Run(clock_s, used_s, first_page_s, peak_mb)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
