"""`sayso intake`: files of returned paper in, to be read by the worker."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from server.cli import Exit
from server.config import load_settings
from server.errors import StoreError

if TYPE_CHECKING:
    from server.store import Store

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(name="intake")
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE…")
@click.option("--batch", metavar="NAME", help="The batch that they join; one of the day unless given.")
@click.option(
    "--received",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day on which the paper came, such as 2026-11-25. It can also be said later, on the batch's page.",
)
@click.option("--campaign", metavar="NAME", help="What paper without a code answers, where its form does not tell.")
def command(files: Sequence[Path], batch: str | None, received: datetime | None, campaign: str | None) -> int:
    """Take in files of returned paper, to be read by the worker.

    These are scans, photos, and PDFs that were typed into. The same content is kept once and never counted twice.
    'sayso serve' has a worker; else start 'sayso worker'. The exit code is 4 when a file was refused.
    """
    from server.intake import batches  # noqa: PLC0415 (loads the database library)
    from server.models.intake import CameBy  # noqa: PLC0415
    from server.store import Store  # noqa: PLC0415
    from server.web.words import day, today  # noqa: PLC0415

    store = Store(load_settings())
    store.check_shape()
    wanted = batches.NewBatch(
        name=batch or f"Files of {day(today())}",
        came_by=CameBy.COMMAND,
        received_on=_day(received, today()),
        campaign_id=batches.campaign_named(store, campaign) if campaign else None,
    )
    number = batches.named(store, wanted)
    refused = [file for file in files if not _took(store, number, file)]
    click.echo(f"{len(files) - len(refused)} of {len(files)} files are in the batch '{wanted.name}'.")
    return Exit.SET_ASIDE if refused else Exit.OK


def _day(received: datetime | None, latest: date) -> date | None:
    if received is None:
        return None
    if received.date() > latest:
        raise click.UsageError(f"{received.date()} is still to come. Give the day on which the paper came.")
    return received.date()


def _took(store: "Store", number: int, path: Path) -> bool:
    """Take one file in and say what became of it; tell whether it can be read as far as is known."""
    from server.intake.receiving import Coming, receive  # noqa: PLC0415
    from server.models.intake import CameBy  # noqa: PLC0415

    coming = Coming(path.name, CameBy.COMMAND, secrets.token_hex(), lambda: path.open("rb"))
    try:
        taken = receive(store, lambda _: number, coming)
    except OSError as error:
        raise StoreError(f"{path}: this file cannot be taken in ({error.strerror}). Nothing of it was kept.") from error
    if taken.refused:
        click.echo(f"{path}: set aside. {taken.refused}")
    elif taken.is_repeat:
        click.echo(f"{path}: the same content is here already. It is kept once; an officer is told.")
    else:
        click.echo(f"{path}: taken in")
    return taken.refused is None
