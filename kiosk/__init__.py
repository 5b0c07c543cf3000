"""Touch to answers: the journey of a person at a kiosk."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Blueprint

    from kiosk.frame import Installed
    from kiosk.sounds import Sounds
    from kiosk.store import KioskStore


def create_blueprint(store: "KioskStore", sounds: "Sounds", installed: "Installed") -> "Blueprint":
    """Give the kiosk's pages, which keep sittings in the store and take sounds from who has a voice."""
    from kiosk.blueprint import made  # noqa: PLC0415 (Flask is loaded only to serve)

    return made(store, sounds, installed)
