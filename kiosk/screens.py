"""What one screen shows, as plain values: made by `kiosk.showing`, drawn by the templates, read aloud by the browser.

All words on a screen stand in `Words`, so that what is read aloud is what is seen: each has its clip.
"""

from dataclasses import dataclass
from enum import StrEnum


class Size(StrEnum):
    """The three sizes of text."""

    NORMAL = "normal"
    LARGE = "large"
    LARGEST = "largest"


class Colours(StrEnum):
    """The themes, each with 7:1."""

    LIGHT = "light"
    DARK = "dark"
    YELLOW = "yellow"
    """Yellow on black."""


class Speed(StrEnum):
    """How fast is read aloud."""

    SLOW = "slow"
    NORMAL = "normal"
    FAST = "fast"


class Aloud(StrEnum):
    """When is read aloud."""

    ASKED = "asked"
    """By the Listen button."""
    ALWAYS = "always"
    """Every screen as it appears."""
    KEYS = "keys"
    """Every screen and each step within it: for those who cannot see it, who go by four keys."""


VOLUMES = 5
"""Steps of volume; the middle one is where everybody starts."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How one person wants it; the next person starts with these defaults again."""

    language: str
    size: Size = Size.NORMAL
    colours: Colours = Colours.LIGHT
    aloud: Aloud = Aloud.ASKED
    speed: Speed = Speed.NORMAL
    volume: int = VOLUMES // 2 + 1


@dataclass(frozen=True, slots=True)
class Words:
    """Words that are shown and read aloud."""

    text: str
    clip: str
    """The name of the clip that says them; what the person typed has none and is spoken when asked for."""
    language: str | None = None
    """Where it is another than the screen's: the name of a language."""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer that can be chosen; the whole row is its label."""

    value: str
    words: Words
    is_chosen: bool
    is_exclusive: bool = False
    face: int | None = None
    """From 1, the happiest, to 5: drawn beside the words."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Answers to choose one or several of, as native radio buttons or checkboxes."""

    name: str
    rows: tuple[Row, ...]
    takes_several: bool = False
    legend: Words | None = None
    """None where the heading of the screen is the question."""
    problem: Words | None = None


class Typing(StrEnum):
    """Which keys a line of writing needs."""

    TEXT = "text"
    NUMBER = "number"
    PHONE = "phone"
    EMAIL = "email"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Line:
    """Something to type."""

    name: str
    value: str
    typing: Typing
    length: int
    """The most characters."""
    label: Words | None = None
    """None where the heading of the screen is the question."""
    unit: Words | None = None
    """Stands behind the field."""
    is_long: bool = False
    """Whether it is a box of several lines."""
    is_short: bool = False
    """Whether it stands beside others: the parts of a date."""
    problem: Words | None = None


Field = Rows | Line


class Act(StrEnum):
    """What a button does; sent as `act`."""

    NEXT = "next"
    BACK = "back"
    SKIP = "skip"
    SEND = "send"
    CHANGE = "change"
    """From "check your answers" to one question; `value` is its id."""
    BEGIN = "begin"
    """Begin a campaign; `value` is its id."""
    LEAVE = "leave"
    """Wipe everything and go to the start screen."""
    MORE_TIME = "more_time"
    COMPLAIN = "complain"
    RESULTS = "results"
    SIZE = "size"
    COLOURS = "colours"
    LANGUAGE = "language"
    """Without a value: show the languages; with one: use it."""
    HELP = "help"
    SPEECH = "speech"
    """Without a value: show how reading aloud can be set; `aloud:always`, `speed:slow`, `volume:4`: set it."""
    CLOSE = "close"
    """From help, languages and speech back to where the person was."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button that sends the screen."""

    act: Act
    words: Words
    value: str = ""
    is_main: bool = False
    """The one filled button."""
    is_chosen: bool = False
    """What is set at present, among settings to choose from."""
    is_resting: bool = False
    """Whether it cannot be taken now; `detail` says when it can."""
    detail: Words | None = None
    """A second line on a large button."""


@dataclass(frozen=True, slots=True)
class Given:
    """One question with its answer, on the screen where answers are checked."""

    question: Words
    answers: tuple[Words, ...]
    """Empty where it was skipped: then `kiosk.skipped` stands there. Contact details are never shown again."""
    change: Button


@dataclass(frozen=True, slots=True)
class Bar:
    """How many answered one thing, of all."""

    words: Words
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Pledge:
    """You said, we did."""

    said: Words
    did: Words


@dataclass(frozen=True, slots=True)
class Progress:
    """How far: in words, and as a part of the whole."""

    words: Words
    done: int
    of: int


class Kind(StrEnum):
    """Which screen it is; each has a template."""

    SET_UP = "set_up"
    START = "start"
    ABOUT = "about"
    CODE = "code"
    HELPED = "helped"
    QUESTION = "question"
    CHECK = "check"
    SENT = "sent"
    RESULTS = "results"
    COMPLAINT = "complaint"
    STILL_THERE = "still_there"
    LANGUAGE = "language"
    HELP = "help"
    SPEECH = "speech"
    NOT_NOW = "not_now"
    """Something went wrong, or this screen is not in use: what to do instead."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen."""

    kind: Kind
    turn: int
    """Sent back with every button; an answer to a screen that is no longer the person's counts for nothing."""
    heading: Words
    landlord: str
    form: Words | None = None
    """The form's title, in the band at the top."""
    progress: Progress | None = None
    problem: Words | None = None
    """What has to be put right, above the question."""
    notice: Words | None = None
    paragraphs: tuple[Words, ...] = ()
    """Help beneath the question, or what the screen has to say."""
    fields: tuple[Field, ...] = ()
    buttons: tuple[Button, ...] = ()
    """Large ones, one a row: campaigns, languages, ways of reading aloud."""
    moves: tuple[Button, ...] = ()
    """Low down: Back, Skip, Next."""
    given: tuple[Given, ...] = ()
    bars: tuple[Bar, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    receipt: str | None = None
    """Read out character by character."""

    @property
    def has_typing(self) -> bool:
        """Tell whether something can be typed here."""
        return any(isinstance(field, Line) for field in self.fields)
