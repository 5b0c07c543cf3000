"""`sayso audit verify`: whether anything in the audit log was changed, removed or put in."""

import click

from server.cli import Exit
from server.config import load_settings


@click.group(name="audit")
def command() -> None:
    """Check the log of what was done."""


@command.command()
@click.pass_context
def verify(ctx: click.Context) -> None:
    """Check the seal of every event; exit with 1 when anything was changed, removed or put in."""
    from server.store import Store  # noqa: PLC0415
    from server.store.keys import KeyName  # noqa: PLC0415
    from server.trail.chain import faults, length  # noqa: PLC0415 (loads the database library)

    store = Store(load_settings())
    with store.reading() as session:
        found = list(faults(session, store.keys.get(KeyName.AUDIT)))
        count = length(session)
    for fault in found:
        click.echo(f"sayso: audit: {fault.words}", err=True)
    if found:
        ctx.exit(Exit.FAULT)
    click.echo(f"The audit log is whole: {count:,} events.")
