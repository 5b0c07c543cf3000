"""Headers on every page: nothing is loaded from elsewhere, nothing runs inline, nothing is kept by caches."""

from typing import Final

from flask import Response, current_app, request

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self' blob:",  # what a person typed is read aloud from memory: it has no address
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

STATIC_SECONDS: Final = 3600
"""How long a browser keeps style sheets and scripts; their addresses change with their content."""


def secured(response: Response) -> Response:
    """Add the headers; pages about people are kept by no cache, files of the look are."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        response.headers["Cache-Control"] = f"public, max-age={STATIC_SECONDS}"
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    if current_app.config["SESSION_COOKIE_SECURE"]:  # TLS ends before this process: the request itself does not tell
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
