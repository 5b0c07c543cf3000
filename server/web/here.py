"""What the application that answers the present request works with."""

from typing import cast

from flask import Flask, current_app

from server.store import Store

STORE = "sayso-store"


def put(app: Flask, store: Store) -> None:
    """Give an application its store."""
    app.extensions[STORE] = store


def store_here() -> Store:
    """Give the store of the application that answers the present request."""
    return cast(Store, current_app.extensions[STORE])
