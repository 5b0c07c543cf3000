"""`sayso print`: a form as a fillable PDF, or as a print-ready run of numbered copies with its index."""

import csv
from pathlib import Path

import click

from forms import library, wording
from forms.definition import Form, LanguageStatus
from forms.errors import FormsError
from forms.paper.editions import EditionName, SizeName
from server.cli.runs import index_beside, index_path, write_run, write_whole
from server.config import load_settings

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
    index = _index(output, households)
    from forms.copies import print_run  # noqa: PLC0415 (loads the libraries that lay out paper)
    from forms.paper.printing import print_form  # noqa: PLC0415

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
        write_whole(output, printing.pdf)
        click.echo(f"{output}: {printing.pages} pages, printing {printing.name}")
    else:
        write_run(rows, output.resolve(), index, lambda codes, path, each: print_run(printing, codes, path, each=each))
        click.echo(
            f"{output}: {len(rows)} copies of {printing.pages} pages, printing {printing.name}; index in {index}"
        )


def _note_what_is_unchecked(form: Form, language: str) -> None:
    """Say on stderr what a person should see to before paper in this language goes out."""
    if form.languages[language] is LanguageStatus.DRAFT:
        click.echo(f"sayso: note: the words in '{language}' are a draft. Have a translator check them.", err=True)
    if language not in wording.languages():
        click.echo(f"sayso: note: page numbers and help on filling in are in English, not '{language}'.", err=True)


def _index(output: Path, households: Path | None) -> Path:
    """Give where a run's index goes; refuse to write over the list of households."""
    if households is not None and households.resolve() in (output.resolve(), index_path(output).resolve()):
        raise HouseholdsError(f"{households}: the run would be written over this list. Name another --output.")
    return index_beside(output)


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
