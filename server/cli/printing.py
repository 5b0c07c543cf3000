"""`sayso print`: a form as a fillable PDF, or as a print-ready run of numbered copies with its index."""

import csv
import errno
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import Progress

from forms import library, wording
from forms.codes.copy_code import new_copy_codes
from forms.definition import Form, LanguageStatus
from forms.errors import FormsError
from forms.paper.editions import EditionName, SizeName
from server.config import load_settings

if TYPE_CHECKING:
    from forms.paper.printing import Printing

INDEX_END = "-index.csv"
"""What the name of a run's index ends in."""

ISSUED_MAX = 1_000_000
"""Copy codes of earlier runs that are looked at, at the most."""

PDF_HEAD = b"%PDF-"

COPIES_MAX = 100_000
"""More would be a mistake in typing: the landlord has 1,800 homes."""


class HouseholdsError(FormsError):
    """A file of households that cannot be used."""


@click.command(name="print")
@click.argument("form")
@click.option(
    "--edition", type=click.Choice([name.value for name in EditionName]), default="clear", help="14, 18 or 24 point."
)
@click.option(
    "--size", type=click.Choice([name.value for name in SizeName]), default="a4", help="A5 and A6 are for slips."
)
@click.option("--language", metavar="CODE", help="One of the form's languages; its first unless named.")
@click.option("--copies", type=click.IntRange(1, COPIES_MAX), metavar="N", help="Make a run of N numbered copies.")
@click.option(
    "--households",
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help="Make a run with a copy for each row beneath the headings.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE.pdf", help="Where to.")
def command(
    form: str,
    edition: str,
    size: str,
    language: str | None,
    copies: int | None,
    households: Path | None,
    output: Path,
) -> None:
    """Print a form as a PDF, or as a run of numbered copies.

    A run is one file for the printer. Beside it stands its index, FILE-index.csv: which copy code is which copy or row.
    The paper bears nothing of a household but the copy code.
    """
    if copies is not None and households is not None:
        raise click.UsageError("Name either --copies or --households, not both.")
    rows = household_rows(households) if households is not None else list(range(1, (copies or 0) + 1))
    index = _index_beside(output, households)
    from forms.paper.printing import print_form  # noqa: PLC0415 (loads the libraries that lay out paper)

    found = library.find(form)
    printing = print_form(
        found,
        load_settings().who(),
        edition=EditionName(edition),
        size=SizeName(size),
        language=language,
    )
    _note_what_is_unchecked(found, language or found.language)
    if not rows:
        _write(output, printing.pdf)
        click.echo(f"{output}: {printing.pages} pages, printing {printing.name}")
    else:
        _run(printing, rows, output.resolve(), index)
        click.echo(
            f"{output}: {len(rows)} copies of {printing.pages} pages, printing {printing.name}; index in {index}"
        )


def _note_what_is_unchecked(form: Form, language: str) -> None:
    """Say on stderr what a person should see to before paper in this language goes out."""
    if form.languages[language] is LanguageStatus.DRAFT:
        click.echo(f"sayso: note: the words in '{language}' are a draft. Have a translator check them.", err=True)
    if language not in wording.languages():
        click.echo(f"sayso: note: page numbers and help on filling in are in English, not '{language}'.", err=True)


def _run(printing: "Printing", rows: Sequence[int], output: Path, index: Path) -> None:
    """Write the run and its index. The index comes first: paper without it could never be told apart."""
    from forms.copies import print_run  # noqa: PLC0415

    console = Console(stderr=True)
    codes = new_copy_codes(len(rows), _issued_beside(output))
    lines = "copy_code,row\n" + "".join(f"{code},{row}\n" for code, row in zip(codes, rows, strict=True))
    half_done = output.with_name(f".{output.name}.half-done")
    try:
        _check_is_file_or_new(output)
        _write_new(index, lines.encode())
    except OSError as error:
        raise _unwritable(output, error) from error
    try:
        with Progress(transient=True, console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task("Stamping copies", total=len(rows))
            print_run(printing, codes, half_done, each=lambda: progress.advance(task))
        half_done.replace(output)
    except BaseException as error:
        half_done.unlink(missing_ok=True)
        index.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _unwritable(output, error) from error
        raise


def _index_beside(output: Path, households: Path | None) -> Path:
    """Give where a run's index goes; refuse to write over a list of households, or over an earlier run's index.

    An index is the only list of which paper is whose: of paper that is out with tenants it must never be lost.
    """
    index = output.with_name(f"{output.stem}{INDEX_END}")
    if households is not None and households.resolve() in (output.resolve(), index.resolve()):
        raise HouseholdsError(f"{households}: the run would be written over this list. Name another --output.")
    if index.exists() or index.is_symlink():
        raise HouseholdsError(f"{index}: this index of an earlier run is never written over. Name another --output.")
    return index


def _issued_beside(output: Path) -> frozenset[str]:
    """Give the copy codes of the earlier runs whose indexes lie in the same folder: none is given out twice."""
    lines = [
        line for path in output.parent.glob(f"*{INDEX_END}") for line in path.read_text("utf-8", "replace").splitlines()
    ]
    return frozenset(line.split(",")[0] for line in lines[:ISSUED_MAX])


def household_rows(path: Path) -> list[int]:
    """Give the numbers of the rows beneath the headings, from 1, without empty ones.

    Raises `HouseholdsError` when the file cannot be read so.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            records = list(csv.reader(file, strict=True))
    except OSError as error:
        raise HouseholdsError(f"{path}: it cannot be read ({error.strerror}). Check its name.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise HouseholdsError(
            f"{path}: this is not a whole CSV file in UTF-8 (is a quote not closed?). Save it as 'CSV UTF-8'."
        ) from error
    filled = [any(cell.strip() for cell in record) for record in records]
    heading = filled.index(True) if any(filled) else 0
    rows = [number for number, has_words in enumerate(filled[heading + 1 :], 1) if has_words]
    if not rows:
        raise HouseholdsError(f"{path}: there is no household. Write headings in the first row, then a row for each.")
    if len(rows) > COPIES_MAX:
        raise HouseholdsError(f"{path}: there are {len(rows):,} rows. At most {COPIES_MAX:,} go into one run.")
    return rows


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; through a link to where it leads, never over anything but a file."""
    path = path.resolve()
    half_done = path.with_name(f".{path.name}.half-done")
    try:
        _check_is_file_or_new(path)
        half_done.unlink(missing_ok=True)
        _write_new(half_done, content)
        half_done.replace(path)
    except OSError as error:
        half_done.unlink(missing_ok=True)
        raise _unwritable(path, error) from error


def _write_new(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _check_is_file_or_new(path: Path) -> None:
    if path.exists() and not (path.is_file() and _is_pdf(path)):
        raise FileExistsError(errno.EEXIST, "there is something else of this name")


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(PDF_HEAD)) == PDF_HEAD


def _unwritable(path: Path, error: OSError) -> FormsError:
    return FormsError(f"{path}: it cannot be written ({error.strerror}). Check the folder and its free space.")
