"""A child process: how it is started, and how it and all it may have started are ended."""

import contextlib
import ctypes
import importlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from typing import IO, Any, Final, TypeAlias

from forms.sandbox import view

START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from forms.sandbox import entry; entry(sys.argv[2])(*sys.argv[3:])"
)

PR_SET_PDEATHSIG: Final = 1
"""Of prctl(2)."""

Child: TypeAlias = subprocess.Popen[bytes]


def start(
    call: tuple[str, ...],
    stdin: IO[bytes] | int,
    stdout: IO[bytes] | int = subprocess.DEVNULL,
    *,
    packages: tuple[str, ...],
    settings: Mapping[str, str] | None = None,
) -> Child:
    """Start Python on a call ("module:function" and its words) in a process group of its own, as isolated as can be.

    It sees `forms` and the `packages` named; `settings` is all of its environment but what finds programs.
    """
    python = [sys.executable, "-I", "-c", START, str(view.ROOT), *call]
    return subprocess.Popen(
        [*view.bubblewrap(tuple(sorted({"forms", *packages}))), *python],
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={**view.environment(), **(settings or {})},
        start_new_session=True,
    )


def entry(path: str) -> Any:
    """Give what "module:name" stands for."""
    module, _, name = path.partition(":")
    return getattr(importlib.import_module(module), name)


def die_with_parent() -> None:
    """Have this process killed when the one that started it dies, which nothing else would tell a child that hangs."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def end_group(process: Child) -> None:
    """Kill a child and all it may have started, and take its exit status."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
