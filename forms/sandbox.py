"""Run a piece of work on untrusted bytes in a limited child process; everything that opens a stranger's file sits here.

The child gets the file as its standard input and nothing else: no environment, no terminal, and where bubblewrap
works no network and a read-only file system. Its answer comes back as JSON, so nothing it sends is ever executed.
"""

import contextlib
import functools
import importlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from forms.errors import FormsError

RESULT_MAX_MB = 32
"""Longest answer of a child: 20,000 fields with long labels are about 8 MB of JSON."""

OPEN_FILES_MAX = 64
"""Importing a reader needs about 10 files at a time."""

ONE_LINE_MAX = 400
"""Longest message (characters) taken over from a child."""

ROOT = Path(__file__).resolve().parents[1]
START = "import sys; sys.path.insert(0, sys.argv[1]); from forms.sandbox import child; child(*sys.argv[2:])"
KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH")


class SandboxError(FormsError):
    """A limit stopped the work, or the work crashed; the message says which."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a child may use: address space (libraries included), CPU time and time by the clock."""

    memory_mb: int
    cpu_s: int
    wall_s: float


def run_limited(work: str, source: Path | bytes, limits: Limits, *, refusal: type[Exception]) -> Any:
    """Give back the JSON value of `work` ("module:function" of a binary file) run on `source` in a limited child.

    An exception of the type `refusal` in the child is raised here again with its message in one line. Whatever else
    goes wrong is a SandboxError. Raises OSError when a path cannot be opened.
    """
    with _opened(source) as file, tempfile.TemporaryFile() as result:
        process = start_child((work, _path_of(refusal), str(limits.memory_mb), str(limits.cpu_s)), file, result)
        try:
            code = process.wait(limits.wall_s)
        except subprocess.TimeoutExpired:
            raise SandboxError(_took_longer(limits.wall_s)) from None
        finally:
            _end_group(process)
        reply = _reply(result)
    if "refused" in reply:
        raise refusal(_one_line(reply["refused"]))
    if "value" in reply:
        return reply["value"]
    raise SandboxError(_reason(reply.get("crashed"), code, limits))


def start_child(arguments: tuple[str, ...], stdin: BinaryIO, stdout: BinaryIO) -> subprocess.Popen[bytes]:
    """Start `child` in a process group of its own, without the environment and the terminal of this process."""
    python = [sys.executable, "-I", "-c", START, str(ROOT), *arguments]
    return subprocess.Popen(
        [*_bubblewrap(), *python],
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ},
        start_new_session=True,
    )


def child(work: str, refusal: str, memory_mb: str, cpu_s: str) -> NoReturn:
    """Do the work in this process, under limits it can no longer raise, and write the reply; never returns."""
    reply_fd = os.dup(1)
    os.dup2(2, 1)  # a library that prints must not write into the reply
    _limit(int(memory_mb), int(cpu_s))
    reply = json.dumps(_attempt(work, refusal)).encode()
    with open(reply_fd, "wb") as out:  # noqa: PTH123  a descriptor, not a path
        out.write(reply)
    os._exit(0)  # skips destructors, which on a broken document may crash after the answer is safe


def _attempt(work: str, refusal: str) -> dict[str, Any]:
    """Say what became of the work: its value, its refusal, or the kind of crash."""
    refused: type[Exception] = _imported(refusal)
    try:
        run: Callable[[BinaryIO], Any] = _imported(work)
        return {"value": run(sys.stdin.buffer)}
    except refused as error:
        return {"refused": str(error)}
    except Exception as error:  # noqa: BLE001  the boundary: a stranger's file may raise anything
        return {"crashed": type(error).__name__}


def _limit(memory_mb: int, cpu_s: int) -> None:
    """Limit memory (address space), CPU time, file size, open files and core dumps of this process."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))  # at the first SIGXCPU, which names the reason
    for kind, most in (
        (resource.RLIMIT_AS, memory_mb * 2**20),
        (resource.RLIMIT_FSIZE, RESULT_MAX_MB * 2**20),
        (resource.RLIMIT_NOFILE, OPEN_FILES_MAX),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


@functools.cache
def _bubblewrap() -> tuple[str, ...]:
    """Give the bubblewrap command that isolates a child, or nothing where it is missing or may not work."""
    program = shutil.which("bwrap")
    if program is None:
        return ()
    view = ("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc")
    command = (program, "--unshare-all", "--die-with-parent", "--cap-drop", "ALL", *view)
    probe = [*command, sys.executable, "-I", "-c", ""]
    try:
        works = subprocess.run(probe, capture_output=True, timeout=5, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return command if works else ()


@contextlib.contextmanager
def _opened(source: Path | bytes) -> Iterator[BinaryIO]:
    if isinstance(source, Path):
        with source.open("rb") as file:
            yield file
        return
    with tempfile.TemporaryFile() as copy:
        copy.write(source)
        copy.seek(0)
        yield copy


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill the child and all it may have started, and take its exit status."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _reply(result: BinaryIO) -> dict[str, Any]:
    """Read the reply, which is empty when the child was killed before it could answer."""
    result.seek(0)
    try:
        reply = json.loads(result.read(RESULT_MAX_MB * 2**20))
    except (ValueError, RecursionError):
        return {}
    return reply if isinstance(reply, dict) else {}


def _reason(crashed: object, code: int, limits: Limits) -> str:
    """Say why there is no value; a shell-like exit code above 128 is how bubblewrap passes on a signal."""
    if crashed == MemoryError.__name__:
        return f"this file could not be read: it needs more than {limits.memory_mb} MB of memory"
    if signal.SIGXCPU in (-code, code - 128):
        return _took_longer(limits.cpu_s)
    return f"this file could not be read: it crashed the reader ({_one_line(crashed or f'exit {code}')})"


def _took_longer(seconds: float) -> str:
    return f"this file could not be read: it took longer than {seconds:g} s"


def _one_line(text: object) -> str:
    """Make a child's text fit for a terminal: one line, printable, not long."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())[:ONE_LINE_MAX]


def _path_of(kind: type) -> str:
    return f"{kind.__module__}:{kind.__qualname__}"


def _imported(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(importlib.import_module(module), name)
