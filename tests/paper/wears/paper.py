"""What happens to the paper itself before it is scanned. Positions are exact: nothing moves."""

import cv2
import numpy as np

from tests.paper.pens import Image
from tests.paper.scans import Scan, paint
from tests.paper.wears import Step

FRACTION = 4
"""Bits of a pixel to which outlines are drawn."""


def _px(scan: Scan, x_mm: float, y_mm: float) -> tuple[int, int]:
    """Give a point for OpenCV's drawing with `FRACTION` bits."""
    x, y = scan.px_per_mm
    return round((x_mm * x - 0.5) * 2**FRACTION), round((y_mm * y - 0.5) * 2**FRACTION)


def _through(scan: Scan, rng: np.random.Generator, depth: float, blur_mm: float, side: Image) -> Image:
    """Give the page with a side's darkness (255 is none) seen through it: mirrored, blurred, a little off."""
    grey = side if side.ndim == 2 else cv2.cvtColor(side, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(cv2.flip(grey, 1), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    blurred = cv2.GaussianBlur(small, (0, 0), blur_mm * scan.px_per_mm[0] / 2)
    height, width = scan.image.shape[:2]
    shift = rng.uniform(-0.8, 0.8, 2) * scan.px_per_mm[0]
    move = np.array([[2, 0, 0.5 + shift[0]], [0, 2, 0.5 + shift[1]]])
    full = cv2.warpAffine(blurred, move, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
    kept = cv2.LUT(full, np.rint(255 - depth * (255 - np.arange(256))).astype(np.uint8))
    kept = kept if scan.image.ndim == 2 else cv2.merge([kept] * 3)
    return cv2.multiply(scan.image, kept, scale=1 / 255).astype(np.uint8, copy=False)


def bleed_through(scan: Scan, rng: np.random.Generator) -> Scan:
    """Let the print and ink of the other side show through thin paper, faintly."""
    if scan.back is None:
        return scan
    return scan.looking(_through(scan, rng, rng.uniform(0.05, 0.13), 0.22, scan.back))


def gel_bleed(scan: Scan, rng: np.random.Generator) -> Scan:
    """Let the other side's ink soak through, as a wet gel pen's does; its print hardly shows."""
    if scan.back is None or scan.back_printed is None:
        return scan
    ink = cv2.bitwise_not(cv2.absdiff(scan.back, scan.back_printed)).astype(np.uint8, copy=False)
    return scan.looking(_through(scan, rng, rng.uniform(0.2, 0.38), 0.3, ink))


def punch_holes(scan: Scan, rng: np.random.Generator) -> Scan:
    """Punch two holes of 6 mm, 80 mm apart (ISO 838), at the left or right edge."""
    image, reach = scan.image.copy(), 12 + rng.uniform(-1, 1)
    x = reach if rng.random() < 0.7 else scan.size_mm[0] - reach
    middle = scan.size_mm[1] / 2 + rng.uniform(-2, 2)
    radius = round(3 * scan.px_per_mm[0] * 2**FRACTION)
    for y in (middle - 40, middle + 40):
        centre = _px(scan, x, y)
        cv2.circle(image, centre, radius, paint(image, 150), 5, cv2.LINE_AA, FRACTION)
        cv2.circle(image, centre, radius, paint(image, scan.lid), -1, cv2.LINE_AA, FRACTION)
    return scan.looking(image)


def staple(scan: Scan, rng: np.random.Generator) -> Scan:
    """Leave a staple in the top left corner, or the two holes and the scar of one pulled out."""
    image = scan.image.copy()
    x, y, turn = rng.uniform(6, 13), rng.uniform(6, 13), np.deg2rad(rng.uniform(-55, -30))
    reach = np.array([np.cos(turn), np.sin(turn)]) * 6
    one, other = _px(scan, x - reach[0], y - reach[1]), _px(scan, x + reach[0], y + reach[1])
    wire = round(0.5 * scan.px_per_mm[0])
    if rng.random() < 0.6:
        cv2.line(image, one, other, paint(image, 70), wire + 3, cv2.LINE_AA, FRACTION)
        cv2.line(image, one, other, paint(image, 190), max(1, wire - 2), cv2.LINE_AA, FRACTION)
    else:
        cv2.line(image, one, other, paint(image, 222), wire, cv2.LINE_AA, FRACTION)
        for end in (one, other):
            cv2.circle(
                image, end, round(0.5 * scan.px_per_mm[0] * 2**FRACTION), paint(image, 40), -1, cv2.LINE_AA, FRACTION
            )
    return scan.looking(image)


def torn_corner(scan: Scan, rng: np.random.Generator) -> Scan:
    """Tear one corner off with its mark, 24 to 38 mm along each edge, on a ragged line."""
    image, (width, height) = scan.image.copy(), scan.size_mm
    along, down = rng.uniform(24, 38, 2)
    share = np.linspace(0, 1, 26)[:, None]
    ragged = np.array([along, 0]) * (1 - share) + np.array([0, down]) * share
    ragged += rng.normal(0, 0.5, ragged.shape) * np.sin(np.pi * share)
    outline = np.vstack([[-5, -5], [along, -5], ragged, [-5, down]])
    if rng.random() < 0.5:
        outline[:, 0] = width - outline[:, 0]
    if rng.random() < 0.5:
        outline[:, 1] = height - outline[:, 1]
    polygon = np.array([_px(scan, x, y) for x, y in outline])
    cv2.polylines(image, [polygon], True, paint(image, 205), 7, cv2.LINE_AA, FRACTION)
    cv2.fillPoly(image, [polygon], paint(image, scan.lid), cv2.LINE_AA, FRACTION)
    return scan.looking(image)


def coffee_ring(scan: Scan, rng: np.random.Generator) -> Scan:
    """Set a wet cup down on the page: a brown ring of uneven strength, paler within."""
    x, y = scan.px_per_mm
    centre = np.array(scan.size_mm) * rng.uniform(0.2, 0.8, 2)
    radius, reach = rng.uniform(36, 43), 50
    left, top = (max(0, round((at - reach) * each)) for at, each in zip(centre, (x, y), strict=True))
    patch = scan.image[top : round((centre[1] + reach) * y), left : round((centre[0] + reach) * x)]
    rows, columns = np.ogrid[: patch.shape[0], : patch.shape[1]]
    across = ((columns + left + 0.5) / x - centre[0]).astype(np.float32)
    down = ((rows + top + 0.5) / y - centre[1]).astype(np.float32)
    angle = np.arctan2(down, across)
    out = np.hypot(across, down) - radius - 0.5 * np.sin(2 * angle + 1) - 0.3 * np.sin(5 * angle)
    uneven = 0.62 + 0.38 * np.sin(angle + rng.uniform(0, 6)) * np.cos(2 * angle + rng.uniform(0, 6))
    depth = uneven * (0.16 * np.exp(-((out / 1.6) ** 2)) + 0.2 * np.exp(-(((out - 1.4) / 0.35) ** 2))) + 0.02 * (
        out < 0
    )
    taken = depth if patch.ndim == 2 else depth[..., None] * np.array([1.9, 1.1, 0.6], np.float32)
    image = scan.image.copy()
    image[top : top + patch.shape[0], left : left + patch.shape[1]] = np.clip(patch * (1 - taken), 0, 255).astype(
        np.uint8
    )
    return scan.looking(image)


ON_PAPER: tuple[Step, ...] = (bleed_through, gel_bleed, punch_holes, staple, torn_corner, coffee_ring)
