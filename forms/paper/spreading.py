"""One page: how its white is spread so that no box lies on a fold, as evenly and as little as can be.

Pure: heights and positions in mm, from the top of the sheet, downwards.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from forms.paper.editions import FOLD_CLEAR_MM
from forms.paper.strips import Give

ROUNDING_MM = 0.02
"""What the sums of a page's heights may be off by."""

TOP_GIVE = Give(0.4)
"""Pages that begin at unlike heights look careless: white at the top of one is the last resort."""

REACH_MM = 105.0
"""How far a piece is moved to find a place below a fold: as far as from fold to fold, if nothing else is at hand."""


LARGE_GAP_MM = 15.0
"""Growth of white from which more is hardly worse."""

RIGID = Give(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Piece:
    """A strip as measured: its height, the white above it, and where in it boxes begin and end."""

    height_mm: float
    gap_mm: float = 0.0
    boxes_mm: tuple[tuple[float, float], ...] = ()
    give: Give = RIGID
    """How readily the white above it grows."""
    variants: tuple[tuple[float, float], ...] = ()
    """What else it may be: by how much higher or lower, with the one box in it, and at what cost."""

    @property
    def box_top_mm(self) -> float:
        """Give where its first box begins."""
        return min(first_mm for first_mm, _ in self.boxes_mm)

    @property
    def box_end_mm(self) -> float:
        """Give where its last box ends."""
        return max(last_mm for _, last_mm in self.boxes_mm)

    def varied(self, variant: int) -> "Piece":
        """Give the piece at another of its heights."""
        added_mm, _ = self.variants[variant]
        boxes_mm = tuple((first_mm, last_mm + added_mm) for first_mm, last_mm in self.boxes_mm)
        return replace(self, height_mm=self.height_mm + added_mm, boxes_mm=boxes_mm)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where on a sheet text may stand, and the folds that boxes keep clear of."""

    top_mm: float
    bottom_mm: float
    folds_mm: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """The white above each piece of a page, where the last piece ends, and how far from the usual it all is."""

    gaps_mm: tuple[float, ...]
    end_mm: float
    cost: float


def spread(pieces: Sequence[Piece], frame: Frame) -> Spread | None:
    """Give the best way to set pieces on one page, the first at its top; None where they don't fit."""
    flush = [replace(pieces[0], gap_mm=0.0, give=TOP_GIVE), *pieces[1:]]
    ways = (_judged(flush, gaps_mm, frame) for gaps_mm in _ways(flush, frame))
    fitting = [way for way in ways if way.end_mm <= frame.bottom_mm + ROUNDING_MM]
    return min(fitting, key=lambda way: way.cost, default=None)


def badness(white_mm: float, large_mm: float) -> float:
    """Give the square of white; what is large already grows worse more slowly, in a line."""
    return white_mm**2 if white_mm <= large_mm else (2 * white_mm - large_mm) * large_mm


def _ways(pieces: Sequence[Piece], frame: Frame) -> Iterator[list[float]]:
    usual = [piece.gap_mm for piece in pieces]
    yield from _past_folds(pieces, usual, 0, frame.top_mm, frame.folds_mm)


def _judged(pieces: Sequence[Piece], gaps_mm: Sequence[float], frame: Frame) -> Spread:
    """Give a way with its cost: how bad what each white grew by is, over how readily it grows."""
    grown = [(gap_mm - piece.gap_mm, piece.give.mm) for gap_mm, piece in zip(gaps_mm, pieces, strict=True)]
    cost = sum(badness(by_mm, LARGE_GAP_MM) / give_mm for by_mm, give_mm in grown if by_mm > 0)
    return Spread(tuple(gaps_mm), frame.top_mm + sum(gaps_mm) + sum(piece.height_mm for piece in pieces), cost)


def _past_folds(
    pieces: Sequence[Piece], gaps_mm: list[float], start: int, top_mm: float, folds_mm: Sequence[float]
) -> Iterator[list[float]]:
    """Give the ways in which all boxes stay clear of folds; white above the pieces before `start` is settled."""
    tops_mm = _tops_mm(pieces, gaps_mm, top_mm)
    boxed = [at for at in range(start, len(pieces)) if pieces[at].boxes_mm]
    low_mm = folds_mm[0] - FOLD_CLEAR_MM + ROUNDING_MM if folds_mm else 0.0
    below = [at for at in boxed if tops_mm[at] + pieces[at].box_end_mm > low_mm]
    if not folds_mm or not below:
        yield gaps_mm
        return
    for at in reversed(boxed[: boxed.index(below[0]) + 1]):
        needed_mm = folds_mm[0] + FOLD_CLEAR_MM - (tops_mm[at] + pieces[at].box_top_mm)
        if needed_mm > REACH_MM:
            return
        above = [one for one in boxed if one < at]
        first_free = above[-1] + 1 if above else start
        if needed_mm <= ROUNDING_MM:
            yield from _past_folds(pieces, gaps_mm, first_free, top_mm, folds_mm[1:])
            return
        slack_mm = low_mm - tops_mm[above[-1]] - pieces[above[-1]].box_end_mm if above else 0.0
        opened = _opened(pieces, gaps_mm, (start, first_free, at + 1), (slack_mm, needed_mm))
        if opened:
            yield from _past_folds(pieces, opened, first_free, top_mm, folds_mm[1:])


def _tops_mm(pieces: Sequence[Piece], gaps_mm: Sequence[float], top_mm: float) -> list[float]:
    tops_mm = []
    for piece, gap_mm in zip(pieces, gaps_mm, strict=True):
        tops_mm.append(top_mm + gap_mm)
        top_mm += gap_mm + piece.height_mm
    return tops_mm


def _opened(
    pieces: Sequence[Piece], gaps_mm: list[float], span: tuple[int, int, int], room_mm: tuple[float, float]
) -> list[float] | None:
    """Grow white by the second room from a span's first piece to its end, by the first at most before its middle.

    None where white can't grow so much.
    """
    (start, middle, end), (slack_mm, needed_mm) = span, room_mm
    gives = [_left(piece, gap_mm) for piece, gap_mm in zip(pieces, gaps_mm, strict=True)]
    shares = _shared(needed_mm, gives[start:end])
    if middle > start and (shares is None or sum(shares[: middle - start]) > slack_mm):
        upper = _shared(slack_mm, gives[start:middle]) or [give.most_mm for give in gives[start:middle]]
        lower = _shared(needed_mm - sum(upper), gives[middle:end])
        shares = None if lower is None else [*upper, *lower]
    if shares is None:
        return None
    grown = [gap_mm + share_mm for gap_mm, share_mm in zip(gaps_mm[start:end], shares, strict=True)]
    return [*gaps_mm[:start], *grown, *gaps_mm[end:]]


def _left(piece: Piece, gap_mm: float) -> Give:
    """Give how readily the white above a piece grows once it has grown to a height."""
    return Give(piece.give.mm, max(0.0, piece.give.most_mm - (gap_mm - piece.gap_mm)))


def _shared(needed_mm: float, gives: Sequence[Give]) -> list[float] | None:
    """Share growth out by how readily each white grows, none over its most; None where all together can't grow so."""
    if needed_mm > sum(give.most_mm for give in gives):
        return None
    shares = [0.0] * len(gives)
    open_at = {at for at, give in enumerate(gives) if give.most_mm > 0}
    while needed_mm > 0 and open_at:
        each = needed_mm / sum(gives[at].mm for at in open_at)
        full = {at for at in open_at if gives[at].mm * each >= gives[at].most_mm}
        for at in full or open_at:
            shares[at] = min(gives[at].mm * each, gives[at].most_mm)
            needed_mm -= shares[at]
        open_at = open_at - full if full else set()
    return shares
