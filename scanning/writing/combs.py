"""The combs of a question on a page → what stands in them."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from forms.layout import Field
from forms.paper.editions import CELL_MM
from scanning.template import PX_PER_MM, Grey, Points
from scanning.writing import cells
from scanning.writing.cells import Ink, Sheet
from scanning.writing.characters import Holds, Written, written
from scanning.writing.decoding import Decoded, Expected, Unsure, decoded
from scanning.writing.lines import without_lines
from scanning.writing.network import probabilities

PLACED_MIN: Final = 0.25
"""The least part of a full line's ink at the printed lines of a comb; below, it was not found."""

PRINTED_MIN: Final = 0.3
"""How dark the form's own print is at least, between paper and black."""


def read_combs(
    sheet: Sheet,
    fields: Sequence[Field],
    shifts_mm: Sequence[Points],
    expected: Expected,
    least: float,
    reference: Grey,
) -> tuple[Decoded, str]:
    """Say what the combs of one question hold, one after the other, and give the strip of their characters.

    `shifts_mm` tell how the page is bent at each; `least` is how dark ink is at least; `reference` is the page as
    printed.
    """
    found: list[Written] = []
    for field, shift in zip(fields, shifts_mm, strict=True):
        centres = cells.centres_mm(field)
        placed, clear = cells.found(sheet, centres, np.broadcast_to(shift, centres.shape))
        if clear < PLACED_MIN:
            return Decoded(None, Unsure.NOT_READ, ()), ""
        ink = without_lines(cells.cut(sheet, centres, placed))
        found += [written(one, least) for one in _unprinted(ink, centres, reference)]
    likely = probabilities(np.array([one.picture for one in found]))
    said = decoded(likely, [one.holds for one in found], expected, runs_out=any(one.runs_out for one in found))
    return said, _strip(found)


def _strip(found: Sequence[Written]) -> str:
    pictures = [one.picture for one in found if one.holds is not Holds.NOTHING]
    if not pictures:
        return ""
    beside = np.rint(np.hstack(pictures) * 255).astype(np.uint8)
    return b64encode(cv2.imencode(".png", beside)[1].tobytes()).decode("ascii")


def _unprinted(ink: Ink, centres: Points, reference: Grey) -> Ink:
    """Give the ink of cells without words that are printed above or below them."""
    half_x, half_y = cells.HALF_PX
    inside = round(CELL_MM[1] / 2 * PX_PER_MM) + 4
    for one, (x, y) in zip(ink, np.rint(centres * PX_PER_MM).astype(int).tolist(), strict=True):
        printed = reference[max(y - half_y, 0) : y + half_y + 1, max(x - half_x, 0) : x + half_x + 1] < 255 * (
            1 - PRINTED_MIN
        )
        if printed.shape == one.shape:
            printed[half_y - inside : half_y + inside + 1] = False
            rows = np.flatnonzero(printed.any(axis=1))
            above, below = rows[rows < half_y], rows[rows > half_y]
            one[: (above[-1] + 2) if len(above) else 0] = 0
            one[(below[0] - 1) if len(below) else len(one) :] = 0
    return ink
