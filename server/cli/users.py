"""`sayso user`: officers' accounts from the command line; the first administrator comes from here."""

import click

from server.config import load_settings
from server.models.officers import Role


@click.group(name="user")
def command() -> None:
    """Add officers, list them, give a new password."""


@command.command()
@click.argument("username")
@click.option("--name", help="The name that others see; the username unless given.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default="officer", show_default=True)
@click.password_option(help="Asked for unless given.")
def add(username: str, name: str | None, role: str, password: str) -> None:
    """Add an officer who signs in as USERNAME."""
    from server.accounts import officers  # noqa: PLC0415 (loads the database library)
    from server.store import Store  # noqa: PLC0415

    officers.add(Store(load_settings()), username, name or username, Role(role), password, by=None)
    click.echo(f"{username} may sign in as {role}.")
