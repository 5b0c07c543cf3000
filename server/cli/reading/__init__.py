"""`sayso read`: forms and scans in, readings out; no database."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from scanning.pages import PageLimits
from scanning.readers import FileRefused, PageResult, Readers, Wanted
from scanning.readings import PageReading
from scanning.writing.drafts import is_beside
from scanning.writing.expected import Lists
from scanning.written_beside import doubted
from server.cli import Exit
from server.cli.reading.arguments import sorted_out
from server.cli.reading.folders import Pictures
from server.cli.reading.gathering import Gathering
from server.cli.reading.lines import lines_to
from server.cli.reading.others import TheirForms
from server.cli.reading.summary import show_tables, totals
from server.config import load_settings

JOBS_MAX = 64

OUT = click.Path(path_type=Path, allow_dash=True)
FOLDER = click.Path(path_type=Path)


@click.command(name="read")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="FORM.pdf… SCAN…")
@click.option("--jsonl", type=OUT, metavar="OUT", help="Write JSON, an object a line; '-' prints it.")
@click.option("--crops", type=FOLDER, metavar="FOLDER", help="Keep a picture of each doubted question.")
@click.option("--overlay", type=FOLDER, metavar="FOLDER", help="Keep a picture of each page: what was seen where.")
@click.option("--writing", is_flag=True, help="Read handwriting too, as drafts that somebody has to check.")
@click.option(
    "--jobs", type=click.IntRange(1, JOBS_MAX), metavar="N", help="Pages read at once; one a core if not given."
)
@click.option("--page", type=click.IntRange(min=1), metavar="N", help="The page of their PDF that every scan is.")
@click.option(
    "--adopted", type=click.Path(path_type=Path), metavar="FORM.yaml", help="Read their PDF as what 'sayso adopt' made."
)
def command(
    paths: tuple[Path, ...],
    jsonl: Path | None,
    crops: Path | None,
    overlay: Path | None,
    writing: bool,
    jobs: int | None,
    page: int | None,
    adopted: Path | None,
) -> int:
    """Read returned paper: scans of forms in, answers and doubts out.

    FORM.pdf is what 'sayso print' made: the form, or a run of its copies. Or it is any fillable PDF from elsewhere: its
    pages are told by what is printed on them, and each of its fields is a question. SCAN is a file or a folder: JPEG,
    PNG, TIFF, HEIC or PDF, one page or many, in any order. A PDF that was typed into is read from its fields. No
    database is needed. The exit code is 4 when anything was set aside.
    """
    many = jobs or len(os.sched_getaffinity(0))
    outputs = [one for one in (jsonl, crops, overlay) if one is not None]
    theirs = TheirForms.of(sorted_out(paths, many, outputs), adopted)
    given = theirs.given
    pictures = Pictures(crops, overlay)
    pictures.prepare()
    with lines_to(jsonl) as lines:
        gathering = Gathering(lines, pictures, given.printings, with_drafts=writing)
        lists = Lists(datetime.now(UTC).date()) if writing else None
        wanted = Wanted(crops=crops is not None, overlay=overlay is not None, writing=lists, beside=True, page=page)
        _read(gathering, theirs, many, wanted)
        found = gathering.copies()
    if jsonl is None:
        show_tables(gathering, found)
    elif str(jsonl) != "-":
        click.echo(f"{jsonl}: {totals(gathering, found)}")
    return Exit.SET_ASIDE if gathering.aside else Exit.OK


def _read(gathering: Gathering, theirs: TheirForms, jobs: int, wanted: Wanted) -> None:
    """Read every scan, and take down what comes."""
    given = theirs.given
    for file, why in given.refused:
        gathering.refuse(file, why)
    limits = PageLimits(**load_settings().reading)
    with _progress(len(given.scans)) as seen, Readers(given.forms, jobs=jobs, limits=limits, wanted=wanted) as readers:
        for result in readers.read(given.scans):
            gathering.add(theirs.named(_doubted(result)))
            seen(result.file)


def _doubted(result: PageResult | FileRefused) -> PageResult | FileRefused:
    """Doubt the answers beside whose boxes somebody wrote."""
    if isinstance(result, FileRefused) or not isinstance(result.outcome, PageReading):
        return result
    written = [one.name for one in result.drafts if is_beside([one])]
    return replace(result, outcome=doubted(result.outcome, written))


@contextmanager
def _progress(files: int) -> Iterator[Callable[[Path], None]]:
    """Show on a terminal how far it is: files done, pages seen."""
    console = Console(stderr=True)
    columns = (
        TextColumn("Reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files, {task.fields[pages]} pages"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, transient=True, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=files, pages=0)
        seen: dict[Path, int] = {}

        def each(file: Path) -> None:
            seen[file] = seen.get(file, 0) + 1
            progress.update(task, completed=len(seen) - 1, pages=sum(seen.values()))

        yield each
