"""The kiosk in a browser of this machine: nothing around it, nothing kept when it is closed."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from server.errors import RefusedError

CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome")
FIREFOX: Final = "firefox"

CHROMIUM_OPTIONS: Final = (
    "--kiosk",
    "--incognito",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-pinch",
    "--overscroll-history-navigation=0",
    "--disable-session-crashed-bubble",
    "--disable-features=Translate",
    "--password-store=basic",
    "--autoplay-policy=no-user-gesture-required",
)
"""Two fingers and a wipe to the side do nothing; reading aloud may begin by itself."""

FIREFOX_OPTIONS: Final = ("--kiosk", "--no-remote")

START_SECONDS: Final = 60.0
"""How long the site may take to answer after its start, on a slow machine."""

END_SECONDS: Final = 15.0
HERE: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that can fill the screen."""

    name: str
    path: str

    def command(self, profile: Path, page: Path) -> list[str]:
        """Give how it is started on a page, with a folder of its own for all that it keeps."""
        if self.name == FIREFOX:
            return [self.path, *FIREFOX_OPTIONS, "--profile", str(profile), "--private-window", page.as_uri()]
        return [self.path, *CHROMIUM_OPTIONS, f"--user-data-dir={profile}", page.as_uri()]


def browser() -> Browser:
    """Give a browser of this machine; `RefusedError` where there is none."""
    for name in (*CHROMIUM, FIREFOX):
        path = shutil.which(name)
        if path is not None:
            return Browser(name, path)
    known = ", ".join((*CHROMIUM, FIREFOX))
    raise RefusedError(f"There is no browser here that can fill the screen. Install one of: {known}.")


def address(port: int, key: str) -> str:
    """Give the address that sets a browser up: what stands behind the # is never sent, and so never logged."""
    return f"http://{HERE}:{port}/kiosk/set-up#{''.join(key.split())}"


def show(chosen: Browser, set_up_address: str) -> None:
    """Fill the screen until the browser is closed; nothing that it kept is left.

    The key comes to it in a file that only its owner can read: everybody on a machine sees how programs are started.
    """
    with TemporaryDirectory(prefix="sayso-kiosk-", ignore_cleanup_errors=True) as folder:
        page = Path(folder) / "start.html"
        page.write_text(f'<meta http-equiv="refresh" content="0;url={set_up_address}">', encoding="utf-8")
        profile = Path(folder) / "profile"
        profile.mkdir()
        subprocess.run(chosen.command(profile, page), check=False)


@contextmanager
def served(port: int) -> Iterator[None]:
    """Have the site at a port of this machine until the block ends: the one that is there, or one started for it."""
    if is_answered(port):
        yield
        return
    command = [sys.executable, "-P", "-m", "server.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command) as process:
        try:
            _wait_for(port, process)
            yield
        finally:
            _end(process)


def is_answered(port: int) -> bool:
    """Tell whether something answers at a port of this machine."""
    with socket.socket() as tried:
        tried.settimeout(1)
        return tried.connect_ex((HERE, port)) == 0


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_SECONDS
    while not is_answered(port):
        if process.poll() is not None or time.monotonic() > until:
            raise RefusedError('The site could not be started. Try "sayso serve" to see why.')
        time.sleep(0.1)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
