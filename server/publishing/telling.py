"""Measures told to tenants: a sentence each, in plain words, that claims no more than the answers carry. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from server.dashboard.lines import Line
from server.figures.saying import Change, Measured, change, in_ten
from server.publishing import words as folder

WIDE_POINTS: Final = 20.0
"""A figure whose 95 % interval is wider than this is not told: "6 in 10" could as well be 5 or 7."""

ALL_OF_YOU: Final = "of you"


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Plain(_Kept):
    """A measure's words around its figure."""

    what: str
    who: str = ALL_OF_YOU


class PlainWords(_Kept):
    """The plain words of one set of measures."""

    groups: dict[str, tuple[str, ...]]
    measures: dict[str, Plain]
    information: dict[str, str]
    """Measures that no survey gives, by their codes."""


@dataclass(frozen=True, slots=True)
class Told:
    """One measure as it is told."""

    code: str
    sentence: str
    change: str
    share: float | None
    """In per cent; None where it is not told."""


@cache
def plain_words(name: str) -> PlainWords:
    """Give the words of a set of measures; `FileNotFoundError` when there are none."""
    text = (resources.files(folder) / f"{name}.yaml").read_text(encoding="utf-8")
    return PlainWords.model_validate(YAML(typ="safe", pure=True).load(text))


def told(lines: Sequence[Line], words: PlainWords) -> list[tuple[str, list[Told]]]:
    """Give all measures by their groups."""
    by_code = {line.code: line for line in lines}
    return [
        (group, [_told(by_code[code], words.measures[code]) for code in codes if code in by_code])
        for group, codes in words.groups.items()
    ]


def _told(line: Line, plain: Plain) -> Told:
    if line.of is None or line.of.interval.high - line.of.interval.low > WIDE_POINTS:
        who = "you" if plain.who == ALL_OF_YOU else plain.who.removeprefix("of ")
        return Told(line.code, f"Too few {who_answered(who)} to say how many {plain.what}.", "", None)
    share = in_ten(line.of.share)
    sentence = f"{share[:1].upper()}{share[1:]} {plain.who} {plain.what}."
    return Told(line.code, sentence, _change(line), line.of.share)


def who_answered(who: str) -> str:
    """Give those who answered as the middle of a sentence."""
    return "of you answered" if who == "you" else f"{who} answered".replace("you who", "of you who")


def _change(line: Line) -> str:
    """Give what has changed since the last year that there is a figure of; nothing where there is none."""
    if line.of is None or not line.earlier:
        return ""
    year, before = line.earlier[-1]
    return _sentence(line.of, before, year)


def _sentence(now: Measured, before: Measured, year: str) -> str:
    words = {
        Change.HIGHER: f"This is higher than in {year} ({before.share:.1f} %).",
        Change.LOWER: f"This is lower than in {year} ({before.share:.1f} %).",
        Change.UNSURE: f"In {year} it was {before.share:.1f} %. Too few of you answered to say if it has changed.",
    }
    return words[change(now, before)]
