"""What parent and child say to each other; what a child says is checked before it is believed."""

from collections.abc import Iterable
from typing import Annotated, Final, TypeAlias

from msgspec import DecodeError, Meta, Struct
from msgspec.json import Decoder, Encoder

from forms.sandbox import Limits
from scanning.condition import Condition
from scanning.hints import Hint
from scanning.pages import PageLimits
from scanning.readers.frames import Frame, RubbishError
from scanning.readers.results import Wanted
from scanning.readings import PageReading, SetAside
from scanning.writing.drafts import Draft

Count: TypeAlias = Annotated[int, Meta(ge=0)]
Size: TypeAlias = Annotated[int, Meta(ge=1)]


class Setup(Struct, frozen=True):
    """The first thing a child is told; the forms come behind each other in the file handed over with it."""

    bounds: Limits
    limits: PageLimits
    wanted: Wanted
    form_bytes: tuple[int, ...]


class Work(Struct, frozen=True):
    """Pages of the file handed over with it; `opening` asks to look at the file as a whole first."""

    first: int
    count: int
    opening: bool
    hint: Hint | None = None
    """What a person said of the one page that is asked for."""


class Message(Struct, frozen=True, tag_field="kind", forbid_unknown_fields=True, omit_defaults=True):
    """What a child says; its kind tells which it is."""


class Read(Message, frozen=True, tag="read"):
    """A page that was read."""

    outcome: PageReading


class Aside(Message, frozen=True, tag="aside"):
    """A page that was not."""

    outcome: SetAside


Outcomes: TypeAlias = tuple[Read | Aside, ...]


class Ready(Message, frozen=True, tag="ready"):
    """The forms are loaded; `strangers` are the numbers of those that are no forms of ours."""

    strangers: tuple[Count, ...] = ()


class Opened(Message, frozen=True, tag="opened"):
    """The file holds that many pages, to be read as images."""

    pages: Size


class Typed(Message, frozen=True, tag="typed"):
    """The file was typed into: these are all of its pages."""

    outcomes: Outcomes


class Refused(Message, frozen=True, tag="refused"):
    """The file cannot be read, with the reason in a sentence."""

    detail: str


class PageRead(Message, frozen=True, tag="page"):
    """One page. Its blobs are the crops of each outcome, then the overlay and the preview where there are any."""

    index: Count
    stored_px: tuple[Size, Size] | None
    outcomes: Annotated[Outcomes, Meta(min_length=1)]
    crops: tuple[tuple[str, ...], ...]
    """The questions that have a picture, for each outcome."""
    overlay: bool = False
    preview: bool = False
    condition: Condition | None = None
    drafts: tuple[tuple[Draft, ...], ...] = ()
    """What is written, for each outcome, or for none where that was not wanted."""


class Failed(Message, frozen=True, tag="failed"):
    """The page after those already sent raised an exception of that name: what remains of the work was left."""

    name: str


class Done(Message, frozen=True, tag="done"):
    """The work is done."""


Told: TypeAlias = Ready | Opened | Typed | Refused | PageRead | Failed | Done

_TOLD: Final[Decoder[Told]] = Decoder(Told)
_SETUP: Final = Decoder(Setup)
_WORK: Final = Decoder(Work)
_ENCODER: Final = Encoder()


def outcomes_of(pages: Iterable[PageReading | SetAside]) -> Outcomes:
    """Give what pages were read as, each with its kind."""
    return tuple(Read(one) if isinstance(one, PageReading) else Aside(one) for one in pages)


def told(frame: Frame) -> tuple[Told, tuple[bytes, ...]]:
    """Give what a child says, with its blobs; raises RubbishError when it says what no reader says."""
    try:
        message = _TOLD.decode(frame.content)
    except (DecodeError, UnicodeDecodeError, RecursionError):
        raise RubbishError("a message is not in order") from None
    if len(frame.blobs) != _blobs_of(message):
        raise RubbishError("pictures are missing")
    return message, frame.blobs


def telling(message: Told, blobs: tuple[bytes, ...] = ()) -> bytes:
    """Give what a child says as it is sent."""
    return Frame(_ENCODER.encode(message), blobs).packed()


def _blobs_of(message: Told) -> int:
    if not isinstance(message, PageRead):
        return 0
    if len(message.crops) != len(message.outcomes) or len(message.drafts) not in (0, len(message.outcomes)):
        raise RubbishError("pictures are of other pages")
    return sum(map(len, message.crops)) + message.overlay + message.preview


def asking(message: Setup | Work) -> bytes:
    """Give what the parent says as it is sent."""
    return Frame(_ENCODER.encode(message)).packed()


def setup_of(frame: Frame) -> Setup:
    """Give the first thing that a parent says."""
    return _SETUP.decode(frame.content)


def work_of(frame: Frame) -> Work:
    """Give anything that a parent says after that."""
    return _WORK.decode(frame.content)
