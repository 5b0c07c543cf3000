"""The frame around every page: its menu, and the addresses of style sheets and scripts."""

from collections.abc import Mapping
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
    ("Print", "runs.listing"),
    ("Post", "batches.listing"),
    ("Needs you", "aside.listing"),
    ("Review", "review.start"),
    ("Alerts", "alerts.listing"),
    ("Figures", "dashboard.home"),
    ("Settings", "installation.settings"),
)
"""The words of the menu, and the page that each leads to."""

SIDES: Final = {
    "households": (("Households", "households.listing"), ("People", "people.search")),
    "review": (("Doubts", "review.start"), ("Quality check", "checks.listing")),
    "dashboard": (
        ("Dashboard", "dashboard.home"),
        ("Measures", "dashboard.measures"),
        ("Who is heard", "dashboard.heard"),
        ("Benchmarks", "dashboard.benchmarks.show"),
        ("Form results", "results.listing"),
        ("Reports", "publishing.listing"),
        ("Exports", "exports.listing"),
        ("Import", "collected.choose"),
    ),
    "installation": (
        ("Settings", "installation.settings"),
        ("Officers", "officers.listed"),
        ("Audit", "audit.events"),
    ),
}
"""What stands side by side beneath one entry of the menu, by that entry's blueprint: the words and the pages."""

ABOVE: Final[Mapping[str, str]] = {
    endpoint.split(".")[0]: entry for entry, pages in SIDES.items() for _, endpoint in pages
}
"""The blueprint of the menu's entry that a blueprint stands beneath."""

STATIC: Final = Path(__file__).resolve().parents[1] / "static"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu."""

    words: str
    address: str
    is_here: bool


def menu() -> list[Entry]:
    """Give what the officer who is signed in may open."""
    here = _entry_here()
    return [Entry(words, url_for(page), here == page.split(".")[0]) for words, page in MENU if may_open(page)]


def sides() -> list[Entry]:
    """Give the pages that stand side by side with this one, this one among them, that the officer may open."""
    pages = SIDES.get(_entry_here(), ())
    return [Entry(words, url_for(page), request.endpoint == page) for words, page in pages if may_open(page)]


def _entry_here() -> str:
    part = (request.endpoint or "").split(".")[0]
    return ABOVE.get(part, part)


def may_open(endpoint: str) -> bool:
    """Tell whether whoever is signed in may open a page."""
    return Role(current_user.officer.role).includes(role_of(endpoint))


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


def is_swapped_in() -> bool:
    """Tell whether htmx takes only the main part of this page: the rest need not be made."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def register(app: Flask) -> None:
    """Make these functions of templates."""
    functions = (menu, sides, may_open, asset, same_page, is_swapped_in)
    app.jinja_env.globals.update({function.__name__: function for function in functions})
