"""The readings as tables for people: what was read, what is doubted and why, what is missing, what was set aside."""

from collections.abc import Sequence

import click
from rich.text import Text

from scanning.readings import Doubt, Reason
from scanning.sheets import CopyReading, Received
from server.cli.reading.gathering import Gathering
from server.cli.tables import show, table

NO_CODE = "without code"


def totals(gathering: Gathering, copies: Sequence[CopyReading]) -> str:
    """Say in one line how much was read, doubted and set aside."""
    doubts = sum(len(copy.doubts) for copy in copies)
    parts = [
        f"{_counted(gathering.read, 'page')} read, of {_counted(len(copies), 'copy', 'copies')}",
        _counted(doubts, "doubt"),
        f"{gathering.blank} blank" if gathering.blank else "",
        f"{len(gathering.aside)} set aside",
    ]
    return "; ".join(part for part in parts if part)


def show_tables(gathering: Gathering, copies: Sequence[CopyReading]) -> None:
    """Print the tables that have rows."""
    click.echo(totals(gathering, copies))
    _show("Doubts", ("Copy", "Page", "Question", "Why", "File"), _doubts(gathering, copies), bool(gathering.crops))
    _show("Pages that did not come", ("Copy", "Pages missing", "Pages read", "Files"), _missing(copies))
    _show("Set aside", ("File", "Why"), [(_place(one.file, one.index), one.detail) for one in gathering.aside])


def _show(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], with_crop: bool = False) -> None:
    if not rows:
        return
    click.echo(f"\n{title}")
    made = table(*headings, *(("Crop",) if with_crop else ()))
    for row in rows:
        made.add_row(*(Text(_printable(cell)) for cell in row))
    show(made)


def _doubts(gathering: Gathering, copies: Sequence[CopyReading]) -> list[list[str]]:
    return [
        [*_doubt(copy, doubt), *([gathering.crop_of(copy, doubt.question)] if gathering.crops else [])]
        for copy in copies
        for doubt in copy.doubts
    ]


def _doubt(copy: CopyReading, doubt: Doubt) -> list[str]:
    source = copy.source_of(doubt.question)
    page = str(source.page) if source is not None else ""
    return [copy.copy or NO_CODE, page, doubt.question, doubt.detail, _where(copy, doubt, source)]


def _where(copy: CopyReading, doubt: Doubt, source: Received | None) -> str:
    """Say where to look; doubts about pages say it themselves."""
    if source is not None:
        return _place(source.file, source.index)
    return "" if doubt.reason in (Reason.DOUBLE_PAGE, Reason.FOREIGN_PAGE) else ", ".join(copy.files)


def _missing(copies: Sequence[CopyReading]) -> list[tuple[str, ...]]:
    return [
        (copy.copy or NO_CODE, _numbers(copy.missing), _numbers(copy.pages), ", ".join(copy.files))
        for copy in copies
        if copy.missing
    ]


def _numbers(pages: Sequence[int]) -> str:
    return ", ".join(map(str, pages))


def _place(file: str, index: int | None) -> str:
    """Say where a page is; people count from 1."""
    return file if index is None else f"{file} ({index + 1})"


def _counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _printable(words: str) -> str:
    """Leave out what a terminal could take for a command, or cannot show."""
    return "".join(letter if letter.isprintable() else " " for letter in words)
