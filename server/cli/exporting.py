"""`sayso export`: a campaign's answers as a file for another program."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from server.cli.tables import show, table
from server.config import load_settings
from server.errors import NotFoundError, ServerError

if TYPE_CHECKING:
    from server.store import Store

KINDS = (".csv", ".xlsx", ".jsonl", ".sav")


@click.command(name="export")
@click.argument("campaign", required=False)
@click.option("--to", "target", type=click.Path(path_type=Path), help="The file to write, by whose end it is made.")
@click.option(
    "--what",
    multiple=True,
    type=click.Choice(["words", "profile"]),
    help="Also what people wrote, or what is known of the homes. Both can tell who somebody is.",
)
def command(campaign: str | None, target: Path | None, what: tuple[str, ...]) -> None:
    """Write a campaign's answers for Excel, SPSS or another program.

    CAMPAIGN is its name or number; without it the campaigns are listed. The file ends in .csv, .xlsx, .jsonl or .sav.
    A data dictionary is written beside it, as FILE-columns.csv; a workbook holds its own.
    """
    from server.exports.columns import What  # noqa: PLC0415 (loads the database library)
    from server.exports.making import Asked, dictionary_path, export  # noqa: PLC0415
    from server.store import Store  # noqa: PLC0415
    from server.web.words import today  # noqa: PLC0415

    store = Store(load_settings())
    if campaign is None:
        _list(store)
        return
    if target is None or target.suffix.casefold() not in KINDS:
        raise click.UsageError(f"say where to with --to FILE, ending in {', '.join(KINDS)}.")
    asked = Asked(_number(store, campaign), target.suffix.casefold(), frozenset(map(What, what)))
    try:
        with target.open("wb") as out:
            dictionary = export(store, asked, out, today=today(), by=None)
        if dictionary is not None:
            dictionary_path(target).write_bytes(dictionary)
    except OSError as error:
        raise ServerError(f"{target}: this file cannot be written ({error.strerror}). Choose another place.") from error
    beside = "" if dictionary is None else f", its columns in {dictionary_path(target).name}"
    click.echo(f"{target}: written{beside}.")


def _number(store: "Store", campaign: str) -> int:
    from server.queries.results import campaign_named  # noqa: PLC0415

    with store.reading() as session:
        found = campaign_named(session, campaign)
    if found is None:
        raise NotFoundError(f"there is no campaign “{campaign}”. Run sayso export to list them.")
    return found.id


def _list(store: "Store") -> None:
    from server.queries.results import answered_campaigns  # noqa: PLC0415

    made = table("Number", "Campaign", "Responses")
    with store.reading() as session:
        for one in answered_campaigns(session, 1):
            made.add_row(str(one.campaign.id), one.campaign.name, f"{one.responses:,}")
    show(made)
