"""A run of numbered copies on disk: its paper for the printer, and beside it the index of which copy is which."""

import errno
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from forms.codes.copy_code import new_copy_codes
from forms.errors import FormsError

INDEX_END = "-index.csv"
"""What the name of a run's index ends in."""

ISSUED_MAX = 1_000_000
"""Copy codes of earlier runs that are looked at, at the most."""

PDF_HEAD = b"%PDF-"

Making = Callable[[Sequence[str], Path, Callable[[], None]], None]
"""Writes the paper of copy codes to a file, and calls after each copy if it makes them one by one."""


class IndexThereError(FormsError):
    """An index that is there already: of paper that is out with tenants it must never be lost."""


def index_path(output: Path) -> Path:
    """Give where the index of a run's paper is."""
    return output.with_name(f"{output.stem}{INDEX_END}")


def index_beside(output: Path) -> Path:
    """Give where a run's index goes; refuse to write over an earlier run's, the only list of which paper is whose."""
    index = index_path(output)
    if index.exists() or index.is_symlink():
        raise IndexThereError(f"{index}: this index of an earlier run is never written over. Name another --output.")
    return index


def write_run(rows: Sequence[int], output: Path, index: Path, make: Making) -> None:
    """Write the run and its index. The index comes first: paper without it could never be told apart."""
    console = Console(stderr=True)
    codes = new_copy_codes(len(rows), _issued_beside(output))
    lines = "copy_code,row\n" + "".join(f"{code},{row}\n" for code, row in zip(codes, rows, strict=True))
    half_done = output.with_name(f".{output.name}.half-done")
    try:
        _check_is_file_or_new(output)
        _write_new(index, lines.encode())
    except OSError as error:
        raise _unwritable(output, error) from error
    try:
        with Progress(transient=True, console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task("Stamping copies", total=None)  # pulses until copies are counted, if they are
            make(codes, half_done, lambda: progress.update(task, advance=1, total=len(rows)))
        half_done.replace(output)
    except BaseException as error:
        half_done.unlink(missing_ok=True)
        index.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _unwritable(output, error) from error
        raise


def write_whole(path: Path, content: bytes) -> None:
    """Write a PDF whole or not at all; through a link to where it leads, never over anything but a PDF."""
    path = path.resolve()
    half_done = path.with_name(f".{path.name}.half-done")
    try:
        _check_is_file_or_new(path)
        half_done.unlink(missing_ok=True)
        _write_new(half_done, content)
        half_done.replace(path)
    except OSError as error:
        half_done.unlink(missing_ok=True)
        raise _unwritable(path, error) from error


def _issued_beside(output: Path) -> frozenset[str]:
    """Give the copy codes of the earlier runs whose indexes lie in the same folder: none is given out twice."""
    lines = [
        line for path in output.parent.glob(f"*{INDEX_END}") for line in path.read_text("utf-8", "replace").splitlines()
    ]
    return frozenset(line.split(",")[0] for line in lines[:ISSUED_MAX])


def _write_new(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _check_is_file_or_new(path: Path) -> None:
    if path.exists() and not (path.is_file() and _is_pdf(path)):
        raise FileExistsError(errno.EEXIST, "there is something else of this name")


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(PDF_HEAD)) == PDF_HEAD


def _unwritable(path: Path, error: OSError) -> FormsError:
    return FormsError(f"{path}: it cannot be written ({error.strerror}). Check the folder and its free space.")
