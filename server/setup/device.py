"""The files that make a device a kiosk: its service, what its browser may do, and the page that it starts on."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from kiosk.frame import PX_PER_MM
from server.errors import RefusedError
from server.setup.filling import filled
from server.sittings.full_size import CHROMIUM_OPTIONS

USER: Final = "sayso-kiosk"
START: Final = Path("/etc/sayso-kiosk/start.html")
INSTALLER: Final = "install-kiosk.sh"
KEY: Final = re.compile(r"[A-Z0-9]{32}")

HOST: Final = re.compile(r"[\w.-]+(:\d+)?|\[[0-9a-fA-F:]+\](:\d+)?")


def files(address: str, key: str, *, px_per_mm: float | None = None, assumed: float | None = None) -> Mapping[str, str]:
    """Give the files by their names; `RefusedError` for an address or key that cannot be one.

    `px_per_mm` is the device's own screen, `assumed` what the installation's settings say: the browser is scaled by the
    difference, so that a millimetre is a millimetre on this screen too.
    """
    values = {
        "address": _checked_address(address),
        "key": _checked_key(key),
        "user": USER,
        "start": START,
        "options": (*CHROMIUM_OPTIONS, *_scale(px_per_mm, assumed or PX_PER_MM)),
    }
    names = ("sayso-kiosk.service", "sayso-kiosk.json", "kiosk-keys", "kiosk-rules", START.name, INSTALLER)
    return {name: filled(name, **values) for name in names}


def _scale(px_per_mm: float | None, assumed: float) -> tuple[str, ...]:
    return () if px_per_mm is None else (f"--force-device-scale-factor={px_per_mm / assumed:.3f}",)


def _checked_address(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not HOST.fullmatch(parts.netloc) or parts.path.strip("/"):
        raise RefusedError(f"{address}: give the site's address alone, as in https://sayso.example.org")
    return f"{parts.scheme}://{parts.netloc}"


def _checked_key(key: str) -> str:
    checked = "".join(key.split()).upper()
    if not KEY.fullmatch(checked):
        raise RefusedError(
            "This is not a kiosk's key. It has 32 letters and digits, as shown once on the page Settings."
        )
    return checked
