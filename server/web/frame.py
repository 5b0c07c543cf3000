"""The frame around every page: its menu, and the addresses of style sheets and scripts."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from flask import Flask, request, url_for
from flask_login import current_user

from server.models.officers import Role
from server.web.roles import role_of

MENU: Final = (
    ("Today", "today.home"),
    ("Campaigns", "campaigns.listing"),
    ("Forms", "catalogue.listing"),
    ("Households", "households.listing"),
    ("People", "people.search"),
    ("Print", "runs.listing"),
    ("Post", "batches.listing"),
    ("Needs you", "aside.listing"),
    ("Review", "review.start"),
    ("Checks", "checks.listing"),
    ("Officers", "officers.listed"),
    ("Audit", "audit.events"),
    ("Settings", "installation.settings"),
)
"""The words of the menu, and the page that each leads to."""

STATIC: Final = Path(__file__).resolve().parents[1] / "static"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu."""

    words: str
    address: str
    is_here: bool


def menu() -> list[Entry]:
    """Give what the officer who is signed in may open."""
    role: Role = current_user.officer.role
    return [
        Entry(words, url_for(endpoint), (request.endpoint or "").split(".")[0] == endpoint.split(".")[0])
        for words, endpoint in MENU
        if Role(role).includes(role_of(endpoint))
    ]


def asset(name: str) -> str:
    """Give the address of a file of the look; another one when its content has changed."""
    return url_for("static", filename=name, v=_version(name))


@cache
def _version(name: str) -> str:
    return sha256((STATIC / name).read_bytes()).hexdigest()[:8]


def same_page(**changes: str | int) -> str:
    """Give the address of this page with other arguments."""
    arguments = {**request.args.to_dict(), **(request.view_args or {}), **changes}
    return url_for(request.endpoint or "today.home", **arguments)


def register(app: Flask) -> None:
    """Make these functions of templates."""
    app.jinja_env.globals.update(menu=menu, asset=asset, same_page=same_page)
