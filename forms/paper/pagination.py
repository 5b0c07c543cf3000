"""Measured blocks → pages: what stands together stays together, and no box lies on a fold.

Pure: heights and positions in mm, from the top of the sheet, downwards.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from forms.errors import FormsError
from forms.paper.editions import FOLD_CLEAR_MM

ROUNDING_MM = 0.02
"""What the sums of a page's heights may be off by."""


SHIFT_MAX_MM = 75.0
SHIFT_STEP_MM = 0.3
"""How far and how finely a question is moved down to find a place where folds fall between its boxes; the tallest box
must find room below a fold."""

INSIDE_COST = 2.5
"""How much worse a millimetre of white is inside a question than above it."""


SHORTER_COST_MM = 6.0
"""As how much white a line less to write on counts."""


class TooTallError(FormsError):
    """A piece is taller than a page of this size."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A strip as measured: its height, the white above it, and where in it boxes begin and end."""

    height_mm: float
    gap_mm: float = 0.0
    boxes_mm: tuple[tuple[float, float], ...] = ()
    spare_mm: float = 0.0
    """By how much it, and the one box in it, can be shortened."""

    def shortened(self) -> "Piece":
        """Give the piece at its shorter height."""
        boxes_mm = tuple((first_mm, last_mm - self.spare_mm) for first_mm, last_mm in self.boxes_mm)
        return Piece(self.height_mm - self.spare_mm, self.gap_mm, boxes_mm)


@dataclass(frozen=True, slots=True)
class Group:
    """A block as measured."""

    pieces: tuple[Piece, ...]
    with_next: bool = False
    starts_sheet: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Where on a sheet text may stand, and the folds that boxes keep clear of."""

    top_mm: float
    bottom_mm: float
    folds_mm: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece on its page: which group's which piece, and the white above it there."""

    group: int
    piece: int
    gap_mm: float
    shortened: bool = False


def paginate(groups: Sequence[Group], frame: Frame) -> list[list[Placed]]:
    """Give the pages with the pieces placed on them; `TooTallError` when a piece is taller than a page.

    An empty page is the blank back of a sheet: a group that starts a sheet begins on a front.
    """
    pages: list[list[Placed]] = [[]]
    at_mm = frame.top_mm
    for number, chain in _chains(groups):
        if groups[number].starts_sheet and pages != [[]]:
            pages += [[]] if len(pages) % 2 == 0 else [[], []]
            at_mm = frame.top_mm
        placed, end_mm = _best_place(groups, chain, frame, at_mm)
        if end_mm > frame.bottom_mm + ROUNDING_MM and pages[-1]:
            pages.append([])
            placed, end_mm = _best_place(groups, chain, frame, frame.top_mm)
        if end_mm > frame.bottom_mm + ROUNDING_MM:
            placed_pages, end_mm = _cut(groups, chain, frame)
            pages[-1] += placed_pages[0]
            pages += placed_pages[1:]
        else:
            pages[-1] += placed
        at_mm = end_mm
    return pages


def _chains(groups: Sequence[Group]) -> Iterator[tuple[int, list[int]]]:
    """Give runs of groups that stay on one page: headings and what follows them."""
    chain: list[int] = []
    for number, group in enumerate(groups):
        chain.append(number)
        if not group.with_next or number == len(groups) - 1:
            yield chain[0], chain
            chain = []


def _best_place(
    groups: Sequence[Group], chain: Sequence[int], frame: Frame, at_mm: float
) -> tuple[list[Placed], float]:
    """Place a chain so that folds open as little white as can be, and rather above a question than inside it."""
    shifts = [step * SHIFT_STEP_MM for step in range(int(SHIFT_MAX_MM / SHIFT_STEP_MM) + 1)]
    lengths = (False, True) if any(piece.spare_mm for at in chain for piece in groups[at].pieces) else (False,)
    best: tuple[tuple[bool, float], list[Placed], float] | None = None
    for shift_mm in shifts if frame.folds_mm else shifts[:1]:
        if best is not None and best[0] <= (False, shift_mm):
            break
        for shorten in lengths:
            placed, end_mm = _place(groups, chain, frame, at_mm + shift_mm, shorten=shorten)
            cost = _cost(groups, frame, shift_mm, placed, end_mm)
            if best is None or cost < best[0]:
                first = replace(placed[0], gap_mm=placed[0].gap_mm + shift_mm)
                best = cost, [first, *placed[1:]], end_mm
    assert best is not None  # noqa: S101 (there is always a shift of nothing)
    return best[1], best[2]


def _cost(
    groups: Sequence[Group], frame: Frame, shift_mm: float, placed: Sequence[Placed], end_mm: float
) -> tuple[bool, float]:
    """Give how bad a placing is: off the page before all else, then by its white and its shortened boxes."""
    shorter = any(at.shortened for at in placed)
    white = _white_mm(groups, placed) * INSIDE_COST + shift_mm + shorter * SHORTER_COST_MM
    return end_mm > frame.bottom_mm + ROUNDING_MM, white


def _white_mm(groups: Sequence[Group], placed: Sequence[Placed]) -> float:
    """Give the white that folds opened above pieces, beyond the usual."""
    return sum(max(0.0, at.gap_mm - groups[at.group].pieces[at.piece].gap_mm) for at in placed)


def _place(
    groups: Sequence[Group], chain: Sequence[int], frame: Frame, at_mm: float, *, shorten: bool
) -> tuple[list[Placed], float]:
    """Place a chain from a height on; its end may lie below the frame."""
    placed = []
    for group in chain:
        for number, usual in enumerate(groups[group].pieces):
            shortened = shorten and usual.spare_mm > 0
            piece = usual.shortened() if shortened else usual
            at_top = at_mm <= frame.top_mm + ROUNDING_MM
            gap_mm = _clear_of_folds(piece, 0.0 if at_top else piece.gap_mm, at_mm, frame)
            placed.append(Placed(group, number, gap_mm, shortened))
            at_mm += gap_mm + piece.height_mm
    return placed, at_mm


def _clear_of_folds(piece: Piece, gap_mm: float, at_mm: float, frame: Frame) -> float:
    """Give the least white above a piece, not under `gap_mm`, with which no box of it lies on a fold."""
    moved = True
    while moved:
        moved = False
        for fold_mm in frame.folds_mm:
            low_mm, high_mm = fold_mm - FOLD_CLEAR_MM, fold_mm + FOLD_CLEAR_MM
            for first_mm, last_mm in piece.boxes_mm:
                top_mm = at_mm + gap_mm
                if top_mm + first_mm < high_mm - ROUNDING_MM and top_mm + last_mm > low_mm + ROUNDING_MM:
                    gap_mm = high_mm - first_mm - at_mm
                    moved = True
    return gap_mm


def _cut(groups: Sequence[Group], chain: Sequence[int], frame: Frame) -> tuple[list[list[Placed]], float]:
    """Spread a chain that no page can hold over several, between its pieces."""
    pages: list[list[Placed]] = [[]]
    at_mm = frame.top_mm
    for group in chain:
        for number, piece in enumerate(groups[group].pieces):
            gap_mm = _clear_of_folds(piece, piece.gap_mm if pages[-1] else 0.0, at_mm, frame)
            if at_mm + gap_mm + piece.height_mm > frame.bottom_mm + ROUNDING_MM and pages[-1]:
                pages.append([])
                at_mm = frame.top_mm
                gap_mm = _clear_of_folds(piece, 0.0, at_mm, frame)
            if at_mm + gap_mm + piece.height_mm > frame.bottom_mm + ROUNDING_MM:
                raise TooTallError("a piece of the form is taller than the page: choose a larger size")
            pages[-1].append(Placed(group, number, gap_mm))
            at_mm += gap_mm + piece.height_mm
    return pages, at_mm
