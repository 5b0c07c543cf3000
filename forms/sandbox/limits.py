"""What a child may use, and in which words it is told that it wanted more."""

import resource
import signal
from dataclasses import dataclass
from typing import Final

from forms.errors import FormsError

WRITTEN_MAX_MB: Final = 32
"""Longest file that a child may write, its answer being one: 20,000 fields with long labels are about 8 MB of JSON."""

OPEN_FILES_MAX: Final = 64
"""Importing a reader needs about 10 files at a time."""

ONE_LINE_MAX: Final = 400
"""Longest message (characters) taken over from a child."""

MEMORY: Final = "MemoryError"
"""The name of the exception for want of memory."""


class SandboxError(FormsError):
    """A limit stopped the work, or the work crashed; the message says which."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a child may use: address space (libraries included), CPU time and time by the clock."""

    memory_mb: int
    cpu_s: int
    wall_s: float

    def apply(self) -> None:
        """Limit memory, CPU time, file size, open files and core dumps of this process, for good."""
        resource.setrlimit(resource.RLIMIT_CPU, (self.cpu_s, self.cpu_s + 1))  # the first is SIGXCPU: a reason
        self.apply_but_cpu()

    def apply_but_cpu(self) -> None:
        """Limit all but CPU time, which adds up in a child that is used again."""
        for kind, most in (
            (resource.RLIMIT_AS, self.memory_mb * 2**20),
            (resource.RLIMIT_FSIZE, WRITTEN_MAX_MB * 2**20),
            (resource.RLIMIT_NOFILE, OPEN_FILES_MAX),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(kind, (most, most))

    def renew_cpu(self) -> None:
        """Give this process its CPU time anew, from now on."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime) + 1 + self.cpu_s
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def reason(crashed: object, code: int | None, limits: Limits) -> str:
    """Say what became of a child by the exception it told of, else by how it ended; None when it was too slow.

    A shell-like exit code above 128 is how bubblewrap passes on a signal.
    """
    if crashed == MEMORY:
        return f"it needs more than {limits.memory_mb:,} MB of memory"
    if code is None:
        return f"it took longer than {limits.wall_s:g} s"
    if is_too_slow(code):
        return f"it took longer than {limits.cpu_s:g} s"
    if _ended_by(code, signal.SIGABRT):  # how C++ ends when there is no memory, and PDFium with it
        return f"it crashed the reader, or needs more than {limits.memory_mb:,} MB of memory"
    return f"it crashed the reader ({one_line(crashed or f'exit {code}')})"


def is_too_slow(code: int | None) -> bool:
    """Tell by its exit code whether a child used up its time: by the clock (None) or of the CPU."""
    return code is None or _ended_by(code, signal.SIGXCPU)


def _ended_by(code: int, sign: signal.Signals) -> bool:
    return sign in (-code, code - 128)


def one_line(text: object) -> str:
    """Make a child's text fit for a terminal: one line, printable, not long."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())[:ONE_LINE_MAX]
