"""What the pages of a batch tell of the scanner, in words: crooked sheets, fading, and lines down the glass."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from statistics import median
from typing import Final

CROOKED_DEG: Final = 2.0
"""From this median on the feeder's guides are not set: simulated scans lie within 1°, and 10° is still read."""

FADING_PART: Final = 0.15
"""From this loss of contrast between the first quarter of a batch and the last on; a sound one loses 1 %."""

FADING_LEAST: Final = 20
"""Pages of which less is said nothing: one pale sheet is no fading."""

PALE_CONTRAST: Final = 0.45
"""Half of the contrast of usual print on usual paper, 0 to 1."""

SAME_PLACE: Final = 0.004
"""Of the image's width: 0.8 mm of A4, as a line is up to 1 mm wide."""

LINE_PART: Final = 0.3
LINE_LEAST: Final = 4
"""A line is on at least this part of the pages, and on so many: a duplex scanner has two glasses."""

TONES: Final = 255


@dataclass(frozen=True, slots=True)
class Streak:
    """A thin line down one scan, by its place as a part of the image's width and in mm from its left edge."""

    at_part: float
    at_mm: float
    dark: float


@dataclass(frozen=True, slots=True)
class PageFact:
    """What one page tells; facts come in the order in which pages were scanned."""

    page_id: int
    skew_deg: float
    paper: int
    print: int
    streaks: tuple[Streak, ...] = ()
    has_picture: bool = False

    @property
    def contrast(self) -> float:
        """Give how far print stands out from paper, 0 to 1."""
        return max(0, self.paper - self.print) / TONES


@dataclass(frozen=True, slots=True)
class Line:
    """A line at the same place on many pages, and the page that shows it best: one with a picture if there is any."""

    at_mm: float
    at_part: float
    pages: int
    is_light: bool
    page_id: int
    has_picture: bool


@dataclass(frozen=True, slots=True)
class Health:
    """What is known of the scanner; `skew_deg` is the median and the worst, both without their direction."""

    pages: int
    skew_deg: tuple[float, float]
    worst_page_id: int
    contrast: tuple[float, float]
    """In the first quarter of the pages and in the last, 0 to 1."""
    lines: tuple[Line, ...]

    @property
    def findings(self) -> tuple[str, ...]:
        """Say what is to be done, a sentence or two each; nothing where all is well."""
        return tuple(_findings(self))


def health_of(facts: Sequence[PageFact]) -> Health | None:
    """Give what pages tell of their scanner; None of no page."""
    if not facts:
        return None
    worst = max(facts, key=lambda one: abs(one.skew_deg))
    quarter = -(-len(facts) // 4)
    first, last = (median(one.contrast for one in some) for some in (facts[:quarter], facts[-quarter:]))
    skew = median(abs(one.skew_deg) for one in facts), abs(worst.skew_deg)
    return Health(len(facts), skew, worst.page_id, (first, last), tuple(_lines(facts)))


def _lines(facts: Sequence[PageFact]) -> Iterator[Line]:
    """Give the lines that stand at one place on enough of the pages, from left to right."""
    found = [(streak, page) for page in facts for streak in page.streaks]
    found.sort(key=lambda one: one[0].at_part)
    steps = (int(here.at_part - before.at_part > SAME_PLACE) for (before, _), (here, _) in pairwise(found))
    for _, group in groupby(zip(accumulate(steps, initial=0), found, strict=False), key=lambda one: one[0]):
        seen = [one for _, one in group]
        pages = {page.page_id for _, page in seen}
        if len(pages) >= max(LINE_LEAST, LINE_PART * len(facts)):
            yield _line(seen, len(pages))


def _line(seen: Sequence[tuple[Streak, PageFact]], pages: int) -> Line:
    best, page = max(seen, key=lambda one: (one[1].has_picture, abs(one[0].dark)))
    is_light = median(streak.dark for streak, _ in seen) < 0
    at_mm = median(streak.at_mm for streak, _ in seen)
    return Line(at_mm, best.at_part, pages, is_light, page.page_id, page.has_picture)


def _findings(health: Health) -> Iterator[str]:
    for line in health.lines:
        kind = "A light line runs" if line.is_light else "A line runs"
        many = f"on {line.pages} of {health.pages} pages"
        yield f"{kind} down the glass {line.at_mm:.0f} mm from the left edge of the scan ({many}): clean the glass."
    if health.skew_deg[0] >= CROOKED_DEG:
        yield f"Pages lie crooked, by {health.skew_deg[0]:.1f}° for half of them: set the feeder’s guides to the paper."
    first, last = health.contrast
    if health.pages >= FADING_LEAST and last < (1 - FADING_PART) * first:
        lost = round(100 * (1 - last / first))
        yield f"The scans fade: the last pages have {lost} % less contrast than the first. Have the lamp seen to."
    elif last < PALE_CONTRAST:
        yield "Print is pale in these scans. Set the scanner darker, or look at how the forms were printed."
