"""Machine codes → which printing, page and copy a page is, and where exactly each code lies."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import zxingcpp

from forms.codes.machine import MachineCode, parse
from forms.paper.marks import CODE_MODULES, code_bits
from scanning.template import Grey, Points

QR: Final = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])

MODULE_PX: Final = 5
"""Px a module in the straightened crop of a code; zxing reads from 2 on."""

QUIET_PX: Final = 17
"""White around a code that is cut out with it: 3.4 modules, to hold a code that is not quite where it should be."""

SIDE_PX: Final = CODE_MODULES * MODULE_PX
CROP_PX: Final = SIDE_PX + 2 * QUIET_PX

QUARTER_PX: Final = 8 * MODULE_PX
"""The parts in whose middles a code is found again: each holds a finder pattern, or as much of the words."""

AGAIN_PX: Final = 2 * MODULE_PX
"""How far off each part is looked for: zxing guesses the corner that has no finder pattern up to a module wrong."""

CLEAR_MIN: Final = 0.5
"""The least likeness of all four parts (1 is the same) for the corners found again to be trusted."""


@dataclass(frozen=True, slots=True, eq=False)
class FoundCode:
    """A machine code of ours in an image: its words, and its corners in px (4, 2), clockwise from its top left."""

    code: MachineCode
    corners: Points


def code_at(image: Grey, corners_px: Points) -> FoundCode | None:
    """Read the machine code whose corners lie near four points, clockwise from its top left."""
    crop, matrix = _straightened(image, corners_px)
    found = zxingcpp.read_barcode(crop, formats=QR, try_invert=False)
    code = parse(found.text) if found is not None else None
    if code is None or found is None:
        return None
    return FoundCode(code, _back(matrix, _corners(found.position)))


def codes_anywhere(image: Grey) -> list[FoundCode]:
    """Read every machine code of ours in an image; a page bears the same one twice."""
    codes = [(parse(one.text), _corners(one.position)) for one in zxingcpp.read_barcodes(image, formats=QR)]
    return [FoundCode(code, corners) for code, corners in codes if code is not None]


def placed(image: Grey, found: FoundCode) -> FoundCode | None:
    """Give a code with its corners to a fraction of a px: found again by all of its modules, not by three corners.

    None where they are not there: zxing also reads a code in mirror writing, which shows through from the back.
    """
    crop, matrix = _straightened(image, found.corners)
    wanted = np.asarray(cv2.GaussianBlur(_drawn(found.code), (0, 0), MODULE_PX / 3), dtype=np.uint8)
    last = SIDE_PX - QUARTER_PX
    parts = np.array([(0, 0), (last, 0), (last, last), (0, last)])
    moves, clear = zip(*(_moved(crop, wanted, *map(int, part)) for part in parts), strict=True)
    if min(clear) < CLEAR_MIN:
        return None
    middles = parts + QUIET_PX + QUARTER_PX / 2 - 0.5
    affine = cv2.getPerspectiveTransform(middles.astype(np.float32), (middles + moves).astype(np.float32))
    corners = cv2.perspectiveTransform(_square()[None], affine)[0]
    return FoundCode(found.code, _back(matrix, np.asarray(corners, dtype=np.float64)))


def _corners(position: zxingcpp.Position) -> Points:
    """Give zxing's corners as OpenCV counts px: from the middle of the first."""
    corners = position.top_left, position.top_right, position.bottom_right, position.bottom_left
    return np.array([(corner.x, corner.y) for corner in corners], dtype=np.float64) - 0.5


def _square() -> Points:
    low, high = QUIET_PX - 0.5, QUIET_PX + SIDE_PX - 0.5
    return np.array([[low, low], [high, low], [high, high], [low, high]])


def _straightened(image: Grey, corners_px: Points) -> tuple[Grey, Points]:
    """Give a code upright with its quiet zone, and the matrix that led there."""
    matrix = cv2.getPerspectiveTransform(corners_px.astype(np.float32), _square().astype(np.float32))
    crop = cv2.warpPerspective(image, matrix, (CROP_PX, CROP_PX), flags=cv2.INTER_LINEAR, borderValue=255)
    return np.asarray(crop, dtype=np.uint8), np.asarray(matrix, dtype=np.float64)


def _back(matrix: Points, corners: Points) -> Points:
    moved = cv2.perspectiveTransform(corners[None], np.linalg.inv(matrix))
    return np.asarray(moved[0], dtype=np.float64)


def _drawn(code: MachineCode) -> Grey:
    """Give a code as it is printed, without its quiet zone."""
    rows = np.frombuffer(code_bits(code.words()), dtype=np.uint8).reshape(CODE_MODULES, -1)
    modules = np.unpackbits(rows, axis=1)[:, :CODE_MODULES] * np.uint8(255)
    return np.asarray(modules.repeat(MODULE_PX, axis=0).repeat(MODULE_PX, axis=1), dtype=np.uint8)


def _moved(crop: Grey, wanted: Grey, left: int, top: int) -> tuple[tuple[float, float], float]:
    """Give how far a part of a code is from its place in the crop, to a part of a px, and how alike it is."""
    part = wanted[top : top + QUARTER_PX, left : left + QUARTER_PX]
    start_x, start_y = left + QUIET_PX - AGAIN_PX, top + QUIET_PX - AGAIN_PX
    reach = QUARTER_PX + 2 * AGAIN_PX
    place = crop[start_y : start_y + reach, start_x : start_x + reach]
    likeness = np.asarray(cv2.matchTemplate(place, part, cv2.TM_CCOEFF_NORMED), dtype=np.float64)
    _, best, _, (x, y) = cv2.minMaxLoc(likeness)
    return (x + _part(likeness[y], x) - AGAIN_PX, y + _part(likeness[:, x], y) - AGAIN_PX), float(best)


def _part(line: Points, best: int) -> float:
    """Give how far a parabola through the best and its neighbours peaks from it, -0.5 to 0.5."""
    if not 0 < best < len(line) - 1:
        return 0.0
    low, mid, high = map(float, line[best - 1 : best + 2])
    bend = low - 2 * mid + high
    return float(np.clip(0.5 * (low - high) / bend, -0.5, 0.5)) if bend < 0 else 0.0
