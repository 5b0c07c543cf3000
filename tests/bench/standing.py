"""`python -m tests.bench.standing [--quick]`: how soon the site answers after its start, and the memory it then holds.

Nothing else may run meanwhile: CPU time is printed beside, which tells a slow start from a busy machine.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL
from urllib.request import urlopen

from rich.console import Console
from rich.table import Table

START_MAX_S = 3.0
MEMORY_MAX_MB = 250.0

STARTS = 5
IDLE_S = 20.0
"""By then the worker beside the site has loaded all that it loads before the first scan."""

GIVEN_UP_S = 120.0
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Standing:
    """One start: seconds to the first page, CPU seconds until then, MB once idle: of the site, and with its worker."""

    start_s: float
    cpu_s: float
    site_mb: float
    together_mb: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 when the memory is missed, or the start on a machine that does nothing else."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.standing", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="one start, a second of idling")
    quick = parser.parse_args(arguments).quick
    measured = starts(quick=quick)
    start, cpu = min(one.start_s for one in measured), min(one.cpu_s for one in measured)
    site, together = (max(values) for values in zip(*((one.site_mb, one.together_mb) for one in measured), strict=True))
    table = Table("Figure", "Wanted", "Measured", title="The site stands idle (python -m tests.bench.standing)")
    table.add_row("from start to the first page, the best of all starts", f"≤ {START_MAX_S:g} s", f"{start:.1f} s")
    table.add_row("CPU time of that", "", f"{cpu:.1f} s")
    table.add_row("memory when idle, the site", "", f"{site:.0f} MB")
    table.add_row("memory when idle, with its worker", f"≤ {MEMORY_MAX_MB:g} MB", f"{together:.0f} MB")
    Console(width=140).print(table)
    return 0 if together <= MEMORY_MAX_MB and (quick or start <= START_MAX_S or cpu <= START_MAX_S) else 1


def starts(*, quick: bool) -> list[Standing]:
    """Start an empty site in a folder of its own, once or several times."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SAYSO_SETTINGS": f"{folder}/sayso.toml"}
        Path(folder, "sayso.toml").write_text(f'data = "{folder}/data"\n')
        subprocess.run(_sayso("init"), env=environment, check=True, capture_output=True)
        return [started(environment, 1.0 if quick else IDLE_S) for _ in range(1 if quick else STARTS)]


def started(environment: dict[str, str], idle_s: float) -> Standing:
    """Start the site, ask for its page as soon as it answers, let it idle, and stop it."""
    port = _free_port()
    began = time.monotonic()
    with subprocess.Popen(
        _sayso("serve", "--port", str(port)), env=environment, stdout=DEVNULL, stderr=DEVNULL
    ) as process:
        try:
            _first_page(port, process)
            start_s, cpu_s = time.monotonic() - began, _cpu_s(process.pid)
            time.sleep(idle_s)
            site = _held_mb(process.pid)
            return Standing(start_s, cpu_s, site, site + sum(map(_held_mb, _children(process.pid))))
        finally:
            process.terminate()


def _sayso(*words: str) -> list[str]:
    return [sys.executable, "-P", "-m", "server.cli", *words]


def _first_page(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + GIVEN_UP_S
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=GIVEN_UP_S) as page:
                page.read()
                return
        except OSError:
            time.sleep(0.02)
    raise TimeoutError("the site did not answer")


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _held_mb(pid: int) -> float:
    """Give what a process holds: pages shared with others count by their share, so that a sum is true."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000


def _children(pid: int) -> list[int]:
    """Give the children of all threads: the worker is not the main one's."""
    listed = (task / "children" for task in Path(f"/proc/{pid}/task").iterdir())
    return [int(child) for children in listed for child in children.read_text().split()]


def _free_port() -> int:
    with closing(socket.socket()) as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
