"""What is left of drafts whose making or changing was cut short."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

FOLDER: Final = "adopting"
"""Where the drafts are in the data folder."""

LOCK: Final = ".lock"
"""The file in it that whoever changes a draft holds."""


def litter(data: Path) -> Iterator[Path]:
    """Give half-made drafts, and half-written changes in drafts."""
    drafts = data / FOLDER
    for pattern in (".*", "*/.*"):
        yield from (path for path in drafts.glob(pattern) if path.name != LOCK)
