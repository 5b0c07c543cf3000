"""What comes out of the readers, page by page: written down at once, counted, and kept for putting copies together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from scanning.as_json import copy_json, page_json, refused_json
from scanning.printings import Printed
from scanning.readers import FileRefused, PageResult
from scanning.readings import PageReading, Refusal, SetAside
from scanning.sheets import CopyReading, Received, copies
from server.cli.reading.folders import Pictures
from server.cli.reading.lines import Lines

CropKey: TypeAlias = tuple[str, int, tuple[str | None, int] | None, str]


@dataclass(frozen=True, slots=True)
class Aside:
    """What was set aside: its file, its page's number in it from 0 (None for the whole file), and why."""

    file: str
    index: int | None
    detail: str


@dataclass(slots=True)
class Gathering:
    """All that came so far."""

    lines: Lines
    pictures: Pictures
    printings: Mapping[str, Printed]
    received: list[Received] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)
    crops: dict[CropKey, str] = field(default_factory=dict)
    """The crop's name by where and of what it is."""
    blank: int = 0
    read: int = 0
    with_drafts: bool = False
    """Whether lines say what may be written."""

    def refuse(self, file: Path, detail: str) -> None:
        """Take down a file that cannot be read."""
        self.lines.write(refused_json(str(file), detail))
        self.aside.append(Aside(str(file), None, detail))

    def add(self, result: PageResult | FileRefused) -> None:
        """Take down one page, or a file that could not be read."""
        if isinstance(result, FileRefused):
            self.refuse(result.file, result.detail)
            return
        file, outcome = str(result.file), result.outcome
        self.lines.write(page_json(file, result.index, outcome, result.drafts if self.with_drafts else None))
        for question, name in self.pictures.keep(result).items():
            self.crops[_key(file, result.index, outcome, question)] = name
        self.received.append(Received(file, result.index, outcome))
        if isinstance(outcome, PageReading):
            self.read += 1
        elif outcome.refusal is Refusal.BLANK_PAGE:
            self.blank += 1
        else:
            self.aside.append(Aside(file, result.index, outcome.detail))

    def copies(self) -> list[CopyReading]:
        """Put the pages together, and write a line for each copy."""
        found = copies(self.received, self.printings)
        for copy in found:
            self.lines.write(copy_json(copy))
        return found

    def crop_of(self, copy: CopyReading, question: str) -> str:
        """Give the name of the crop of a doubted question, "" where there is none."""
        source = copy.source_of(question)
        if source is None:
            return ""
        return self.crops.get(_key(source.file, source.index, source.outcome, question), "")


def _key(file: str, index: int, outcome: PageReading | SetAside, question: str) -> CropKey:
    """Name a question on a page; an image may hold several slips with the same question."""
    of_page = (outcome.copy, outcome.page) if isinstance(outcome, PageReading) else None
    return file, index, of_page, question
