"""Which columns an export has: what each holds, its words and its codes. The same in every kind of file. Pure.

There are no contact details, receipts, codes of copies or homes, and no equality answers, which belong to nobody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from forms.kinds import Question
from server.models.campaigns import Channel
from server.results.wording import TEXT_KINDS, Worded, fact_words
from server.web.words import plain

NAME_MAX: Final = 64
"""Bytes of a variable's name in SPSS."""

RESERVED: Final = frozenset({"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"})
"""Words that SPSS takes for no variable's name."""


class What(StrEnum):
    """What an export holds beside the answers."""

    WORDS = "words"
    """What people wrote: comments, lines of text, codes."""
    PROFILE = "profile"
    """What is known of the home: area, scheme, tenure, age band, property type."""


class Holds(StrEnum):
    """What the cells of a column are."""

    CHOICE = "choice"
    TICK = "tick"
    """1 for chosen, 0 for not chosen by somebody who answered."""
    NUMBER = "number"
    DAY = "day"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    name: str
    label: str
    holds: Holds
    codes: Mapping[str, str] = field(default_factory=dict)
    """Each choice by its id, with its words, in printed order; its number in SPSS is its place, from 1."""
    question: str = ""
    """The question that it answers; none for what is known of the response."""
    option: str = ""
    """The choice that a tick stands for."""

    def number(self, choice: str) -> int:
        """Give a choice's number, from 1; `ValueError` for one that the column hasn't."""
        return list(self.codes).index(choice) + 1


PROFILE: Final = ("area", "scheme", "tenure", "age_band", "property_type")
KINDS: Final = {"number": Holds.NUMBER, "date": Holds.DAY}


def columns_of(worded: Worded, what: frozenset[What]) -> tuple[Column, ...]:
    """Give the columns of a form's export, each name once."""
    return _once((*_facts(what), *(column for one in worded.together for column in _of(one, worded, what))))


def _facts(what: frozenset[What]) -> Iterator[Column]:
    yield Column("received_on", "Day on which it was received", Holds.DAY)
    channels = {channel.value: fact_words("channel", channel) for channel in Channel}
    yield Column("channel", "How it came", Holds.CHOICE, channels)
    yield Column("method", "Method, where it was collected elsewhere or filled in by an officer", Holds.WORDS)
    yield Column("language", "Language of the form, by its code", Holds.WORDS)
    yield Column("helped", "Whether somebody helped", Holds.TICK)
    if What.PROFILE in what:
        yield from (Column(name, f"{plain(name).capitalize()} of the home", Holds.WORDS) for name in PROFILE)


def _of(question: Question, worded: Worded, what: frozenset[What]) -> Iterator[Column]:
    label, options = worded.question(question.id), worded.options(question)
    if question.kind == "several_choices":
        for option, words in options.items():
            name = f"{question.id}__{option}"
            yield Column(name, f"{label} {words}", Holds.TICK, question=question.id, option=option)
    elif options:
        yield Column(question.id, label, Holds.CHOICE, options, question.id)
    elif question.kind in KINDS:
        yield Column(question.id, label, KINDS[question.kind], question=question.id)
    elif What.WORDS in what and question.kind in {*TEXT_KINDS, "code"}:
        yield Column(question.id, label, Holds.WORDS, question=question.id)


def _once(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Give each column a name that every program takes, and that no other has."""
    taken, found = set[str](), list[Column]()
    for column in columns:
        name = f"{column.name}_" if column.name in RESERVED else column.name[:NAME_MAX]
        again = 2
        while name in taken:
            name, again = f"{column.name[: NAME_MAX - 4]}_{again}", again + 1
        taken.add(name)
        found.append(Column(name, column.label, column.holds, column.codes, column.question, column.option))
    return tuple(found)
