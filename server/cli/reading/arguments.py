"""What was named on the command line: which files are forms, which are scans, in which order."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from scanning.printings import NOT_A_PDF, NOT_OURS, NotAForm, Printed, printed_of
from server.cli.reading.lines import PART

HIDDEN: Final = frozenset({"thumbs.db", "desktop.ini"})
"""What Windows puts into folders of pictures, hidden from people."""

NOT_A_FILE: Final = "This is not a file that can be read."
NOT_OPENED: Final = "This folder cannot be opened. Check who may read it."

EMPTY_FORM: Final = "This is an empty form, not a scan. Name the file itself to read scans by it."

USAGE: Final = "Name a form's PDF and the scans to be read by it, as in 'sayso read form.pdf scans/'."


@dataclass(frozen=True, slots=True)
class Given:
    """The forms with what they say of themselves, the files to read in order, and what cannot be read, with why."""

    forms: tuple[Path, ...]
    printings: dict[str, Printed]
    scans: tuple[Path, ...]
    refused: tuple[tuple[Path, str], ...]
    foreign: frozenset[str] = frozenset()
    """The names of the printings that are other people's PDFs."""


def sorted_out(paths: Sequence[Path], jobs: int, outputs: Iterable[Path]) -> Given:
    """Tell forms from scans by what is in the files; `UsageError` unless there is at least one of each.

    A PDF that is named, carries our definition and is not filled in is a form; every other file is a scan, but for an
    empty form in a folder, which nobody returned. What this command itself writes is never a scan.
    """
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"{path}: there is no such file or folder.")
    own = {f"{_real(path)}{end}" for path in outputs for end in ("", PART)}
    found = _each_once(one for path in paths for one in _files(path, own))
    told = _told([path for path, why in found if why is None], jobs)
    named = set(map(_real, paths))
    ours = any(isinstance(one, Printed) and _real(path) in named for path, one in told.items())
    # Beside a form of ours a PDF is a scan, as it always was; without one it may be somebody else's form.
    theirs = {} if ours else _theirs([path for path, one in told.items() if one is NOT_OURS and _real(path) in named])
    told |= theirs
    forms = {path: one for path, one in told.items() if isinstance(one, Printed) and _real(path) in named}
    if not forms:
        raise click.UsageError(_no_form({path: told[path] for path in paths if path in told}))
    rest = [(path, _why(path, told) if why is None else why) for path, why in found if path not in forms]
    if not rest:
        raise click.UsageError(f"There is no scan to read. {USAGE}")
    scans = tuple(path for path, why in rest if why is None)
    refused = tuple((path, why) for path, why in rest if why is not None)
    foreign = frozenset(one.name for path, one in theirs.items() if isinstance(one, Printed) and path in forms)
    return Given(tuple(forms), {one.name: one for one in forms.values()}, scans, refused, foreign)


def _theirs(files: Sequence[Path]) -> dict[Path, Printed | NotAForm]:
    """Give the PDFs that have fields: other people's forms. What has none is a scan, as it was."""
    if not files:
        return {}
    from scanning.foreign.describing import foreign_of  # noqa: PLC0415  brings OpenCV with it, for these alone

    found = {path: foreign_of(path) for path in files}
    return {path: one for path, one in found.items() if isinstance(one, Printed)}


def _told(files: Sequence[Path], jobs: int) -> dict[Path, Printed | NotAForm]:
    """Give what each file says of itself, several looked at at once."""
    pool = ThreadPoolExecutor(jobs)
    try:
        return dict(zip(files, pool.map(printed_of, files), strict=True))
    finally:
        pool.shutdown(cancel_futures=True)


def _why(path: Path, told: Mapping[Path, Printed | NotAForm]) -> str | None:
    return EMPTY_FORM if isinstance(told[path], Printed) else None


def _no_form(told: dict[Path, Printed | NotAForm]) -> str:
    """Say why none of the files is a form: of the first PDF, if there is one."""
    reasons = [(path, one) for path, one in told.items() if isinstance(one, NotAForm) and one is not NOT_A_PDF]
    if not reasons:
        return f"There is no form among these. {USAGE}"
    path, reason = reasons[0]
    return f"There is no form among these. {path}: {reason.detail}"


def _files(path: Path, own: set[str]) -> Iterator[tuple[Path, str | None]]:
    """Give the files at a path in natural order, each with why it cannot be read, if so; hidden ones are left out."""
    if not path.is_dir():
        yield path, None if path.is_file() else NOT_A_FILE
        return
    try:
        entries = sorted(path.iterdir(), key=_natural)
    except OSError:
        yield path, NOT_OPENED
        return
    for entry in entries:
        hidden = entry.name.startswith(".") or entry.name.lower() in HIDDEN
        if not hidden and _real(entry) not in own and not (entry.is_dir() and entry.is_symlink()):
            yield from _files(entry, own)


def _real(path: Path) -> str:
    """Give where a path leads to; unlike `Path.resolve`, this takes links that lead to each other."""
    return os.path.realpath(path)


def _natural(path: Path) -> list[tuple[int, str]]:
    """Give a key that puts scan2 before scan10."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", path.name.lower())]


def _each_once(found: Iterable[tuple[Path, str | None]]) -> list[tuple[Path, str | None]]:
    """Leave out what was named before, by whatever path."""
    once: dict[str, tuple[Path, str | None]] = {}
    for path, why in found:
        once.setdefault(_real(path), (path, why))
    return list(once.values())
