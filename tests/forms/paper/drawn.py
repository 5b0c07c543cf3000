"""The lines of a finished page: a path of pdfium → its parts → the rules and sides of frames among them."""

import ctypes
from typing import Any

from pypdfium2 import raw

from tests.forms.paper.area import Area, area_of_pt

EMPTY = Area(0, 0, 0, 0)

THIN_MM = 1.7
"""A filled rectangle no thicker than this is a line; a thicker one is a tint behind words."""

NOTHING_MM = 0.01
"""A side of a frame no thicker than this is not drawn."""


def parts_of(path: Any, height: float) -> list[Area]:
    """Give the extent of each closed part of a path on a page of that height in pt."""
    matrix = path.get_matrix()
    parts: list[list[tuple[float, float]]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            parts.append([])
        parts[-1].append(matrix.on_point(x.value, y.value))
    return [_extent(part, height) for part in parts if len(part) > 1]


def _extent(points: list[tuple[float, float]], height: float) -> Area:
    across, up = zip(*points, strict=True)
    return area_of_pt((min(across), min(up), max(across), max(up)), height)


def lines_of(parts: list[Area]) -> list[Area]:
    """Give what a path draws of lines: itself when it is thin, the sides when it is a frame (one part in another)."""
    if len(parts) == 1:
        return [part for part in parts if min(part.width, part.height) <= THIN_MM]
    inner, outer = sorted(parts, key=lambda part: (part.width, part.height)) if len(parts) == 2 else (EMPTY, EMPTY)
    if not inner.lies_in(outer, NOTHING_MM):
        return []
    sides = (
        outer._replace(right=inner.left),
        outer._replace(left=inner.right),
        outer._replace(bottom=inner.top),
        outer._replace(top=inner.bottom),
    )
    return [side for side in sides if min(side.width, side.height) > NOTHING_MM]
