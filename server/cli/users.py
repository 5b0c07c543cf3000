"""`sayso user`: officers' accounts from the command line; the first administrator comes from here."""

import click

from server.cli.tables import show, table
from server.config import load_settings
from server.models.officers import Role
from server.store import Store


@click.group(name="user")
def command() -> None:
    """Add officers, list them, disable them, give a new password."""


@command.command()
@click.argument("username")
@click.option("--name", help="The name that others see; the username unless given.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default="officer", show_default=True)
@click.password_option(help="Asked for unless given.")
def add(username: str, name: str | None, role: str, password: str) -> None:
    """Add an officer who signs in as USERNAME."""
    from server.accounts import officers  # noqa: PLC0415 (makes a hash to compare with, which takes a moment)

    officers.add(Store(load_settings()), username, name or username, Role(role), password, by=None)
    click.echo(f"{username} may sign in as {role}.")


@command.command(name="list")
def list_officers() -> None:
    """List officers: who they are, when they last signed in, whether they may."""
    from server.queries.officers import officers_listed  # noqa: PLC0415
    from server.web.words import moment  # noqa: PLC0415

    made = table("Signs in as", "Name", "Role", "Last sign-in", "Second factor", "Account")
    with Store(load_settings()).reading() as session:
        for officer in officers_listed(session):
            made.add_row(
                officer.username,
                officer.name,
                officer.role,
                moment(officer.signed_in_at) or "never",
                "yes" if officer.totp_secret else "no",
                "disabled" if officer.disabled_at else "enabled",
            )
    show(made)


@command.command()
@click.argument("username")
def password(username: str) -> None:
    """Give USERNAME a new password, which is asked for: on the command line others could read it."""
    from server.accounts import officers  # noqa: PLC0415

    store = Store(load_settings())
    uid = _uid(store, username)
    new: str = click.prompt("New password", hide_input=True, confirmation_prompt="Once more")
    officers.give_password(store, uid, new, by=None)
    click.echo(f"The new password of {username} is in force; all their sessions are ended.")


@command.command()
@click.argument("username")
def disable(username: str) -> None:
    """Shut USERNAME out at once, wherever they are signed in."""
    from server.accounts import officers  # noqa: PLC0415

    store = Store(load_settings())
    officers.disable(store, _uid(store, username), by=None)
    click.echo(f"{username} is disabled.")


@command.command()
@click.argument("username")
def enable(username: str) -> None:
    """Let USERNAME in again, with the password they had."""
    from server.accounts import officers  # noqa: PLC0415

    store = Store(load_settings())
    officers.enable(store, _uid(store, username), by=None)
    click.echo(f"{username} may sign in again.")


def _uid(store: Store, username: str) -> str:
    from server.queries.officers import officer_signing_in_as  # noqa: PLC0415

    with store.reading() as session:
        return officer_signing_in_as(session, username).uid
