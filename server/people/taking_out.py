"""Pages taken out of received files, and cut out of them, in a limited child: a received file is a stranger's bytes.

The child's answer comes through a pipe and not as the JSON of `run_limited`, which holds 32 MB: a batch may have 1 GB.
"""

import json
import subprocess
from collections.abc import Collection, Iterator
from threading import Event, Timer
from typing import Any, BinaryIO, Final

from forms.sandbox import Limits, SandboxError, end_group, one_line, start
from forms.sandbox.limits import reason
from server.errors import RefusedError
from server.people.file_kind import FileKind, kind_of
from server.store.files import Files

LIMITS: Final = Limits(memory_mb=4096, cpu_s=300, wall_s=600)
"""A PDF of 1 GB is mapped into memory whole and copied at some 100 MB a second."""

GROWS_MAX_BYTES: Final = 64 << 20
"""How much longer than the file an answer may be: blank pages take some kB each."""

PACKAGES: Final = ("scanning", "server")


def without_pages(files: Files, name: str, numbers: Collection[int]) -> str | None:
    """Give the name of the file with blank pages in the place of those numbers; None when no page would be left.

    Raises `RefusedError` when the file cannot be taken apart.
    """
    with files.open(name) as file:
        if kind_of(file) == FileKind.PICTURE:
            return None
        said, content = _asked("without", file, numbers, name)
    return files.add(content) if said["staying"] else None


def pages_alone(files: Files, name: str, numbers: Collection[int]) -> Iterator[bytes]:
    """Give pages of a file in the order of their numbers (from 1), each as a file of its own.

    Raises `RefusedError` when the file cannot be taken apart.
    """
    with files.open(name) as file:
        if kind_of(file) == FileKind.PICTURE:
            file.seek(0)
            yield file.read()
            return
        said, content = _asked("alone", file, numbers, name)
    at = 0
    for length in said["lengths"]:
        yield content[at : at + length]
        at += length


def _asked(work: str, file: BinaryIO, numbers: Collection[int], name: str) -> tuple[dict[str, Any], bytes]:
    most = file.seek(0, 2) + GROWS_MAX_BYTES
    file.seek(0)
    words = ",".join(map(str, sorted(numbers)))
    call = ("server.people.page_child:child", work, words, str(LIMITS.memory_mb), str(LIMITS.cpu_s))
    try:
        first, _, content = _answer(call, file, most).partition(b"\n")
        said: dict[str, Any] = json.loads(first)
    except (SandboxError, ValueError) as error:
        raise RefusedError(_refusal(name, error)) from error
    if "refused" in said:
        raise RefusedError(_refusal(name, one_line(said["refused"])))
    return said, content


def _answer(call: tuple[str, ...], file: BinaryIO, most: int) -> bytes:
    """Give what the child writes; `SandboxError` when a limit stopped it or it crashed."""
    process = start(call, file, subprocess.PIPE, packages=PACKAGES)
    is_late = Event()

    def stop() -> None:
        is_late.set()
        end_group(process)

    timer = Timer(LIMITS.wall_s, stop)
    timer.start()
    try:
        assert process.stdout is not None  # noqa: S101 (it was asked for)
        content = process.stdout.read(most)
        code = process.wait() if len(content) < most else -1
    finally:
        timer.cancel()
        end_group(process)
        if process.stdout is not None:
            process.stdout.close()
    if is_late.is_set() or code:
        raise SandboxError(reason(None, None if is_late.is_set() else code, LIMITS))
    return content


def _refusal(name: str, why: object) -> str:
    return (
        f"The received file {name[:12]} cannot be taken apart ({why}). Nothing was changed. "
        "Remove this file as a whole first, then try again."
    )
