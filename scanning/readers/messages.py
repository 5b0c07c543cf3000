"""What parent and child say to each other; what a child says is checked before it is believed."""

from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import ConfigDict, Field, NonNegativeInt, PositiveInt, TypeAdapter, ValidationError

from forms.sandbox import Limits
from scanning.condition import Condition
from scanning.hints import Hint
from scanning.pages import PageLimits
from scanning.readers.frames import Frame, RubbishError
from scanning.readers.results import Wanted
from scanning.readings import PageReading, SetAside
from scanning.writing.drafts import Draft

Outcomes: TypeAlias = tuple[PageReading | SetAside, ...]


@dataclass(frozen=True, slots=True)
class Setup:
    """The first thing a child is told; the forms come behind each other in the file handed over with it."""

    bounds: Limits
    limits: PageLimits
    wanted: Wanted
    form_bytes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """Pages of the file handed over with it; `opening` asks to look at the file as a whole first."""

    first: int
    count: int
    opening: bool
    hint: Hint | None = None
    """What a person said of the one page that is asked for."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The forms are loaded; `strangers` are the numbers of those that are no forms of ours."""

    strangers: tuple[NonNegativeInt, ...] = ()
    kind: Literal["ready"] = "ready"


@dataclass(frozen=True, slots=True)
class Opened:
    """The file holds that many pages, to be read as images."""

    pages: PositiveInt
    kind: Literal["opened"] = "opened"


@dataclass(frozen=True, slots=True)
class Typed:
    """The file was typed into: these are all of its pages."""

    outcomes: Outcomes
    kind: Literal["typed"] = "typed"


@dataclass(frozen=True, slots=True)
class Refused:
    """The file cannot be read, with the reason in a sentence."""

    detail: str
    kind: Literal["refused"] = "refused"


@dataclass(frozen=True, slots=True)
class PageRead:
    """One page. Its blobs are the crops of each outcome, then the overlay and the preview where there are any."""

    index: NonNegativeInt
    stored_px: tuple[PositiveInt, PositiveInt] | None
    outcomes: Annotated[Outcomes, Field(min_length=1)]
    crops: tuple[tuple[str, ...], ...]
    """The questions that have a picture, for each outcome."""
    overlay: bool = False
    preview: bool = False
    condition: Condition | None = None
    drafts: tuple[tuple[Draft, ...], ...] = ()
    """What is written, for each outcome, or for none where that was not wanted."""
    kind: Literal["page"] = "page"


@dataclass(frozen=True, slots=True)
class Failed:
    """The page after those already sent raised an exception of that name: what remains of the work was left."""

    name: str
    kind: Literal["failed"] = "failed"


@dataclass(frozen=True, slots=True)
class Done:
    """The work is done."""

    kind: Literal["done"] = "done"


Told: TypeAlias = Ready | Opened | Typed | Refused | PageRead | Failed | Done

STRICTLY: Final = ConfigDict(allow_inf_nan=False, extra="forbid")

_TOLD: Final[TypeAdapter[Told]] = TypeAdapter(Annotated[Told, Field(discriminator="kind")], config=STRICTLY)
_SETUP: Final = TypeAdapter(Setup)
_WORK: Final = TypeAdapter(Work)


def told(frame: Frame) -> tuple[Told, tuple[bytes, ...]]:
    """Give what a child says, with its blobs; raises RubbishError when it says what no reader says."""
    try:
        message = _TOLD.validate_json(frame.content)
    except ValidationError:
        raise RubbishError("a message is not in order") from None
    if len(frame.blobs) != _blobs_of(message):
        raise RubbishError("pictures are missing")
    return message, frame.blobs


def telling(message: Told, blobs: tuple[bytes, ...] = ()) -> bytes:
    """Give what a child says as it is sent: its kind, and what differs from the defaults; most boxes are blank."""
    rest = _TOLD.dump_json(message, exclude_defaults=True).removeprefix(b"{")
    parts = (b'{"kind":"', message.kind.encode(), b'"', b"" if rest == b"}" else b",", rest)
    return Frame(b"".join(parts), blobs).packed()


def _blobs_of(message: Told) -> int:
    if not isinstance(message, PageRead):
        return 0
    if len(message.crops) != len(message.outcomes) or len(message.drafts) not in (0, len(message.outcomes)):
        raise RubbishError("pictures are of other pages")
    return sum(map(len, message.crops)) + message.overlay + message.preview


def asking(message: Setup | Work) -> bytes:
    """Give what the parent says as it is sent."""
    adapter: TypeAdapter[Any] = _SETUP if isinstance(message, Setup) else _WORK
    return Frame(adapter.dump_json(message)).packed()


def setup_of(frame: Frame) -> Setup:
    """Give the first thing that a parent says."""
    return _SETUP.validate_json(frame.content)


def work_of(frame: Frame) -> Work:
    """Give anything that a parent says after that."""
    return _WORK.validate_json(frame.content)
