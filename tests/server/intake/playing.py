"""Readers that play, in this process: files are lines of text, and each line says what is on its page.

`1 CODE` is the first page of a copy, filled in without doubt; `doubt CODE` one with a doubt; `blank`, `aside` and
`unknown` are not read; `A and B` are two slips on one page. The first line is about the file as a whole: `refused`
cannot be opened, `die` kills whoever reads it; the same words do that to a page.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

from scanning.readers import FileRefused, PageResult, Portion
from scanning.readings import PageReading, Refusal, SetAside
from tests.server.pages_made import page, set_aside, sure
from tests.server.returns_made import result


class Died(BaseException):
    """The worker is gone."""


def written(*pages: str, opening: str = "sound") -> bytes:
    """Give a file of pages."""
    return "\n".join((opening, *pages)).encode()


class PlayedReaders:
    """Stands in the place of `scanning.readers.Readers`."""

    begun: ClassVar[list[int]] = []
    """How many forms each was begun with."""
    on_page: ClassVar[Callable[[str], None]] = lambda _: None
    """Called with each line before it is read."""

    def __init__(self, forms: Iterable[Path], **_: Any) -> None:
        self._forms = list(forms)
        PlayedReaders.begun.append(len(self._forms))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is to be ended."""

    def read(self, files: Iterable[Path | Portion]) -> Iterator[PageResult | FileRefused]:
        """Give what the lines say."""
        for given in files:
            portion = given if isinstance(given, Portion) else Portion(given)
            opening, *lines = portion.file.read_bytes().decode(errors="replace").split("\n")
            _die(opening)
            if opening == "refused":
                yield FileRefused(portion.file, "The file is damaged.")
                continue
            end = len(lines) if portion.count is None else portion.first + portion.count
            for index in range(portion.first, min(end, len(lines))):
                type(self).on_page(lines[index])
                _die(lines[index])
                slips = lines[index].split(" and ")
                yield from (replace(_result(portion.file, index, slip), slips=len(slips)) for slip in slips)


def _die(line: str) -> None:
    if line == "die":
        raise Died


def _result(file: Path, index: int, line: str) -> PageResult:
    made = result(_outcome(line), index + 1)
    preview = b"the preview of " + line.encode() if isinstance(made.outcome, SetAside) else None
    return PageResult(file, index, made.stored_px, made.outcome, made.crops, None, preview)


def _outcome(line: str) -> PageReading | SetAside:
    asides: Mapping[str, Refusal] = {
        "blank": Refusal.BLANK_PAGE,
        "aside": Refusal.NO_CODE,
        "unknown": Refusal.UNKNOWN_PRINTING,
    }
    kind, _, code = line.partition(" ")
    if kind in asides:
        return set_aside(asides[kind], f"{kind}.")
    if kind == "doubt":
        return page(1, code, {"repair_done": "yes"}, faint={"overall": "neither"})
    return sure(int(kind), code or None) if kind.isdigit() else set_aside(Refusal.UNREADABLE, "It is rubbish.")
