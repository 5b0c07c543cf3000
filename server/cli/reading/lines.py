"""Lines of JSON, written as pages come: to the screen, or to a file that takes its name when all is done."""

import contextlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol, TextIO

import click

from server.errors import ServerError

PART: Final = ".part"
"""What the name of a file ends in until it is whole; after a stop it holds what was read so far."""

KEYS: Final = ({"file", "index"}, {"copy", "pages"})
"""Of which one is among the keys of every line: of a page, or of a copy."""

HEAD_MAX: Final = 10_000_000
"""Letters of a first line that are looked at: a page with 1,000 fields has 200,000."""


class OutputError(ServerError):
    """What was read cannot be written."""


class Lines(Protocol):
    """Where the objects go, one a line."""

    def write(self, content: dict[str, Any]) -> None:
        """Write one object."""


@contextmanager
def lines_to(path: Path | None) -> Iterator[Lines]:
    """Give where lines go: to a file, for "-" to the screen, for None nowhere.

    A file appears when all is done, in place of a former one; nothing else is ever written over. Raises `OutputError`.
    """
    if path is None:
        yield _Nowhere()
    elif str(path) == "-":
        yield _Screen()
    else:
        with _file(path.resolve()) as lines:
            yield lines


class _Nowhere:
    def write(self, content: dict[str, Any]) -> None:
        """Write nothing."""


class _Screen:
    def write(self, content: dict[str, Any]) -> None:
        """Print one line."""
        click.echo(json.dumps(content))


class _File:
    def __init__(self, path: Path, file: TextIO) -> None:
        self.path, self.file, self.count = path, file, 0

    def write(self, content: dict[str, Any]) -> None:
        """Write one line, and let it reach the disk's own keeping."""
        try:
            self.file.write(json.dumps(content) + "\n")
            self.file.flush()
        except OSError as error:
            raise unwritable(self.path, error) from error
        self.count += 1


@contextmanager
def _file(path: Path) -> Iterator[Lines]:
    part = path.with_name(path.name + PART)
    for one in (path, part):
        _check_is_ours_or_new(one)
    try:
        opened = part.open("w", encoding="utf-8")
    except OSError as error:
        raise unwritable(part, error) from error
    lines = _File(part, opened)
    try:
        yield lines
        _finish(opened, part, path)
    except BaseException:
        _keep(lines)
        raise


def _finish(opened: TextIO, part: Path, path: Path) -> None:
    try:
        os.fsync(opened.fileno())
        opened.close()
        part.replace(path)
    except OSError as error:
        raise unwritable(path, error) from error


def _keep(lines: _File) -> None:
    """Close what was stopped, and say where it is; take it away when it is empty."""
    with contextlib.suppress(OSError):  # the line that could not be written is told already
        lines.file.close()
    if lines.count:
        click.echo(f"sayso: note: what was read so far is in {lines.path}.", err=True)
    else:
        lines.path.unlink(missing_ok=True)


def _check_is_ours_or_new(path: Path) -> None:
    if path.is_dir():
        raise OutputError(f"{path}: this is a folder. Name a file for the lines.")
    if path.exists() and not _is_ours(path):
        raise OutputError(f"{path}: this file holds something else and is not written over. Name another.")


def _is_ours(path: Path) -> bool:
    """Tell whether a file is empty or was written by this command."""
    try:
        with path.open(encoding="utf-8") as file:
            first = file.readline(HEAD_MAX) if path.is_file() else "?"
        found = json.loads(first) if first else None
    except (OSError, ValueError, RecursionError):
        return False
    return first == "" or (isinstance(found, dict) and any(keys <= set(found) for keys in KEYS))


def unwritable(path: Path, error: OSError) -> OutputError:
    """Give the error for a file that cannot be written."""
    return OutputError(f"{path}: it cannot be written ({error.strerror}). Check the folder and its free space.")
