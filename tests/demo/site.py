"""`sayso` as a command in the demo's folder, and `sayso serve` as a process that ends with the demo."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.cli.serving import DEFAULT_PORT
from tests.demo.browser import DemoError

COMMAND: Final = (sys.executable, "-P", "-m", "server.cli")
SILENT: Final = (sys.executable, "-P", "-m", "tests.demo.silent")
ROOT: Final = Path(__file__).resolve().parents[2]
"""Where `tests` lies, which is not installed."""

LOG: Final = "sayso.log"
START_SECONDS: Final = 90.0
END_SECONDS: Final = 12.0
PORTS_TRIED: Final = 20
HERE: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Site:
    """A site that answers, and its process."""

    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def address(self) -> str:
        """Give where it is."""
        return f"http://{HERE}:{self.port}"


def sayso(folder: Path, *arguments: str) -> str:
    """Run a command of the product in a folder; give what it printed, or `DemoError` with it where it failed."""
    command = [*COMMAND, *arguments]
    done = subprocess.run(command, cwd=folder, env=_surroundings(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise DemoError(f"sayso {arguments[0]} failed: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def free_port(wanted: int = DEFAULT_PORT) -> int:
    """Give that port, or the next one that nothing holds."""
    for port in range(wanted, wanted + PORTS_TRIED):
        with socket.socket() as tried, suppress(OSError):
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((HERE, port))
            return port
    raise DemoError(f"All ports from {wanted} to {wanted + PORTS_TRIED - 1} are taken. End what holds one of them.")


@contextmanager
def held(folder: Path, port: int, *, silent: bool = False) -> Iterator[Site]:
    """Hold the site of a folder until the block ends, `silent` without voices; what it logs goes to a file there."""
    with (folder / LOG).open("ab") as log:
        command = [*(SILENT if silent else COMMAND), "serve", "--port", str(port)]
        # A group of its own: Ctrl-C reaches this process alone, which then ends the site in order.
        process = subprocess.Popen(
            command, cwd=folder, env=_surroundings(silent), stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait_for(port, process, folder)
        yield Site(port, process)
    finally:
        _end(process)


def _surroundings(with_tests: bool = False) -> dict[str, str]:
    path = {"PYTHONPATH": str(ROOT)} if with_tests else {}
    return {name: value for name, value in os.environ.items() if name != "SAYSO_SETTINGS"} | path


def _wait_for(port: int, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        with socket.socket() as tried:
            tried.settimeout(1)
            if tried.connect_ex((HERE, port)) == 0:
                return
        time.sleep(0.1)
    raise DemoError(f"The site did not start. {folder / LOG} says why.")


def _end(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)  # not Ctrl-C's: who was started in the background does not hear that one
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
