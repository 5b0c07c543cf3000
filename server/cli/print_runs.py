"""`sayso print-runs make`: the print runs that wait, made now, where no site is held that makes them."""

import click

from server.config import load_settings


@click.group(name="print-runs")
def command() -> None:
    """Make the print runs that were asked for."""


@command.command()
def make() -> None:
    """Make every print run that waits; the site does so by itself while it is held."""
    from server.runs.making import make_waiting  # noqa: PLC0415 (loads the libraries that lay out paper)
    from server.store import Store  # noqa: PLC0415

    made = make_waiting(Store(load_settings()))
    click.echo(f"{made} print run{'' if made == 1 else 's'} made.")
