"""A page of dots at known places, to see whether a wear's mapping says where they went."""

import cv2
import numpy as np

from tests.paper.pens import Image
from tests.paper.scans import Points, Scan
from tests.paper.sheets import FilledPage
from tests.paper.truth import PageTruth

SIZE_MM = (210.0, 297.0)
SIZE_PX = (2481, 3508)
PX_PER_MM = (SIZE_PX[0] / SIZE_MM[0], SIZE_PX[1] / SIZE_MM[1])
RADIUS_MM = 1.3
MIDDLE_MM = (105.0, 148.5)
NOMINAL = 300 / 25.4
FRACTION = 8

NOTHING = PageTruth("", None, 1, (), (), ())


def dotted_page(*, colour: bool) -> tuple[FilledPage, Points]:
    """Give an A4 page with dots all over its middle, and their places in mm."""
    places = np.array([(x, y) for x in range(45, 170, 20) for y in range(45, 260, 20)], dtype=np.float64)
    places += np.random.default_rng(4).uniform(-2, 2, places.shape)
    page: Image = np.full(SIZE_PX[::-1], 255, np.uint8)
    for x, y in ((places * PX_PER_MM - 0.5) * 2**FRACTION).round().astype(int).tolist():
        cv2.circle(page, (x, y), round(RADIUS_MM * NOMINAL * 2**FRACTION), 0, -1, cv2.LINE_AA, FRACTION)
    if colour:
        page = np.repeat(page[..., None], 3, axis=2)
    return FilledPage(page, page, PX_PER_MM, SIZE_MM, NOTHING), places


def misses_px(scan: Scan, places_mm: Points) -> Points:
    """Give how far each dot lies from where the mapping says, in px of 300 dpi along both axes of the image."""
    grey = scan.image if scan.image.ndim == 2 else scan.image[..., 1]
    x, y = MIDDLE_MM
    px_per_mm = np.abs(np.diff(scan.mapping([(x, y), (x + 1, y), (x, y), (x, y + 1)]), axis=0)[::2]).max(axis=0)
    said = scan.mapping(places_mm)
    found = np.array([_middle(grey, place, px_per_mm * 2 * RADIUS_MM) for place in said])
    misses: Points = (found - said) / px_per_mm * NOMINAL
    return misses


def _middle(grey: Image, near: Points, reach: Points) -> Points:
    """Give the middle of the darkness around a place."""
    left, top = (near - reach).astype(int)
    right, bottom = (near + reach).astype(int) + 1
    part = grey[top:bottom, left:right].astype(float)
    darkness = np.percentile(part, 80) - part
    darkness[darkness < 0.4 * darkness.max()] = 0
    rows, columns = np.mgrid[: part.shape[0], : part.shape[1]] + 0.5
    middle: Points = np.array([(darkness * columns).sum(), (darkness * rows).sum()]) / darkness.sum()
    middle += (left, top)
    return middle
