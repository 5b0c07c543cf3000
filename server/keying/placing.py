"""A printed form's PDF → which page each of its questions stands on. It is opened in a limited child process."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Final

from forms.errors import FormsError
from forms.layout.opening import opened
from forms.layout.reading import read_layout
from forms.paper.fields import PART
from forms.sandbox import Limits, run_limited

LIMITS: Final = Limits(memory_mb=1_000, cpu_s=20, wall_s=30)
"""As for any other look into a form: a run of 1,800 copies takes 1.2 s and 300 MB to open."""

PRINTINGS_HELD: Final = 64
"""Kept in memory: a few words each, and half a second to find."""


@lru_cache(maxsize=PRINTINGS_HELD)
def pages_of_questions(pdf: Path) -> Mapping[str, int]:
    """Give the page, from 1, on which each question of a printed form begins, by the question's id."""
    found: dict[str, int] = run_limited("server.keying.placing:placed", pdf, LIMITS, refusal=FormsError)
    return found


def placed(file: BinaryIO) -> dict[str, Any]:
    """Give the pages as JSON, in the child."""
    pages: dict[str, Any] = {}
    with opened(file) as pdf:
        for field in read_layout(pdf).fields:
            name = field.name.split(PART, maxsplit=1)[0]
            pages[name] = min(field.page, pages.get(name, field.page))
    return pages
