"""What was seen where: the page with its boxes framed by state, and beside it what is doubted and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from scanning.pictures.drawing import DOUBT, PAPER, Canvas, rectangle
from scanning.pictures.encoding import jpeg_within, scaled
from scanning.pictures.panel import PANEL_HIGH_PX, PANEL_PX, Note, panel
from scanning.pipeline import Located
from scanning.readings import MarkReading, SetAside
from scanning.settling import question_name
from scanning.template import Grey, Points, TickBox

LONG_PX: Final = 1600
"""The longer side of the page in the picture, at the most."""

LONG_MIN_PX: Final = 1200
"""Smaller pages are enlarged to it, so that frames do not hide what is in the boxes."""

MAX_BYTES: Final = 1_500_000

FRAME_PX: Final = 4.0
"""Between a box and its frame."""

BAR_PART: Final = 0.75
"""Where in the margin, as a part of its width, a bar stands along a doubted question."""

BAR_OVER_MM: Final = 4.0
"""How far it reaches beyond the boxes."""

BAR_PX: Final = 5

FADED: Final = 0.8
"""How much of the page's darkness is kept, so that frames stand out."""


@dataclass(frozen=True, slots=True)
class View:
    """How px of the image become px of the picture: turned upright by quarters, then scaled."""

    matrix: Points
    """(2, 3)."""

    def at(self, points: Points) -> Points:
        """Give points (n, 2) of the image, told from its corner, in the picture."""
        return np.asarray(points @ self.matrix[:, :2].T + self.matrix[:, 2])


def overlay(image: Grey, outcomes: Sequence[Located | SetAside]) -> bytes:
    """Give a JPEG of the image, turned upright, with everything that was read in it."""
    quarters = _quarters(outcomes)
    scale = _scale(image)
    upright = scaled(np.rot90(image, quarters), scale)
    height, width = upright.shape
    canvas = Canvas(np.full((max(height, PANEL_HIGH_PX), width + PANEL_PX, 3), PAPER, dtype=np.uint8))
    faded = 255 - ((255 - upright) * FADED).astype(np.uint8)
    canvas.image[:height, :width] = cv2.cvtColor(faded, cv2.COLOR_GRAY2BGR)
    view = View(_turned(image.shape, quarters) * scale)
    notes = _notes(canvas, view, outcomes)
    panel(canvas, width, outcomes, notes)
    return jpeg_within(canvas.finished(), MAX_BYTES)


def _scale(image: Grey) -> float:
    long_px = max(image.shape)
    return float(min(max(long_px, LONG_MIN_PX), LONG_PX) / long_px)


def _quarters(outcomes: Sequence[Located | SetAside]) -> int:
    """Give by how many quarters to the left the image is turned so that its first page is upright."""
    turns = [round(one.reading.rotation_deg / 90) % 4 for one in outcomes if isinstance(one, Located)]
    return turns[0] if turns else 0


def _turned(shape: tuple[int, ...], quarters: int) -> Points:
    """Give the mapping of px of an image to px of the same turned left."""
    height, width = shape
    return np.array(
        [
            [[1, 0, 0], [0, 1, 0]],
            [[0, 1, 0], [-1, 0, width]],
            [[-1, 0, width], [0, -1, height]],
            [[0, -1, height], [1, 0, 0]],
        ][quarters],
        dtype=np.float64,
    )


def _notes(canvas: Canvas, view: View, outcomes: Sequence[Located | SetAside]) -> list[Note]:
    """Frame the boxes of every page, and give a note for each doubt, with where it points to."""
    notes: list[Note] = []
    for one in outcomes:
        if not isinstance(one, Located):
            continue
        corners = [
            view.at(_corners(one, box, mark))
            for box, mark in zip(one.identity.page.ticks, one.reading.marks, strict=True)
        ]
        for doubt in one.reading.doubts:
            notes.append(Note(doubt, len(notes) + 1, _barred(canvas, view, one, doubt.question)))
        for quad, mark in zip(corners, one.reading.marks, strict=True):
            canvas.box(_grown(quad, FRAME_PX), mark.state)
        for writing in one.reading.writings:
            canvas.box(view.at(rectangle(*writing.box_px)), writing.state)
    return notes


def _corners(located: Located, box: TickBox, mark: MarkReading) -> Points:
    """Give the corners of a box in the image: as large and turned as the page there, where it was found."""
    left, top, width, height = mark.box_px
    jacobian = located.identity.registration.jacobian(np.array([box.centre]))[0]
    square = np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]]) * box.side
    return np.asarray(square @ jacobian.T + (left + width / 2, top + height / 2))


def _grown(quad: Points, px: float) -> Points:
    """Give a quadrilateral whose corners are further out by so many px along both sides."""
    out = quad - quad.mean(axis=0)
    return np.asarray(quad + np.sign(out) * px)


def _barred(canvas: Canvas, view: View, located: Located, question: str) -> tuple[float, float] | None:
    """Draw a bar in the margin along the boxes of a doubted question; give its middle, None without boxes."""
    page = located.identity.page
    own = [box for box in page.ticks if question_name(box) == question]
    if not own:
        return None
    x = BAR_PART * page.size.side_mm
    top, bottom = min(box.y for box in own) - BAR_OVER_MM, max(box.y + box.side for box in own) + BAR_OVER_MM
    ends = view.at(located.identity.registration.to_px(np.array([[x, top], [x, bottom]])))
    canvas.line([(float(x), float(y)) for x, y in ends], DOUBT, BAR_PX)
    middle = ends.mean(axis=0)
    return float(middle[0]), float(middle[1])
