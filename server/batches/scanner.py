"""The scanner's health as the page of a batch shows it: findings, and each line with a part of a page that has it."""

from dataclasses import dataclass
from typing import BinaryIO, Final

from PIL import Image
from sqlalchemy.orm import Session

from server.batches.health import Health, Line, PageFact, Streak, health_of
from server.queries.scanner import Condition, conditions, page_shown
from server.store import Store

ACROSS: Final = 0.2
ALONG: Final = 0.15
"""How much of the page is shown around a line, of its width and its height: some 40 × 45 mm of A4."""

ARROW: Final = 0.008
"""The side of the arrow that points to the line, of the page's width."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a page's picture with a line in it, in px, as SVG takes it."""

    page_id: int
    size: tuple[int, int]
    view: tuple[float, float, float, float]
    arrow: str
    """The corners of an arrow that points to it."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line and the picture of it; none where none was made yet."""

    line: Line
    cut: Cut | None


@dataclass(frozen=True, slots=True)
class Scanner:
    """What is known of the scanner of a batch."""

    health: Health
    lines: tuple[ShownLine, ...]


def scanner_of(store: Store, session: Session, batch_id: int) -> Scanner | None:
    """Give what a batch's pages tell of the scanner; None where none tells anything."""
    health = health_of([_fact(one) for one in conditions(session, batch_id)])
    if health is None:
        return None
    lines = (ShownLine(line, _cut(store, session, batch_id, line)) for line in health.lines)
    return Scanner(health, tuple(lines))


def _fact(one: Condition) -> PageFact:
    told = one.told
    streaks = tuple(Streak(each["at_part"], each["at_mm"], each["dark"]) for each in told["streaks"])
    return PageFact(one.page_id, told["skew_deg"], told["paper"], told["print"], streaks, one.has_picture)


def _cut(store: Store, session: Session, batch_id: int, line: Line) -> Cut | None:
    page = page_shown(session, batch_id, line.page_id)
    way = (page.outcome or {}).get("to_upright")
    if not way or page.preview_sha256 is None or not store.files.has(page.preview_sha256):
        return None
    with store.files.open(page.preview_sha256) as picture:
        return cut_around(picture, page.id, line.at_part, way)


def cut_around(picture: BinaryIO, page_id: int, at_part: float, way: tuple[float, ...]) -> Cut:
    """Give the part of an upright picture around a line that stands at `at_part` of the width as stored."""
    with Image.open(picture) as opened:  # our own JPEG; only its head is looked at
        width, height = opened.size
    a, _, _, d, _, _ = way
    is_upright = abs(a) * width >= abs(d) * height
    place = at_part if (a if is_upright else d) > 0 else 1 - at_part
    side = ARROW * width
    corners: tuple[tuple[float, float], ...]
    if is_upright:
        x, wide, high = place * width, ACROSS * width, ALONG * height
        view = (min(max(0.0, x - wide / 2), width - wide), 0.0, wide, high)
        corners = ((x - side, 0), (x + side, 0), (x, side * 1.6))
    else:
        y, wide, high = place * height, ALONG * width, ACROSS * height
        view = (0.0, min(max(0.0, y - high / 2), height - high), wide, high)
        corners = ((0, y - side), (0, y + side), (side * 1.6, y))
    return Cut(page_id, (width, height), view, " ".join(f"{x:.1f},{y:.1f}" for x, y in corners))
