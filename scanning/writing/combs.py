"""The combs of a page → what stands in them, question by question; all cells are looked at in one go."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from forms.layout import Field
from forms.paper.editions import CELL_MM
from scanning.template import PX_PER_MM, Grey, Points
from scanning.writing import cells
from scanning.writing.alphabet import CLASSES
from scanning.writing.cells import Ink, Sheet
from scanning.writing.characters import Holds, Written, written
from scanning.writing.decoding import Decoded, Expected, decoded
from scanning.writing.drafts import Unsure
from scanning.writing.lines import without_lines
from scanning.writing.network import Probabilities, probabilities

PLACED_MIN: Final = 0.25
"""The least part of a full line's ink at the printed lines of a comb; below, it was not found."""

NOT_FOUND: Final = Decoded(None, Unsure.NOT_READ, ())

PRINTED_MIN: Final = 0.3
"""How dark the form's own print is at least, between paper and black."""


@dataclass(frozen=True, slots=True, eq=False)
class Combs:
    """The combs of one question, one after the other: what they can say, and how the page is bent at each.

    `least` is how dark ink is at least.
    """

    name: str
    fields: tuple[Field, ...]
    shifts_mm: tuple[Points, ...]
    expected: Expected
    least: float


def read_combs(sheet: Sheet, combs: Sequence[Combs], reference: Grey) -> list[tuple[Decoded, str]]:
    """Say what the combs of each question hold, and give the strip of their characters.

    `reference` is the page as printed.
    """
    places = [_places(sheet, one) for one in combs]
    known = [place for place in places if place is not None]
    if not known:
        return [(NOT_FOUND, "")] * len(combs)
    centres, shifts = (np.concatenate(parts) for parts in zip(*known, strict=True))
    ink = _unprinted(without_lines(cells.cut(sheet, centres, shifts)), centres, reference)
    least = [one.least for one, place in zip(combs, places, strict=True) if place is not None for _ in place[0]]
    found = [written(cell, faintest) for cell, faintest in zip(ink, least, strict=True)]
    likely = _likely(found)
    said, start = [], 0
    for one, place in zip(combs, places, strict=True):
        own = slice(start, start + (len(place[0]) if place is not None else 0))
        start = own.stop
        said.append(_said(found[own], likely[own], one.expected) if place is not None else (NOT_FOUND, ""))
    return said


def _places(sheet: Sheet, combs: Combs) -> tuple[Points, Points] | None:
    """Give where a question's cells are on the flat page, and how far from there; None where a comb is not found."""
    every = []
    for field, shift in zip(combs.fields, combs.shifts_mm, strict=True):
        centres = cells.centres_mm(field)
        placed, clear = cells.found(sheet, centres, np.broadcast_to(shift, centres.shape))
        if clear < PLACED_MIN:
            return None
        every.append((centres, placed))
    centres, shifts = (np.concatenate(parts) for parts in zip(*every, strict=True))
    return centres, shifts


def _likely(found: Sequence[Written]) -> Probabilities:
    """Give how likely each cell shows each character; of empty ones nothing."""
    filled = [number for number, one in enumerate(found) if one.holds is not Holds.NOTHING]
    likely = np.zeros((len(found), len(CLASSES) + 1))
    if filled:
        likely[filled] = probabilities(np.array([found[number].picture for number in filled]))
    return likely


def _said(found: Sequence[Written], likely: Probabilities, expected: Expected) -> tuple[Decoded, str]:
    holds, runs_out = [one.holds for one in found], any(one.runs_out for one in found)
    return decoded(likely, holds, expected, runs_out=runs_out), _strip(found)


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
