"""Measured blocks → pages: what stands together stays together, no box lies on a fold, and the pages are balanced.

Pure: all ways to break a form into pages are weighed against each other, as a good setter weighs them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from forms.errors import FormsError
from forms.paper.spreading import ROUNDING_MM, Frame, Piece, badness, spread

PAGE_COST = 250.0
"""As how bad a page more counts; white costs the square of its mm over what follows."""

FOOT_WHITE_MM = 60.0
LAST_FOOT_WHITE_MM = 240.0
"""White at a page's foot is no fault, nor is much of it on the last page; a nearly empty page is one."""

LARGE_WHITE_MM = 80.0
"""White at a page's foot from which more is hardly worse."""

CUT_COST = 150.0
LONE_COST = 400.0
WORDS_COST = 20_000.0
HEADING_COST = 10 * WORDS_COST
"""A question that no page can hold goes on over the page, with more than one row there, hardly ever after its words;
and never after a heading, be it that several questions are cut for it."""

Place = tuple[int, int]
"""A group's number, and the number of a piece in it."""


class TooTallError(FormsError):
    """A piece is taller than a page of this size."""


@dataclass(frozen=True, slots=True)
class Group:
    """A block as measured."""

    pieces: tuple[Piece, ...]
    with_next: bool = False
    starts_sheet: bool = False
    break_cost: float = 0.0
    """How bad a page's end after it is."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece on its page: which group's which piece, the white above it there, and which of its variants, if any."""

    group: int
    piece: int
    gap_mm: float
    variant: int | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """Pieces that stay together, by group and number, and what a page's end after them costs."""

    places: tuple[Place, ...]
    break_cost: float = 0.0


def paginate(groups: Sequence[Group], frame: Frame) -> list[list[Placed]]:
    """Give the pages with the pieces placed on them; `TooTallError` when a piece is taller than a page.

    An empty page is the blank back of a sheet: a group that starts a sheet begins on a front.
    """
    pages: list[list[Placed]] = []
    starts = [0, *(at for at, group in enumerate(groups) if group.starts_sheet and at), len(groups)]
    for first, end in pairwise(starts):
        if len(pages) % 2:
            pages.append([])
        pages += _Breaking(groups, frame).pages(range(first, end))
    return pages


class _Breaking:
    """Breaks one part of a form into pages."""

    def __init__(self, groups: Sequence[Group], frame: Frame) -> None:
        self.groups = groups
        self.frame = frame

    def pages(self, part: range) -> list[list[Placed]]:
        """Give the pages of a run of groups that together cost least."""
        units = [unit for chain in self._chains(part) for unit in self._units(chain)]
        costs: list[float] = [0.0]
        made: list[tuple[int, list[Placed]]] = [(0, [])]
        for end in range(1, len(units) + 1):
            ways = [(costs[start] + cost, start, page) for start, cost, page in self._last_pages(units, end)]
            cost, start, page = min(ways, key=lambda way: way[0])
            costs.append(cost)
            made.append((start, page))
        return list(reversed(list(_followed(made))))

    def _chains(self, part: range) -> Iterator[list[int]]:
        """Give runs of groups that stay on one page: headings and what follows them."""
        chain: list[int] = []
        for number in part:
            chain.append(number)
            if not self.groups[number].with_next or number == part[-1]:
                yield chain
                chain = []

    def _units(self, chain: Sequence[int]) -> Iterator[Unit]:
        """Give a chain as one unit, or, where no page can hold it, its pieces with what breaks between them cost."""
        places = tuple((group, number) for group in chain for number in range(len(self.groups[group].pieces)))
        if self._page(places) is not None:
            yield Unit(places, self.groups[chain[-1]].break_cost)
            return
        for at, place in enumerate(places):
            if self._page((place,)) is None:
                raise TooTallError("a piece of the form is taller than the page: choose a larger size")
            yield Unit((place,), self._break_cost(place, len(places) - at - 1))

    def _break_cost(self, place: Place, left: int) -> float:
        """Give what a page's end costs after a piece with so many more to come: most after a heading or a question."""
        group, number = place
        if left == 0:
            return self.groups[group].break_cost
        pieces, is_heading = self.groups[group].pieces, self.groups[group].with_next
        if is_heading and number == len(pieces) - 1:
            return HEADING_COST
        if is_heading or (number == 0 and not pieces[0].boxes_mm):
            return WORDS_COST
        return CUT_COST + (LONE_COST if number == 1 or left == 1 else 0.0)

    def _last_pages(self, units: Sequence[Unit], end: int) -> Iterator[tuple[int, float, list[Placed]]]:
        """Give every last page that units up to `end` can have: the first unit on it, its cost and its pieces."""
        places: tuple[Place, ...] = ()
        for start in range(end - 1, -1, -1):
            places = units[start].places + places
            if self._least_mm(places) > self.frame.bottom_mm - self.frame.top_mm + ROUNDING_MM:
                return
            page = self._page(places, last=end == len(units))
            if page is not None:
                yield start, page[0] + PAGE_COST + (units[end - 1].break_cost if end < len(units) else 0.0), page[1]

    def _least_mm(self, places: Sequence[Place]) -> float:
        """Give the least height that pieces take on a page."""
        pieces = self._pieces(places)
        heights = (piece.height_mm + min((0.0, *(added_mm for added_mm, _ in piece.variants))) for piece in pieces)
        return sum(heights) + sum(piece.gap_mm for piece in pieces[1:])

    def _pieces(self, places: Sequence[Place]) -> list[Piece]:
        return [self.groups[group].pieces[number] for group, number in places]

    def _page(self, places: Sequence[Place], *, last: bool = False) -> tuple[float, list[Placed]] | None:
        """Give the best page of some pieces with its cost, all boxes to write in varied alike; None if too full."""
        count = max(len(piece.variants) for piece in self._pieces(places))
        pages = (self._page_of(places, variant, last=last) for variant in (None, *range(count)))
        return min((page for page in pages if page), key=lambda page: page[0], default=None)

    def _page_of(
        self, places: Sequence[Place], variant: int | None, *, last: bool
    ) -> tuple[float, list[Placed]] | None:
        pieces = [_varied(piece, variant) for piece in self._pieces(places)]
        way = spread([piece for piece, _, _ in pieces], self.frame)
        if way is None:
            return None
        white_mm = max(0.0, self.frame.bottom_mm - way.end_mm)
        cost = way.cost + badness(white_mm, LARGE_WHITE_MM) / (LAST_FOOT_WHITE_MM if last else FOOT_WHITE_MM)
        placed = [
            Placed(group, number, gap_mm, which)
            for (group, number), gap_mm, (_, _, which) in zip(places, way.gaps_mm, pieces, strict=True)
        ]
        return cost + sum(cost for _, cost, _ in pieces), placed


def _varied(piece: Piece, variant: int | None) -> tuple[Piece, float, int | None]:
    """Give a piece at a variant, what that costs, and the variant, if the piece has any."""
    if variant is None or not piece.variants:
        return piece, 0.0, None
    return piece.varied(variant), piece.variants[variant][1], variant


def _followed(made: Sequence[tuple[int, list[Placed]]]) -> Iterator[list[Placed]]:
    """Give the pages from the last back to the first."""
    at = len(made) - 1
    while at > 0:
        at, page = made[at][0], made[at][1]
        yield page
