"""The column beside a page: which page it is, what is doubted and why, and what the frames mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from forms.paper import fonts
from scanning.pictures.drawing import DOUBT, INK, MEANINGS, QUIET, TAG_PX, Canvas, Colour, Font, rectangle, wrapped
from scanning.pipeline import Located
from scanning.readings import Doubt, SetAside

PANEL_PX: Final = 470
"""Its width."""

PANEL_HIGH_PX: Final = 900
"""It has at least this height."""

MARGIN_PX: Final = 28
INDENT_PX: Final = 34
TITLE, NAME, TEXT = Font(26, fonts.BOLD), Font(19, fonts.BOLD), Font(19)
LINE_PX: Final = 25
GAP_PX: Final = 16
LEGEND_ROW_PX: Final = 40
LEGEND_PX: Final = LEGEND_ROW_PX * len(MEANINGS) + 2 * MARGIN_PX
LEGEND_BOX_PX: Final = 22.0


@dataclass(frozen=True, slots=True)
class Note:
    """One doubt with its number, and the place that it points to, None where it is about the whole page."""

    doubt: Doubt
    number: int
    place: tuple[float, float] | None


class _Column:
    """Words from top to bottom."""

    def __init__(self, canvas: Canvas, left: float, bottom: float) -> None:
        self.canvas, self.left, self.bottom = canvas, left, bottom
        self.y = float(MARGIN_PX)

    def write(self, words: str, font: Font, colour: Colour = INK, indent_px: float = 0) -> None:
        """Write words, broken into lines."""
        for line in wrapped(words, font, PANEL_PX - 2 * MARGIN_PX - indent_px):
            self.canvas.words((self.left + indent_px, self.y), line, font, colour)
            self.y += max(LINE_PX, font.size_px * 1.25)

    def has_room(self, words: str) -> bool:
        """Tell whether a note of these words and a last line still fit."""
        lines = len(wrapped(words, TEXT, PANEL_PX - 2 * MARGIN_PX - INDENT_PX)) + 2
        return self.y + lines * LINE_PX + GAP_PX <= self.bottom


def panel(canvas: Canvas, left_px: int, outcomes: Sequence[Located | SetAside], notes: Sequence[Note]) -> None:
    """Write the column into the free space from `left_px` on."""
    height = canvas.image.shape[0]
    column = _Column(canvas, left_px + MARGIN_PX, height - LEGEND_PX)
    for one in outcomes:
        _head(column, one)
    if any(isinstance(one, Located) for one in outcomes):
        _doubts(column, notes)
    _legend(canvas, left_px + MARGIN_PX, height - LEGEND_PX + MARGIN_PX)


def _head(column: _Column, outcome: Located | SetAside) -> None:
    if isinstance(outcome, SetAside):
        column.write("Set aside", TITLE, DOUBT)
        column.write(outcome.detail, TEXT)
    else:
        reading = outcome.reading
        column.write(f"{reading.form}, page {reading.page}", TITLE)
        column.write(f"copy {reading.copy}" if reading.copy else "no copy code", NAME)
        column.write(f"version {reading.version}, turned by {reading.rotation_deg + 0:.1f}°", TEXT, QUIET)
        column.write(f"boxes lie within {reading.residual_mm:.2f} mm of a smooth page", TEXT, QUIET)
    column.y += GAP_PX


def _doubts(column: _Column, notes: Sequence[Note]) -> None:
    if not notes:
        column.write("Nothing is doubted.", NAME)
        return
    column.write("1 doubt" if len(notes) == 1 else f"{len(notes)} doubts", NAME, DOUBT)
    column.y += GAP_PX / 2
    for at, note in enumerate(notes):
        if not column.has_room(note.doubt.detail):
            column.write(f"and {len(notes) - at} more", TEXT, DOUBT)
            return
        _note(column, note)


def _note(column: _Column, note: Note) -> None:
    """Write a doubt, with its number both here and at its boxes."""
    middle = column.y + LINE_PX / 2 - 2
    column.canvas.number(column.left + TAG_PX + 3, middle, note.number)
    if note.place is not None:
        column.canvas.number(*note.place, note.number)
    column.write(note.doubt.question or "the whole page", NAME, INK, INDENT_PX)
    column.write(note.doubt.detail, TEXT, INK, INDENT_PX)
    column.y += GAP_PX


def _legend(canvas: Canvas, left: float, top: float) -> None:
    """Show what each frame means."""
    canvas.line([(left, top - GAP_PX), (left + PANEL_PX - 2 * MARGIN_PX, top - GAP_PX)], QUIET)
    for row, (state, meaning) in enumerate(MEANINGS.items()):
        y = top + row * LEGEND_ROW_PX + GAP_PX
        canvas.box(rectangle(left + TAG_PX, y - LEGEND_BOX_PX / 2, LEGEND_BOX_PX, LEGEND_BOX_PX), state)
        canvas.words((left + INDENT_PX + 2 * TAG_PX, y), meaning, TEXT, INK, "lm")
