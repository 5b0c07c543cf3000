"""A place to write lines in → a draft of its words: its rows are told apart, and hand from print."""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from forms.layout import Field
from scanning.patches import FLAGS
from scanning.template import PX_PER_MM, Grey, Points
from scanning.writing.cells import Sheet
from scanning.writing.drafts import By, Draft, Unsure, Word
from scanning.writing.engines import Engines
from scanning.writing.rows import rows_of
from scanning.writing.styles import is_print
from scanning.writing.wording import Wording

INSET_MM: Final = 0.5
"""Left out along the inside of a box: its own line."""

RULE_MM: Final = 12.0
"""Level ink as long as this is a rule to write on, or a fold: no stroke is that straight."""

FAINT_MAX: Final = 0.4
"""How dark a rule is at most; an underlining by pen is darker and stays."""

LEAST: Final = 0.12
"""Ink fainter than this part of a box's darkest is paper."""

EDGE_MM: Final = 0.4
"""Writing that comes so near the edge of its box runs out of it."""

RUNS_OUT_MM: Final = 1.5
"""How much of the edge it must touch."""


def read_lines(sheet: Sheet, field: Field, shift_mm: Points, engines: Engines, wording: Wording | None = None) -> Draft:
    """Give the draft of one box, by the words of a language if one is given; "" where nothing could be read."""
    ink = ink_of(sheet, field, shift_mm)
    words, by = read_ink(ink, engines, wording)
    unsure = Unsure.RUNS_OUT if runs_out(ink) else None
    return Draft(field.name, by, said(words), False, unsure, (), words)


def read_ink(
    ink: npt.NDArray[np.float32], engines: Engines, wording: Wording | None = None
) -> tuple[tuple[Word, ...], By]:
    """Give the words of a box by its ink (height, width) from 0 to 1, at `PX_PER_MM`, and what read them."""
    rows = rows_of(ink)
    if not rows:
        return (), By.HAND
    if is_print(rows):
        return engines.print.box(_framed(ink)), By.PRINT
    return _joined(engines.hand.lines([row.picture for row in rows], wording)), By.HAND


def ink_of(sheet: Sheet, field: Field, shift_mm: Points) -> npt.NDArray[np.float32]:
    """Give the ink in a box without the rules to write on."""
    box = field.box_mm
    size = tuple(max(8, round((side - 2 * INSET_MM) * PX_PER_MM)) for side in (box.w, box.h))
    ends = np.array([[box.x, box.y], [box.right, box.y], [box.right, box.bottom], [box.x, box.bottom]])
    inset = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]]) * INSET_MM
    places = sheet.registration.to_px(ends + inset + shift_mm)
    corners = np.array([[0, 0], [size[0] - 1, 0], [size[0] - 1, size[1] - 1], [0, size[1] - 1]])
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), places.astype(np.float32))
    seen = cv2.warpPerspective(sheet.image, matrix, size, flags=FLAGS, borderMode=cv2.BORDER_REPLICATE)
    ink = sheet.tone.ink(np.asarray(seen, np.uint8)[None], places.mean(axis=0)[None])[0]
    return without_rules(ink)


def without_rules(ink: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Give ink without long, level, faint lines; what crosses them stays as dark as it is beyond them."""
    kernel = np.ones((1, round(RULE_MM * PX_PER_MM)), np.uint8)
    level = np.minimum(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), FAINT_MAX)
    return np.asarray(np.maximum(ink - level, 0) / np.maximum(1 - level, 0.5), dtype=np.float32)


def runs_out(ink: npt.NDArray[np.float32]) -> bool:
    """Tell whether strokes go on beyond the edge of a box."""
    edge, dark = max(1, round(EDGE_MM * PX_PER_MM)), ink > max(LEAST, 0.5 * float(ink.max()))
    sides = (dark[:, -edge:].all(axis=1), dark[:, :edge].all(axis=1), dark[:edge].all(axis=0), dark[-edge:].all(axis=0))
    return max(int(side.sum()) for side in sides) >= RUNS_OUT_MM * PX_PER_MM


def said(words: Sequence[Word]) -> str:
    """Give words as they are written, line by line."""
    return "".join(word.text + ("\n" if word.ends_line else " ") for word in words).strip()


def _joined(lines: Sequence[Sequence[Word]]) -> tuple[Word, ...]:
    found: list[Word] = []
    for line in lines:
        found += [*line[:-1], *(Word(word.text, word.confidence, ends_line=True) for word in line[-1:])]
    return tuple(found)


def _framed(ink: npt.NDArray[np.float32]) -> Grey:
    """Give ink as dark print on white, twice as large: Tesseract wants 300 dpi."""
    seen = 255 - np.rint(np.clip(ink / max(float(np.percentile(ink, 99.5)), 0.3), 0, 1) * 255).astype(np.uint8)
    large = cv2.resize(seen, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.copyMakeBorder(large, 20, 20, 20, 20, cv2.BORDER_CONSTANT, value=255), dtype=np.uint8)
