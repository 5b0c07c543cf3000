"""One piece of work on one file in a child of its own.

The child gets the file as its standard input and nothing else. Its answer comes back as JSON in a file.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from forms.sandbox.limits import WRITTEN_MAX_MB, Limits, SandboxError, one_line, reason
from forms.sandbox.process import end_group, entry, start


def run_limited(work: str, source: Path | bytes, limits: Limits, *, refusal: type[Exception]) -> Any:
    """Give back the JSON value of `work` ("module:function" of a binary file) run on `source` in a limited child.

    An exception of the type `refusal` in the child is raised here again with its message in one line. Whatever else
    goes wrong is a SandboxError. Raises OSError when a path cannot be opened.
    """
    with _opened(source) as file, tempfile.TemporaryFile() as result:
        code = _ended(_started(work, refusal, limits, file, result), limits)
        reply = _reply(result)
    if code is not None and "refused" in reply:
        raise refusal(one_line(reply["refused"]))
    if code is not None and "value" in reply:
        return reply["value"]
    raise SandboxError(f"this file could not be read: {reason(reply.get('crashed'), code, limits)}")


def _started(
    work: str, refusal: type[Exception], limits: Limits, file: BinaryIO, result: BinaryIO
) -> subprocess.Popen[bytes]:
    kind = f"{refusal.__module__}:{refusal.__qualname__}"
    packages = tuple(path.partition(".")[0] for path in (work, kind))
    call = ("forms.sandbox.oneshot:child", work, kind, str(limits.memory_mb), str(limits.cpu_s))
    return start(call, file, result, packages=packages)


def _ended(process: subprocess.Popen[bytes], limits: Limits) -> int | None:
    """Give the exit code of a child; None when it took too long."""
    try:
        return process.wait(limits.wall_s)
    except subprocess.TimeoutExpired:
        return None
    finally:
        end_group(process)


def child(work: str, refusal: str, memory_mb: str, cpu_s: str) -> NoReturn:
    """Do the work in this process, under limits it can no longer raise, and write the reply; never returns."""
    reply_fd = os.dup(1)
    os.dup2(2, 1)  # a library that prints must not write into the reply
    Limits(int(memory_mb), int(cpu_s), 0).apply()
    reply = json.dumps(_attempt(work, refusal)).encode()
    with open(reply_fd, "wb") as out:  # noqa: PTH123  a descriptor, not a path
        out.write(reply)
    os._exit(0)  # skips destructors, which on a broken document may crash after the answer is safe


def _attempt(work: str, refusal: str) -> dict[str, Any]:
    """Say what became of the work: its value, its refusal, or the kind of crash."""
    refused: type[Exception] = entry(refusal)
    try:
        run: Callable[[BinaryIO], Any] = entry(work)
        return {"value": run(sys.stdin.buffer)}
    except refused as error:
        return {"refused": str(error)}
    except Exception as error:  # noqa: BLE001  the boundary: a stranger's file may raise anything
        return {"crashed": type(error).__name__}


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


def _reply(result: BinaryIO) -> dict[str, Any]:
    """Read the reply, which is empty when the child was killed before it could answer."""
    result.seek(0)
    try:
        reply = json.loads(result.read(WRITTEN_MAX_MB * 2**20))
    except (ValueError, RecursionError):
        return {}
    return reply if isinstance(reply, dict) else {}
