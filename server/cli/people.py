"""`sayso person`: find what is held about somebody, hand it over, erase it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from server.cli.tables import show, table
from server.config import load_settings
from server.errors import NotFoundError, RefusedError

if TYPE_CHECKING:
    from server.queries.people import Matches
    from server.store import Store


@click.group(name="person")
def command() -> None:
    """Find what is held about somebody, hand it over, erase it.

    WORDS are part of a name; or the whole of a household code, copy code, receipt, telephone number, email, postcode,
    or of a reference that `find` gives, such as household-12.
    """


@command.command()
@click.argument("words")
def find(words: str) -> None:
    """List whom WORDS may stand for, by their references."""
    _show(_found(_store(), words))


@command.command()
@click.argument("words")
@click.option("--to", "target", type=click.Path(path_type=Path), required=True, help="The zip to write.")
def export(words: str, target: Path) -> None:
    """Write everything that is held about one person to a zip."""
    from server.people import exporting  # noqa: PLC0415 (loads the database library)

    store = _store()
    reference = _only_one(store, words)
    if target.exists():
        raise RefusedError(f"{target}: this file is there already. Give another name.")
    with exporting.export(store, reference, by=None) as content:
        target.write_bytes(content.read())
    click.echo(f"{target}: everything about {reference}. It holds personal data: send it in a safe way.")


@command.command()
@click.argument("words")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(words: str, yes: bool) -> None:
    """Erase everything that tells who one person is; what they chose still counts."""
    from server.people import erasing  # noqa: PLC0415 (loads the database library)

    store = _store()
    reference = _only_one(store, words)
    if not yes:
        expected = _show_held(store, reference)
        given = click.prompt(f"This cannot be taken back. Type {expected} to erase it", default="", show_default=False)
        if given.strip().casefold() != expected.casefold():
            raise RefusedError("This is not what was asked for. Nothing was erased.")
    gone = erasing.erase(store, reference, by=None)
    click.echo(f"{reference}: erased, with its responses ({gone.responses:,}) and pages ({gone.pages:,}).")
    if not gone.is_tidy:
        click.echo("sayso: traces may be left in the database's file: it was in use. Run: sayso person tidy", err=True)


@command.command()
@click.pass_context
def tidy(ctx: click.Context) -> None:
    """Write the database's file anew, so that nothing is left in it of what was erased."""
    from server.cli import Exit  # noqa: PLC0415 (the group imports this module)
    from server.people import tidying  # noqa: PLC0415 (loads the database library)

    if not tidying.tidy(_store()):
        click.echo("sayso: the database is in use. Stop Sayso, then try again.", err=True)
        ctx.exit(Exit.FAULT)
    click.echo("The database's file was written anew.")


def _store() -> "Store":
    from server.store import Store  # noqa: PLC0415 (loads the database library)

    return Store(load_settings())


def _found(store: "Store", words: str) -> "Matches":
    from server.queries.people import find_people  # noqa: PLC0415 (loads the database library)

    with store.reading() as session:
        matches = find_people(session, words)
    if not matches.rows:
        raise NotFoundError("Nothing is held that these words lead to. All but a name must be whole.")
    return matches


def _show(matches: "Matches") -> None:
    made = table("Reference", "Name", "Postcode", "Found by")
    for match in matches.rows:
        made.add_row(str(match.subject), match.name, match.postcode, ", ".join(match.found_by))
    show(made)
    if not matches.are_all:
        click.echo("There are more than these. Give more of the name, or something else.")


def _only_one(store: "Store", words: str) -> str:
    """Give the reference of the one person that words stand for; show all, and refuse, where there are several."""
    matches = _found(store, words)
    if len(matches.rows) > 1:
        _show(matches)
        raise RefusedError("These words lead to several people. Give the reference of one, such as household-12.")
    return str(matches.rows[0].subject)


def _show_held(store: "Store", reference: str) -> str:
    """Show what is held, and give what must be typed: the household's code where it has one, else the reference."""
    from server.models.households import Household  # noqa: PLC0415 (loads the database library)
    from server.people.summary import summary  # noqa: PLC0415
    from server.queries.held import held_about  # noqa: PLC0415
    from server.queries.subjects import subject_named  # noqa: PLC0415

    with store.reading() as session:
        held = held_about(session, subject_named(session, reference))
        lines = summary(held)
    made = table("What is held", "Entries", "From", "To")
    for line in lines:
        made.add_row(line.name, f"{line.count:,}", str(line.first or ""), str(line.last or ""))
    show(made)
    return next((household.code for household in held.of(Household) if household.code), reference)
