"""The layout and the values of a stranger's PDF, read in a limited child process."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from forms.errors import FormsError
from forms.layout.errors import LayoutError
from forms.layout.model import Layout, Values, values_from_json
from forms.sandbox import Limits, SandboxError, run_limited

FILE_MAX_MB = 64
"""Largest PDF: the largest of the forms at hand is 0.6 MB; a scanned archive by mistake is what exceeds this."""

MEMORY_MB = 400
"""Address space of a child, libraries included; with the parent's own 60 MB it stays below 500 MB."""

LABELLED = Limits(MEMORY_MB, cpu_s=5, wall_s=5)
BARE = Limits(MEMORY_MB, cpu_s=3, wall_s=3)
"""The two attempts at a layout; the forms at hand take below 0.5 s, and both together stay below 10 s."""


def layout_of(path: Path) -> Layout:
    """Give the layout of any fillable PDF; raises LayoutError, naming the file, when it has none to give.

    Looking for words beside the boxes can fail where the boxes themselves are fine: then the labels stay empty.
    """
    with _errors_name(path):
        _check(path)
        try:
            found = _read(path, "forms.layout.reading:labelled_layout_json", LABELLED)
        except SandboxError:
            found = _read(path, "forms.layout.reading:layout_json", BARE)
        return Layout.from_json(found)


def values_of(path: Path) -> Values:
    """Give what `field_values` finds in any PDF; raises LayoutError, naming the file, when it cannot be read."""
    with _errors_name(path):
        _check(path)
        return values_from_json(_read(path, "forms.layout.values:values_json", LABELLED))


def _read(path: Path, work: str, limits: Limits) -> str:
    """Give the JSON text that `work` makes of the file in a child."""
    return str(run_limited(work, path, limits, refusal=LayoutError))


def _check(path: Path) -> None:
    """Refuse what is not worth a child: a folder, a pipe that would never end, a file too large for a form."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise LayoutError("this is not a file; give a PDF file")
    if status.st_size > FILE_MAX_MB * 2**20:
        size_mb = status.st_size / 2**20
        raise LayoutError(f"the file has {size_mb:.0f} MB, more than {FILE_MAX_MB} MB; cut out the pages of the form")


@contextmanager
def _errors_name(path: Path) -> Iterator[None]:
    """Put the file's name before the message, and what to do after one that comes from a limit."""
    try:
        yield
    except SandboxError as error:
        advice = "it may be broken or made to do harm, so ask its sender for a fresh copy"
        raise LayoutError(f"{path.name}: {error}; {advice}") from None
    except FormsError as error:
        raise LayoutError(f"{path.name}: {error}") from None
    except OSError as error:
        raise LayoutError(f"{path.name}: cannot be opened ({error.strerror}); check the path and your rights") from None
