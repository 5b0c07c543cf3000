"""`sayso retention`: what has been kept for its time, and removing it."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from server.config import load_settings

if TYPE_CHECKING:
    from server.retention.applying import Applied, Due


@click.command(name="retention")
@click.option("--apply", "wanted", is_flag=True, help="Remove it. It cannot be taken back.")
def command(wanted: bool) -> None:
    """Show what has been kept for its time, and remove it.

    How many months each thing is kept can be set under [retention] in sayso.toml. Backups are not looked into: remove
    old ones too.
    """
    from server.retention import applying  # noqa: PLC0415 (loads the database library)
    from server.store import Store  # noqa: PLC0415

    store = Store(load_settings())
    store.check_shape()
    if not wanted:
        due = applying.looked_at(store)
        _show(due)
        is_any = any(one.count for one in due)
        click.echo("Nothing was removed yet. To remove it: sayso retention --apply" if is_any else "Nothing is due.")
        return
    applied = applying.apply(store)
    _show(applied.due)
    _report(applied)


def _report(applied: "Applied") -> None:
    from server.web.words import many  # noqa: PLC0415

    click.echo(f"Removed, with {many(applied.files, 'file')} and {many(applied.litter, 'leftover')}.")
    if not applied.is_tidy:
        click.echo("sayso: the database was in use and could not be written anew. Run this again at night.", err=True)


def _show(due: "list[Due]") -> None:
    from server.cli.tables import show, table  # noqa: PLC0415
    from server.web.words import many  # noqa: PLC0415

    made = table("rule", "what", "kept", "due", "from", "to")
    for one in due:
        kept = f"{many(one.months, 'month')} after {one.rule.since}" if one.months else f"until {one.rule.since}"
        made.add_row(one.rule.name, one.rule.what, kept, f"{one.count:,}", _day(one.oldest), _day(one.newest))
    show(made)


def _day(moment: date | datetime | None) -> str:
    return f"{moment:%-d %B %Y}" if moment else "-"
