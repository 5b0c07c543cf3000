"""What a kiosk's browser proves itself by: the kiosk's key, for good, and a person's key, until all is wiped."""

import secrets
from typing import Final
from urllib.parse import urlsplit

from flask import Request, Response

KIOSK: Final = "sayso-kiosk"
SITTING: Final = "sayso-sitting"
PATH: Final = "/kiosk"

KIOSK_SECONDS: Final = 400 * 24 * 3600
"""The most that browsers keep a cookie; it is given again with every start screen."""

KEY_BYTES: Final = 24


def new_key() -> str:
    """Give a key for one person's sitting, which nobody guesses."""
    return secrets.token_urlsafe(KEY_BYTES)


def give_kiosk(response: Response, key: str, *, https: bool) -> None:
    """Have the browser keep the kiosk's key."""
    response.set_cookie(KIOSK, key, max_age=KIOSK_SECONDS, path=PATH, httponly=True, samesite="Strict", secure=https)


def give_sitting(response: Response, key: str, *, https: bool) -> None:
    """Have the browser keep a person's key until it is closed."""
    response.set_cookie(SITTING, key, path=PATH, httponly=True, samesite="Strict", secure=https)


def is_from_here(request: Request) -> bool:
    """Tell whether a form was sent from a page of this site, by what browsers say of it."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host
