"""Readings made up for tests of what comes after reading: pages of the form with every kind of question."""

from collections.abc import Mapping

from forms.layout.model import Kind
from scanning.printings import Printed
from scanning.readings import Answer, Doubt, MarkFeatures, MarkReading, PageReading, Reason, State
from tests.forms import every_kind

PRINTING = "0123ABCD"
OTHER = "9999ZZZZ"

OPTIONS = {"repair": ("yes", "no", "dont_know"), "way": ("phone", "online"), "age": ("under", "over")}
PAGES = {"repair": 1, "way": 2, "age": 5}

CLEAR = MarkFeatures(ink=0.2, extent=0.9, dark=0.8)
FAINT = MarkFeatures(ink=0.1, extent=0.9, dark=0.12)


def printed(name: str = PRINTING, *, to_fill: frozenset[int] = frozenset({1, 2, 5})) -> Printed:
    """Give a printing of five pages: 3 has nothing to fill in, 4 is a blank back, 5 is torn off."""
    return Printed(name, every_kind(), 5, to_fill, frozenset({5}), frozenset({4}))


def page(
    number: int, copy: str | None, said: Mapping[str, str | None], *, printing: str = PRINTING, faint: bool = False
) -> PageReading:
    """Give a page as read whose questions are answered so, or doubted as faint."""
    marks = tuple(_mark(name, option, option == said[name], faint=faint) for name in said for option in OPTIONS[name])
    doubts = tuple(Doubt(name, Reason.FAINT, "Faint.") for name in said if faint)
    answers: dict[str, Answer] = {name: None if faint else answer for name, answer in said.items()}
    return PageReading(
        printing, every_kind().form, "1 (0)", number, copy, 0.5, 0.01, marks, (), answers, doubts
    )  # fmt: skip


def _mark(name: str, option: str, marked: bool, *, faint: bool) -> MarkReading:
    features = (FAINT if faint else CLEAR) if marked else MarkFeatures()
    state = (State.DOUBTFUL if faint else State.MARKED) if marked else State.BLANK
    return MarkReading(name, Kind.RADIO, option, state, features, 1.0, (10.04, 20.06, 30.0, 30.0))
