"""What comes out of the readers, and which pictures are wanted with it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scanning.condition import Condition
from scanning.hints import Hint
from scanning.readings import PageReading, SetAside
from scanning.writing.drafts import Draft
from scanning.writing.expected import Lists


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is made on the way beside the readings, pictures for people first of all; each costs time."""

    crops: bool = False
    """Of each question that is doubted or written in."""
    sampled: float = 0.0
    """The part of all other questions that get one too, drawn at random: to check what is accepted."""
    overlay: bool = False
    preview: bool = False
    """Of each page that was not read or has a doubt (what is only written has its crop); of each page at all where all
    questions get a picture."""
    condition: bool = False
    """No picture, but what each page tells of the scanner."""
    writing: Lists | None = None
    """Drafts of what is written, by these lists: no picture either, and up to a second for each page written on."""

    beside: bool = False
    """Of writing beside tick boxes alone a draft without words, which a reading of `writing` has anyway: whoever takes
    an answer that is clear must know of it."""

    page: int | None = None
    """Which page of somebody else's form every image shows, by the caller's word; None where print is to tell."""
    theirs: tuple[str, ...] | None = None
    """The printings of somebody else's forms that may come; others are there to be told from them. None for any."""


NO_PICTURES: Final = Wanted()


@dataclass(frozen=True, slots=True)
class Portion:
    """Some pages of a file: those that come after what was read of it before."""

    file: Path
    first: int = 0
    """The index of the first page that is wanted, from 0."""
    count: int | None = None
    """How many are wanted from there on; None for all."""
    may_change: bool = True
    """Whether somebody may write to it; not so where it is kept for good, and only its time is set anew."""
    hint: Hint | None = None
    """What a person said of its one page; it is read by that."""


@dataclass(frozen=True, slots=True)
class PageResult:
    """One page as read, or why it was not; several of one index where an image holds several slips."""

    file: Path
    index: int
    """Of the page in the file, from 0."""
    stored_px: tuple[int, int] | None
    """Width and height of the image as stored; None where there is none: in a typed-in PDF, or if it is unreadable."""
    outcome: PageReading | SetAside
    """`box_px` and `rotation_deg` are in px of the image as stored; in points of the page where it was typed."""
    crops: dict[str, bytes]
    """Pictures of questions, by their names."""
    overlay: bytes | None
    """What was seen where, on the whole image: the same for all slips on it."""
    preview: bytes | None
    """The whole image, where somebody has to look at it: the same for all slips on it."""
    condition: Condition | None = None
    """What the image tells of the scanner; None where nothing was scanned, or no page of ours was found on it."""
    drafts: tuple[Draft, ...] = ()
    """What is written in its places, where that was wanted."""
    slips: int = 1
    """How many slips lie on the image: so many results come of it."""


@dataclass(frozen=True, slots=True)
class FileRefused:
    """A file of which no page could be read, and why: one sentence for a person."""

    file: Path
    detail: str
