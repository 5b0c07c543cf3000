"""Putting the kiosk into the application."""

from typing import cast

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from kiosk import create_blueprint
from kiosk.frame import PX_PER_MM, Installed
from server.config import Settings
from server.sittings.desk import KioskDesk
from server.sittings.sounds import KioskSounds
from server.store import Store
from server.web import roles

PREFIX = "kiosk."


def install(app: Flask, store: Store, settings: Settings) -> None:
    """Add the kiosk's pages. Nobody signs in there: each proves itself by its key, and its forms by their turn."""
    blueprint = create_blueprint(KioskDesk(store), KioskSounds(store), installed(settings))
    app.register_blueprint(blueprint)
    cast(CSRFProtect, app.extensions["csrf"]).exempt(blueprint)
    for endpoint, view in app.view_functions.items():
        if endpoint.startswith(PREFIX):
            roles.public(view)


def installed(settings: Settings) -> Installed:
    """Give what the settings say of kiosks."""
    of_kiosk = settings.kiosk
    return Installed(
        details=settings.who().details(),
        px_per_mm=of_kiosk.px_per_mm or PX_PER_MM,
        low_reach=of_kiosk.low_reach,
        pledges=tuple((pledge.said, pledge.did) for pledge in of_kiosk.you_said),
        https=settings.https,
    )
