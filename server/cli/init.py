"""`sayso init`: the data folder, its keys and its database."""

import click
from sqlalchemy.exc import SQLAlchemyError

from server.config import Settings, load_settings
from server.errors import StoreError


def opened(settings: Settings) -> None:
    """Make the data folder, its keys and its database where they are missing; leave alone what is there."""
    from server.store import Store, migrating  # noqa: PLC0415 (loads the database library)
    from server.trail.recording import begin_log  # noqa: PLC0415

    try:
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreError(f"{settings.data}: this folder cannot be made ({error.strerror}).") from error
    store = Store(settings)
    store.keys.make()
    try:
        if migrating.revision(store.engine) is None:
            migrating.upgrade(store.engine)
        store.check_shape()
        begin_log(store)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        raise StoreError(f"the database cannot be used: {reason}. Look at: sayso doctor") from error
    finally:
        store.close()


@click.command(name="init")
def command() -> None:
    """Make the data folder, its keys and its database.

    What is already there is left as it is.
    """
    settings = load_settings()
    opened(settings)
    click.echo(f"{settings.data.resolve()}: ready. Next: sayso user add NAME --role administrator")
