"""Folders of pictures; their files are named by content, page and question, never by what people wrote."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from scanning.readers import PageResult
from server.cli.reading.lines import OutputError, unwritable

HASH_DIGITS: Final = 16
"""Digits of a file's SHA-256 in names: two of a million files share them with a chance of 1 in 37 million."""


@dataclass(slots=True)
class Pictures:
    """Where pictures go, if they are wanted."""

    crops: Path | None
    overlay: Path | None
    _hashed: tuple[Path, str] | None = None
    _slips: dict[str, int] = field(default_factory=dict)

    def prepare(self) -> None:
        """Make the folders; raises `OutputError`."""
        for folder in (one for one in (self.crops, self.overlay) if one is not None):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except FileExistsError as error:
                raise OutputError(f"{folder}: this is not a folder. Name another for the pictures.") from error
            except OSError as error:
                raise unwritable(folder, error) from error

    def keep(self, result: PageResult) -> dict[str, str]:
        """Write what came with a page; give the names of the crops by question."""
        if (self.crops is None or not result.crops) and (self.overlay is None or result.overlay is None):
            return {}
        page = f"{self._hash(result.file)}-{result.index:04d}"
        if self.overlay is not None and result.overlay is not None:
            _write(self.overlay / f"{page}.jpg", result.overlay)
        if self.crops is None or not result.crops:
            return {}
        self._slips[page] = self._slips.get(page, 0) + 1
        slip = f".{self._slips[page]}" if self._slips[page] > 1 else ""
        names = {question: f"{page}{slip}-{question.replace('/', '.')}.jpg" for question in result.crops}
        for question, name in names.items():
            _write(self.crops / name, result.crops[question])
        return names

    def _hash(self, file: Path) -> str:
        if self._hashed is None or self._hashed[0] != file:
            try:
                with file.open("rb") as content:
                    self._hashed = file, hashlib.file_digest(content, "sha256").hexdigest()[:HASH_DIGITS]
            except OSError as error:
                raise OutputError(f"{file}: it went away while it was read ({error.strerror}). Try again.") from error
        return self._hashed[1]


def _write(path: Path, content: bytes) -> None:
    """Write a picture whole or not at all."""
    half_done = path.with_name(f".{path.name}.half-done")
    try:
        half_done.write_bytes(content)
        half_done.replace(path)
    except OSError as error:
        half_done.unlink(missing_ok=True)
        raise unwritable(path, error) from error
