"""`sayso households import`: the landlord's list of homes, as the site would import it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from server.cli import Exit
from server.cli.tables import show, table
from server.config import load_settings
from server.errors import ServerError

if TYPE_CHECKING:
    from server.households.fields import Field

SHOWN_MAX = 50
"""Oddities that are printed; the site's report has them all."""


@click.group(name="households")
def command() -> None:
    """Import the households from the landlord's own list."""


@command.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--match",
    "matches",
    multiple=True,
    metavar="HEADING=FIELD",
    help="What a column holds, where the guess is wrong; FIELD may be leave_out or profile. May be given again.",
)
@click.pass_context
def import_(ctx: click.Context, file: Path, matches: Sequence[str]) -> None:
    """Import the homes of FILE (CSV or XLSX), and print what was odd; exit with 4 when rows were left out."""
    from server.households import imports  # noqa: PLC0415 (loads the database library)
    from server.households.guessing import guessed  # noqa: PLC0415
    from server.queries.household_imports import import_of, matched_before  # noqa: PLC0415
    from server.store import Store  # noqa: PLC0415

    store = Store(load_settings())
    number = imports.begin(store, _content(file), by=None)
    try:
        found = imports.table_of_import(store, number)
        with store.reading() as session:
            matching = {**guessed(found.headings, matched_before(session)), **_chosen(matches, found.headings)}
        imports.apply(store, number, matching, table=found, by=None)
    except BaseException:
        imports.give_up(store, number, by=None)
        raise
    with store.reading() as session:
        made = import_of(session, number).made
    _show_columns(made.columns)
    for name in imports.COUNTS:
        click.echo(f"{name:<10} {getattr(made, name):>9,}")
    _show_oddities(made.oddities)
    if made.refused:
        ctx.exit(Exit.SET_ASIDE)


def _content(file: Path) -> bytes:
    from server.households.tables import FILE_MB_MAX  # noqa: PLC0415

    try:
        with file.open("rb") as opened:
            return opened.read((FILE_MB_MAX << 20) + 1)
    except OSError as error:
        raise ServerError(f"{file}: this file cannot be read ({error.strerror}). Check its name.") from error


def _chosen(matches: Sequence[str], headings: Sequence[str]) -> dict[str, "Field"]:
    from server.households.fields import Field  # noqa: PLC0415

    chosen = {}
    for match in matches:
        heading, _, name = match.rpartition("=")
        if heading not in headings:
            raise click.UsageError(f"--match {match}: there is no such heading. Headings are: {', '.join(headings)}.")
        if name not in list(Field):
            raise click.UsageError(f"--match {match}: there is no such field. Fields are: {', '.join(Field)}.")
        chosen[heading] = Field(name)
    return chosen


def _show_columns(columns: dict[str, str]) -> None:
    made = table("Column", "Holds")
    for heading, name in columns.items():
        made.add_row(heading, name)
    show(made)


def _show_oddities(kept: list[dict[str, object]]) -> None:
    from server.households.oddities import Oddity  # noqa: PLC0415

    if not kept:
        return
    made = table("Row", "Column", "What is odd", "What was done")
    for odd in map(Oddity.from_plain, kept[:SHOWN_MAX]):
        made.add_row(f"{odd.row:,}", odd.column, odd.words, odd.outcome)
    show(made)
    if len(kept) > SHOWN_MAX:
        click.echo(f"{len(kept) - SHOWN_MAX:,} more are on the site's page of this import.")
