"""Files that play are written here, and read by children that play them."""

from pathlib import Path
from typing import Any

import pytest

from forms import sandbox
from forms.sandbox import Limits
from scanning.pages import PageLimits
from scanning.readers import FileRefused, PageResult, Portion, Readers, Wanted
from scanning.readings import SetAside

BOUNDS = Limits(memory_mb=1500, cpu_s=5, wall_s=1.5)


class Folder:
    """Writes files that play."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._count = 0

    def file(self, *pages: str, opening: str = "sound") -> Path:
        """Write a file of pages that do as they say."""
        self._count += 1
        path = self.path / f"{self._count:03}.txt"
        path.write_text("\n".join((opening, *pages)))
        return path


def readers(jobs: int = 1, **more: Wanted) -> Readers:
    return Readers([b"form"], jobs=jobs, limits=PageLimits(), bounds=BOUNDS, **more)


def counted_starts(monkeypatch: pytest.MonkeyPatch, first: str | None = None) -> list[str]:
    """Give a list of what every child will be started with; `first` is for the first, if it is given."""
    start, started = sandbox.start, list[str]()

    def counting(call: tuple[str, ...], *rest: Any, **options: Any) -> sandbox.Child:
        started.append(call[0] if started or first is None else first)
        return start((started[-1],), *rest, **options)

    monkeypatch.setattr(sandbox, "start", counting)
    return started


def said(result: PageResult | FileRefused) -> str:
    if isinstance(result, FileRefused):
        return f"{result.file.stem}: {result.detail}"
    assert isinstance(result.outcome, SetAside)
    return f"{result.file.stem}.{result.index} {result.outcome.detail}"


def read(*files: Path | Portion, jobs: int = 1) -> list[str]:
    with readers(jobs) as these:
        return [said(result) for result in these.read(files)]
