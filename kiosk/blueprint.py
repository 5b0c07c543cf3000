"""The kiosk's addresses, put together."""

from collections.abc import Callable
from typing import Final

from flask import Blueprint
from flask.typing import ResponseReturnValue

from kiosk import views
from kiosk.cookies import PATH
from kiosk.frame import Installed
from kiosk.sounds import Sounds
from kiosk.store import KioskStore
from kiosk.views import EXTENSION, Desk

ADDRESSES: Final[tuple[tuple[str, str, Callable[..., ResponseReturnValue]], ...]] = (
    ("GET", "/", views.current),
    ("POST", "/", views.touched),
    ("GET", "/still-there", views.still_there),
    ("POST", "/alive", views.alive),
    ("GET", "/set-up", views.set_up),
    ("POST", "/set-up", views.set_up_now),
    ("GET", "/clips/<name>.wav", views.clip),
    ("POST", "/say", views.say),
    ("GET", "/scale.css", views.scale),
    ("GET", "/static/<path:filename>", views.static),
)


def made(store: KioskStore, sounds: Sounds, installed: Installed) -> Blueprint:
    """Give the blueprint; its views find what they work with in the application."""
    bp = Blueprint("kiosk", __name__, url_prefix=PATH, template_folder="templates")
    for method, rule, view in ADDRESSES:
        bp.add_url_rule(rule, view.__name__, view, methods=[method])
    bp.register_error_handler(Exception, views.failed)
    bp.after_request(views.finish)
    bp.record_once(lambda state: state.app.extensions.update({EXTENSION: Desk(store, sounds, installed)}))
    return bp
