"""`sayso migrate`: the database brought to this version of Sayso, after a backup."""

import click

from server.config import load_settings


@click.command(name="migrate")
@click.option("--to", metavar="REVISION", help="Another revision than this version's; an earlier one goes back.")
def command(to: str | None) -> None:
    """Bring the database to this version of Sayso; a backup is made first.

    Stop the server before, and start it again afterwards.
    """
    from server.backup import upgrading  # noqa: PLC0415 (loads the database library)
    from server.store import Store  # noqa: PLC0415

    moved = upgrading.move(Store(load_settings()), to)
    if moved.before == moved.after:
        click.echo(f"The database is at revision {moved.after} already: there is nothing to do.")
        return
    if moved.backup:
        click.echo(f"What was there before is in {moved.backup}.")
    click.echo(f"The database is at revision {moved.after} now.")
