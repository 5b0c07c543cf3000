"""What a page was read as: states of boxes, answers of questions, doubts with their reasons. Plain frozen values."""

from dataclasses import dataclass, field
from enum import StrEnum

from forms.layout.model import Kind

Answer = str | tuple[str, ...] | None
"""A choice's id, several of them in printed order, "given" for a consent; None when blank or doubted.

What was typed into a PDF is there in words: a day as 2026-11-22, a number in digits, a code in its one spelling."""


class State(StrEnum):
    """What one box holds."""

    BLANK = "blank"
    MARKED = "marked"
    CORRECTED = "corrected"
    DOUBTFUL = "doubtful"


class Reason(StrEnum):
    """Why an answer is doubted; each has its sentence in `SENTENCES`."""

    TWO_MARKED = "two_marked"
    TOO_MANY = "too_many"
    FAINT = "faint"
    TAKEN_BACK = "taken_back"
    HALF_FILLED = "half_filled"
    BESIDE = "beside"
    STRAY = "stray"
    LINE = "line"
    FADED = "faded"
    NEARLY_BLANK = "nearly_blank"
    MISALIGNED = "misaligned"
    NOT_ASKED = "not_asked"
    STANDS_ALONE = "stands_alone"
    INVALID = "invalid"
    CONFLICT = "conflict"
    FIELD_LOST = "field_lost"
    FIELD_ADDED = "field_added"
    DRAWN_ON = "drawn_on"
    CAME_TWICE = "came_twice"
    DOUBLE_PAGE = "double_page"
    FOREIGN_PAGE = "foreign_page"


SENTENCES = {
    Reason.TWO_MARKED: "More than one box is marked where one may be chosen.",
    Reason.TOO_MANY: "More boxes are marked than may be chosen.",
    Reason.FAINT: "There is a faint mark that may be an answer.",
    Reason.TAKEN_BACK: "A box is filled in solid or crossed out, which may mean a mistake, and no other is marked.",
    Reason.HALF_FILLED: "A box is filled in more than this person's others: an answer, or one that was taken back.",
    Reason.BESIDE: "There is ink beside or between the boxes that may be an answer.",
    Reason.STRAY: "There is a small mark that may be an answer or a slip of the pen.",
    Reason.LINE: "A line runs across a box: a fold, a fault of the scan, or an answer.",
    Reason.FADED: "The pen is broken up in this black and white scan, so marks may be lost. Look at the paper.",
    Reason.NEARLY_BLANK: "Nearly nothing is marked, and a faint pen may be lost in a black and white scan.",
    Reason.MISALIGNED: "Boxes are not clearly where they should be: the page lies badly, or something covers them.",
    Reason.NOT_ASKED: "This was answered, though the answers before it do not lead here.",
    Reason.STANDS_ALONE: "An answer that stands alone is marked together with others.",
    Reason.INVALID: "What was typed cannot be right.",
    Reason.CONFLICT: "The PDF that came back shows another answer than it holds.",
    Reason.FIELD_LOST: "The PDF that came back lacks a field of this question.",
    Reason.FIELD_ADDED: "The PDF that came back has filled-in fields that the form does not have.",
    Reason.DRAWN_ON: "Something was drawn or written on this page of the PDF, outside its fields.",
    Reason.CAME_TWICE: "The page came twice, and this is answered in two ways.",
    Reason.DOUBLE_PAGE: "The same page of one copy came more than once.",
    Reason.FOREIGN_PAGE: "A page of another printing bears the code of this copy.",
}


@dataclass(frozen=True, slots=True)
class MarkFeatures:
    """What was measured in one box; parts are of its inside, 0 to 1."""

    ink: float = 0.0
    """How much of the inside is ink."""
    extent: float = 0.0
    """How far the largest stroke reaches, as a part of the box's side."""
    flat: float = 0.0
    """The shorter side of the frame of that stroke, as a part of the box's side: how little a level line rises."""
    least_cell: float = 0.0
    """The ink of the emptiest of 3 × 3 cells: 1 when filled in solid."""
    dark: float = 0.0
    """How dark the ink is between paper (0) and print (1)."""
    ring: float = 0.0
    """How far round the box ink stands outside it, as a part of eight directions."""
    ring_dark: float = 0.0
    """How dark that ink is."""
    over_mm2: float = 0.0
    """The ink to the left of the box or to its right, whichever is less: what crosses a mark out is on both sides."""
    trace_mm2: float = 0.0
    """Ink inside in pieces too small to count, but for the largest: what a scan may have left of a faint stroke."""
    speck_mm2: float = 0.0
    """The largest of those pieces."""
    line: bool = False
    """Whether the ink inside is a thin line that comes from far outside and goes on beyond: a fold, a fault."""
    placed: float = 1.0
    """How clearly the box's own printed lines are where they were taken to be."""
    peak: float = 0.0
    """How dark the darkest twentieth of the ink inside is at least: coffee may hide how dark a pen is."""
    ring_peak: float = 0.0
    """The same of the ink around the box."""


@dataclass(frozen=True, slots=True)
class StrayInk:
    """Ink that was not printed in a place on the page."""

    area_mm2: float = 0.0
    extent_mm: float = 0.0
    """The longer side of its largest piece."""
    high_mm: float = 0.0
    """How high its highest piece is."""
    dark: float = 0.0
    """How dark it is between paper (0) and print (1)."""
    share: float = 0.0
    """How much of the place it covers."""


@dataclass(frozen=True, slots=True)
class MarkReading:
    """One tick box as read."""

    name: str
    kind: Kind
    option: str
    state: State
    features: MarkFeatures
    confidence: float
    box_px: tuple[float, float, float, float]
    """Left, top, width and height in px of the image that was read, from its top left corner."""

    def at(self, box_px: tuple[float, float, float, float]) -> "MarkReading":
        """Give the same reading of a box that lies there; `replace` takes three times as long."""
        return MarkReading(self.name, self.kind, self.option, self.state, self.features, self.confidence, box_px)


@dataclass(frozen=True, slots=True)
class WritingReading:
    """One place to write in: whether anything was written (blank or marked; doubtful where it cannot be told)."""

    name: str
    state: State
    ink: float
    """How much of the place is ink, 0 to 1."""
    box_px: tuple[float, float, float, float]
    value: str | None = None
    """The words as typed into a PDF; None on paper."""

    def at(self, box_px: tuple[float, float, float, float]) -> "WritingReading":
        """Give the same reading of a place that lies there."""
        return WritingReading(self.name, self.state, self.ink, box_px, self.value)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question whose answer an officer must see to, with the reason in plain words; "" stands for a whole page."""

    question: str
    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class PageReading:
    """One page as read; `answers` has a value or None for each question with boxes on this page."""

    printing: str
    form: str
    version: str
    page: int
    copy: str | None
    rotation_deg: float
    residual_mm: float
    marks: tuple[MarkReading, ...]
    writings: tuple[WritingReading, ...]
    answers: dict[str, Answer]
    doubts: tuple[Doubt, ...]
    strays: dict[str, StrayInk] = field(default_factory=dict)
    """The ink that is in no box, for each question without a sure answer and where there is some."""
    is_harsh: bool = False
    """Whether the scan knows only black and white: what is faint may be lost in it."""
    typed: bool = False
    """Whether it was read from the fields of a typed-in PDF: nothing was measured, and nothing is judged again."""
    to_upright: tuple[float, float, float, float, float, float] | None = None
    """From px (x, y) of the image as stored to parts of it, 0 to 1, as its preview shows it: a, b, c, d, e, f of
    a·x + b·y + c to the right and d·x + e·y + f down."""


class Refusal(StrEnum):
    """Why a page could not be read at all; each has its sentence in `REFUSALS`."""

    NOTHING_FOUND = "nothing_found"
    NO_CODE = "no_code"
    UNKNOWN_PRINTING = "unknown_printing"
    BLANK_PAGE = "blank_page"
    UNREADABLE = "unreadable"


REFUSALS = {
    Refusal.NOTHING_FOUND: "None of our corner marks and codes can be found on this page.",
    Refusal.NO_CODE: "The page is one of ours, but its code cannot be read.",
    Refusal.UNKNOWN_PRINTING: "The page belongs to another form or printing than those given.",
    Refusal.BLANK_PAGE: "The page is blank.",
    Refusal.UNREADABLE: "The page could not be decoded.",
}


@dataclass(frozen=True, slots=True)
class SetAside:
    """A page that was not read, with the reason."""

    refusal: Refusal
    detail: str
