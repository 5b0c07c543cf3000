"""Codes from an officer's telephone (RFC 6238): six digits, new every 30 seconds, each taken once."""

from datetime import datetime

import pyotp
import zxingcpp

from server.models.base import now
from server.models.officers import Officer

STEP_SECONDS = 30
DRIFT_STEPS = 1
"""A telephone's clock may be this far off."""

QR_SCALE = 5
"""Pixels to a module: about 280 in all, which a telephone reads at arm's length."""


def new_secret() -> str:
    """Give a new secret, as telephones take it."""
    return pyotp.random_base32()


def takes_code(officer: Officer, code: str) -> bool:
    """Tell whether a code is right, and note that it was used: none is taken twice."""
    step = step_of(officer.totp_secret, code) if officer.totp_secret else None
    if step is None or step <= officer.totp_last_step:
        return False
    officer.totp_last_step = step
    return True


def step_of(secret: str, code: str, at: datetime | None = None) -> int | None:
    """Give the time step that a code belongs to; None when it belongs to none that is near."""
    digits = "".join(code.split())
    present = int((at or now()).timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1):
        if pyotp.utils.strings_equal(totp.at(step * STEP_SECONDS), digits):
            return step
    return None


def grouped(secret: str) -> str:
    """Give a secret in groups of four letters, for whoever types it."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def qr_svg(secret: str, username: str, landlord: str) -> str:
    """Give the QR code that a telephone takes the secret from, as an SVG drawing."""
    address = pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=f"Sayso, {landlord.replace(':', ' ')}")
    drawing = str(zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode).to_svg(scale=QR_SCALE))
    return drawing[drawing.index("<svg") :]  # without a document type, which would name an address elsewhere
