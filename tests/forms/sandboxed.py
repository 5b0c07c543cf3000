"""Work for the sandbox tests, imported by the child: each is a thing that a stranger's file might make a reader do."""

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import BinaryIO


class UnfitError(Exception):
    """The refusal that the tests ask to be carried back."""


def length(file: BinaryIO) -> dict[str, int]:
    return {"bytes": len(file.read())}


def refuse(file: BinaryIO) -> None:
    raise UnfitError(f"not fit:\n{file.read().decode()}\x1b[31m")


def fail(_: BinaryIO) -> None:
    raise KeyError("a name that is nobody's business")


def sleep(_: BinaryIO) -> None:
    time.sleep(60)


def burn(_: BinaryIO) -> None:
    while True:
        pass


def devour(_: BinaryIO) -> int:
    return len(b"x" * 2**31)


def crash(_: BinaryIO) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def chatter(_: BinaryIO) -> str:
    sys.stdout.write("from Python")
    sys.stdout.flush()
    os.write(1, b"from C")
    os.write(2, b"a warning")
    return "quiet"


def flood(_: BinaryIO) -> str:
    return "x" * (33 * 2**20)


def leave_a_process_behind(file: BinaryIO) -> None:
    """Start a process that would write into the folder given after a second, and go on for longer than allowed."""
    mark = Path(file.read().decode()) / "mark"
    subprocess.Popen([sys.executable, "-c", f"import time; time.sleep(1.5); open({str(mark)!r}, 'w')"])
    time.sleep(60)


def environment(_: BinaryIO) -> list[str]:
    return sorted(os.environ)


def call_home(file: BinaryIO) -> str:
    """Connect to a port of this machine."""
    with socket.create_connection(("127.0.0.1", int(file.read())), timeout=2):
        return "connected"


def write_a_file(file: BinaryIO) -> str:
    """Write a file into the folder given."""
    (Path(file.read().decode()) / "mark").write_text("here")
    return "written"


def look_around(file: BinaryIO) -> dict[str, list[str] | None]:
    """Give what is in each of the folders given, a line each; None for one that is not there."""
    folders = file.read().decode().splitlines()
    return {name: sorted(os.listdir(name)) if Path(name).is_dir() else None for name in folders}  # noqa: PTH208


def overwrite_the_input(_: BinaryIO) -> None:
    """Open the file behind the standard input once more, for writing."""
    Path("/proc/self/fd/0").write_bytes(b"forged")


def raise_the_limits(_: BinaryIO) -> list[int]:
    return [resource.getrlimit(kind)[1] for kind in (resource.RLIMIT_AS, resource.RLIMIT_CORE)]
