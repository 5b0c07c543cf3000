"""How far the inner edge of each printed tick box is from its field's box, on pages rendered at 300 dpi.

An edge is found to a fraction of a pixel by itself: across a side of the box, averaged along its middle, the grey
from the box's middle outwards is summed up to the line's dark core. An anti-aliased pixel is as dark as it is covered,
so the sum says where the line begins.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pypdfium2

from tests.forms.paper import Case, printing
from tests.forms.paper.area import MM, Area
from tests.forms.paper.seen import area_of, pages

DPI = 300
AROUND_MM = 1.0
"""What is looked at beyond the box: its line of 0.35 mm and white."""

ALONG = (0.25, 0.75)
"""The part of a side that is averaged: the corners belong to two sides."""

CORE = 0.95
"""Where a line is as dark as this part of its darkest, its core has begun."""

Grey = npt.NDArray[np.float64]


def gaps_mm(cases: Sequence[Case]) -> list[tuple[Case, list[float]]]:
    """Give, for each printing, the distance of each side of each tick box from its field's box."""
    return [(case, list(_gaps_of(case))) for case in cases]


def _gaps_of(case: Case) -> Iterator[float]:
    document = pypdfium2.PdfDocument(printing(case).pdf)
    for page in pages(case):
        if page.ticks:
            grey, px_per_mm = rendered(document[page.number - 1])
            for field in page.ticks:
                yield from side_gaps_mm(grey, px_per_mm, area_of(field))
    document.close()


def rendered(page: pypdfium2.PdfPage, dpi: int = DPI) -> tuple[Grey, tuple[float, float]]:
    """Give a page without its fields as darkness from 0 to 1, and the pixels of a mm across and down.

    The two differ a little: the renderer stretches a page to whole pixels.
    """
    width_pt, height_pt = page.get_size()
    bitmap = page.render(scale=dpi / 72, grayscale=True, draw_annots=False)
    grey = 1 - bitmap.to_numpy().reshape(bitmap.height, bitmap.width).astype(np.float64) / 255
    return grey, (bitmap.width / (width_pt * MM), bitmap.height / (height_pt * MM))


def side_gaps_mm(grey: Grey, px_per_mm: tuple[float, float], box: Area) -> tuple[float, float, float, float]:
    """Give how far the line lies within (-) or beyond (+) the box at its left, right, top and bottom, in mm."""
    left, right = _pair_mm(grey, px_per_mm, (box.left, box.right), (box.top, box.bottom))
    top, bottom = _pair_mm(grey.T, px_per_mm[::-1], (box.top, box.bottom), (box.left, box.right))
    return box.left - left, right - box.right, box.top - top, bottom - box.bottom


def _pair_mm(
    grey: Grey, px_per_mm: tuple[float, float], across: tuple[float, float], along: tuple[float, float]
) -> tuple[float, float]:
    """Give where the two lines that a box has across the picture begin, seen from its middle, in mm."""
    (low, high), (first, last), (scale, other_scale) = across, along, px_per_mm
    rows = slice(*(round((first + part * (last - first)) * other_scale) for part in ALONG))
    middle = round((low + high) / 2 * scale)
    after = grey[rows, middle : round((high + AROUND_MM) * scale)].mean(axis=0)
    before = grey[rows, round((low - AROUND_MM) * scale) : middle].mean(axis=0)[::-1]
    return (middle - edge_px(before)) / scale, (middle + edge_px(after)) / scale


def edge_px(darkness: Grey) -> float:
    """Give where a line begins along a profile that starts in white: `ValueError` when there is no line."""
    darkest = float(darkness.max(initial=0.0))
    if darkest < 0.5 or darkness[0] > 0.05:
        raise ValueError("no line is printed around the box")
    core = int(np.argmax(darkness >= CORE * darkest))
    return core + 1 - float(darkness[: core + 1].sum()) / darkest
