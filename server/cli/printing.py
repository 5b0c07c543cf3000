"""`sayso print`: a form as a fillable PDF, or as a print-ready run of numbered copies with its index."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import Progress

from forms import library
from forms.codes.copy_code import new_copy_codes
from forms.errors import FormsError
from forms.paper.editions import EditionName, SizeName
from server.config import load_settings

if TYPE_CHECKING:
    from forms.paper.printing import Printing

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
    count = copies if households is None else count_households(households)
    index = _index_beside(output, households) if count is not None else output
    from forms.paper.printing import print_form  # noqa: PLC0415 (loads the libraries that lay out paper)

    printing = print_form(
        library.find(form),
        load_settings().who(),
        edition=EditionName(edition),
        size=SizeName(size),
        language=language,
    )
    if count is None:
        _write(output, printing.pdf)
        click.echo(f"{output}: {printing.pages} pages, printing {printing.name}")
    else:
        _run(printing, count, output, index)
        click.echo(f"{output}: {count} copies of {printing.pages} pages, printing {printing.name}; index in {index}")


def _run(printing: "Printing", count: int, output: Path, index: Path) -> None:
    """Write the run and its index: both whole, or neither."""
    from forms.copies import print_run  # noqa: PLC0415

    codes = new_copy_codes(count)
    rows = "copy_code,row\n" + "".join(f"{code},{row}\n" for row, code in enumerate(codes, 1))
    half_done = output.with_name(f".{output.name}.half-done")
    console = Console(stderr=True)
    try:
        with Progress(transient=True, console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task("Stamping copies", total=count)
            print_run(printing, codes, half_done, each=lambda: progress.advance(task))
        half_done.replace(output)
    except OSError as error:
        half_done.unlink(missing_ok=True)
        raise _unwritable(output, error) from error
    _write(index, rows.encode())


def _index_beside(output: Path, households: Path | None) -> Path:
    """Give where a run's index goes; refuse to write over a list of households, or over an earlier run's index.

    An index is the only list of which paper is whose: of paper that is out with tenants it must never be lost.
    """
    index = output.with_name(f"{output.stem}-index.csv")
    if households is not None and households.resolve() in (output.resolve(), index.resolve()):
        raise HouseholdsError(f"{households}: the run would be written over this list. Name another --output.")
    if output == index or index.exists():
        raise HouseholdsError(f"{index}: this index of an earlier run is never written over. Name another --output.")
    return index


def count_households(path: Path) -> int:
    """Give the number of rows beneath the headings; `HouseholdsError` when the file cannot be read so."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file) if any(cell.strip() for cell in row)]
    except OSError as error:
        raise HouseholdsError(f"{path}: it cannot be read ({error.strerror}). Check its name.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise HouseholdsError(f"{path}: this is not a CSV file in UTF-8. Save it as 'CSV UTF-8'.") from error
    if len(rows) < 2:
        raise HouseholdsError(f"{path}: there is no household. Write headings in the first row, then a row for each.")
    if len(rows) - 1 > COPIES_MAX:
        raise HouseholdsError(f"{path}: there are {len(rows) - 1:,} rows. At most {COPIES_MAX:,} go into one run.")
    return len(rows) - 1


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> FormsError:
    return FormsError(f"{path}: it cannot be written ({error.strerror}). Check the folder and its free space.")
