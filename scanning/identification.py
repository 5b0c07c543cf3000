"""Machine codes → which printing, page and copy a page is."""

from typing import Final

import cv2
import numpy as np
import zxingcpp

from forms.codes.machine import MachineCode, parse
from scanning.template import Grey, Points

QR: Final = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])

MODULE_PX: Final = 5
"""Px a module in the straightened crop of a code; zxing reads from 2 on."""

QUIET: Final = 0.16
"""White around a code, as a part of its side, that is cut out with it."""

CROP_PX: Final = int(21 * MODULE_PX * (1 + 2 * QUIET))


def code_at(image: Grey, corners_px: Points) -> MachineCode | None:
    """Read the machine code whose corners lie at four points, clockwise from its top left."""
    margin = QUIET * CROP_PX / (1 + 2 * QUIET)
    low, high = margin, CROP_PX - margin
    square = np.array([[low, low], [high, low], [high, high], [low, high]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners_px.astype(np.float32), square)
    crop = cv2.warpPerspective(image, matrix, (CROP_PX, CROP_PX), flags=cv2.INTER_LINEAR, borderValue=255)
    return _read(np.asarray(crop, dtype=np.uint8))


def codes_anywhere(image: Grey) -> list[MachineCode]:
    """Read every machine code of ours in an image, each once."""
    found = zxingcpp.read_barcodes(image, formats=QR)
    codes = [parse(barcode.text) for barcode in found]
    return list(dict.fromkeys(code for code in codes if code is not None))


def _read(crop: Grey) -> MachineCode | None:
    found = zxingcpp.read_barcode(crop, formats=QR, try_invert=False)
    return parse(found.text) if found is not None else None
