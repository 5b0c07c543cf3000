"""A stranger's fillable PDF → its fields and all of its words, read in a limited child process."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from pydantic import TypeAdapter

from forms.adopting.errors import AdoptingError
from forms.errors import FormsError
from forms.layout.geometry import VisiblePage
from forms.layout.model import Layout
from forms.layout.opening import opened
from forms.layout.reading import read_layout
from forms.layout.words import Run, runs_on_pages
from forms.sandbox import Limits, run_limited

LIMITS: Final = Limits(memory_mb=400, cpu_s=10, wall_s=15)
"""As for a layout, and time for the words of every page: a form of 16 pages takes 1.5 s."""

FILE_MAX_MB: Final = 64
"""As for a layout."""

_RUNS: Final = TypeAdapter(dict[int, tuple[Run, ...]])


@dataclass(frozen=True, slots=True)
class Sheets:
    """The pages of a fillable PDF: its fields, and the runs of words on each page by its number."""

    layout: Layout
    runs: Mapping[int, Sequence[Run]]
    sha256: str
    """Of the PDF, in 64 hex digits."""


def sheets_of(path: Path) -> Sheets:
    """Give the fields and words of a PDF; raises AdoptingError, naming the file, when there are none to adopt."""
    try:
        if path.stat().st_size > FILE_MAX_MB * 2**20:
            raise AdoptingError(f"the file has more than {FILE_MAX_MB} MB; cut out the pages of the form")
        content = path.read_bytes()
    except FormsError as error:
        raise AdoptingError(f"{path.name}: {error}") from None
    except OSError as error:
        raise AdoptingError(f"{path.name}: cannot be opened ({error.strerror}); check the path") from None
    return sheets_of_content(content, path.name)


def sheets_of_content(content: bytes, name: str) -> Sheets:
    """Give the same of a PDF in memory, which messages call by that name."""
    try:
        found = run_limited("forms.adopting.sheets:sheets_json", content, LIMITS, refusal=FormsError)
    except FormsError as error:
        raise AdoptingError(f"{name}: {error}") from None
    return Sheets(
        Layout.from_json(found["layout"]),
        _RUNS.validate_json(found["runs"]),
        hashlib.sha256(content).hexdigest(),
    )


def sheets_json(file: BinaryIO) -> dict[str, str]:
    """Give the layout and the words of a PDF as JSON texts, in the child."""
    with opened(file) as pdf:
        layout = read_layout(pdf)
        seen = {number: VisiblePage.of(pdf.pages[number - 1].obj) for number in sorted({f.page for f in layout.fields})}
    file.seek(0)
    runs = {number: [dataclasses.asdict(run) for run in found] for number, found in runs_on_pages(file.read(), seen)}
    return {"layout": layout.to_json(), "runs": json.dumps(runs)}
