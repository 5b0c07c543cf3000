"""`sayso report`: a year's reports as PDFs."""

from pathlib import Path

import click

from server.config import load_settings
from server.errors import ServerError

KINDS = ("results", "table", "leaders", "approach")


@click.command(name="report")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--year", help="The reporting year, as 2026-27; this one unless given.")
@click.option("--to", "target", type=click.Path(path_type=Path), required=True, help="The PDF to write.")
def command(kind: str, year: str | None, target: Path) -> None:
    """Write a year's results, table, leaders' report or summary of approach as a PDF.

    KIND is results (for tenants, in plain words), table (the measures, to be published), leaders (every six months),
    or approach (a draft of the summary of approach, with what you must add marked).
    """
    from server.publishing.gathering import gather, shared_homes  # noqa: PLC0415 (loads the database library)
    from server.publishing.reports import Kind, made  # noqa: PLC0415
    from server.store import Store  # noqa: PLC0415
    from server.web.words import today  # noqa: PLC0415

    store = Store(load_settings())
    gathered = gather(store, {"year": year} if year else {}, today())
    content = made(Kind(kind), gathered, shared_homes(store, gathered) if kind == Kind.TABLE else None)
    try:
        target.write_bytes(content)
    except OSError as error:
        raise ServerError(f"{target}: this file cannot be written ({error.strerror}). Choose another place.") from error
    click.echo(f"{target}: {kind} of {gathered.name}, from {gathered.year.counts.answers:,} responses that count.")
