"""A cell → the answer that it stands for, as the form delivers it: by id, words, letter or number. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from forms.kinds import Question
from forms.kinds.consent import GIVEN
from forms.kinds.scale import NOT_APPLICABLE, ScaleQuestion
from forms.kinds.yes_no import DONT_KNOW
from server.collected.matching import plain
from server.results.wording import Worded

BLANK: Final = frozenset({"", "no answer", "refused", "blank", "skipped", "not asked"})
UNKNOWN: Final = frozenset(
    {"n a", "na", "not applicable", "don t know", "dont know", "dk", "not applicable don t know"}
)
YES: Final = frozenset({"yes", "y", "true", "1", "x", "✓", "given", "agreed"})
NO: Final = frozenset({"no", "n", "false", "0"})
NO_IN_CODES: Final = frozenset({"2"})
"""Telephone surveys write 1 for yes and 2 for no."""

BETWEEN: Final = (";", "|", ",")
"""What several choices in one cell are divided by; the first of these that is in the cell."""

PREFIX_MIN: Final = 4
"""Letters from which on the beginning of one choice's words stands for it: Neither."""


class Direction(StrEnum):
    """What the numbers of a scale mean in a table."""

    WORDS = "words"
    """There are none."""
    BEST_FIRST = "best_first"
    """1 is the best."""
    BEST_LAST = "best_last"
    """5 is the best."""


class UnreadError(ValueError):
    """A cell that is none of the question's choices; the message says so."""


def answer_of(cell: str, question: Question, worded: Worded, direction: Direction) -> object:
    """Give what a cell delivers to its question, None when it is blank; `UnreadError` where nobody can tell."""
    words = plain(cell) or cell.strip()
    if words in BLANK:
        return None
    if question.kind == "consent":
        return GIVEN if is_ticked(cell) else None
    if question.kind == "several_choices":
        return [_choice(part, question, worded, direction) for part in _parts(cell, question, worded)]
    if question.chooses:
        return _choice(cell, question, worded, direction)
    return cell.strip()


def option_named(heading: str, question: Question, worded: Worded) -> str | None:
    """Give the choice of a question with several that a column's heading names; None where it names the question."""
    words = plain(heading)
    for option, label in worded.options(question).items():
        if words in {plain(label), plain(option), f"{plain(question.id)} {plain(option)}"}:
            return option
    return None


def is_ticked(cell: str) -> bool:
    """Tell whether a choice's own column has it chosen; `UnreadError` where nobody can tell."""
    words = plain(cell) or cell.strip()
    if words not in YES | NO | BLANK | NO_IN_CODES:
        raise UnreadError("this is neither yes nor no.")
    return words in YES


def _parts(cell: str, question: Question, worded: Worded) -> list[str]:
    """Divide a cell with several choices; a choice's own words are never divided."""
    if plain(cell) in _known(question, worded):
        return [cell]
    divider = next((one for one in BETWEEN if one in cell), None)
    return [part for part in cell.split(divider) if part.strip()] if divider else [cell]


def _choice(cell: str, question: Question, worded: Worded, direction: Direction) -> str | None:
    words, known = plain(cell), _known(question, worded)
    if words in known:
        return known[words]
    options = list(worded.options(question))
    if words in UNKNOWN:
        return next((option for option in (NOT_APPLICABLE, DONT_KNOW) if option in options), None)
    if question.kind == "yes_no" and (words in YES | NO | NO_IN_CODES):
        return "yes" if words in YES else "no"
    if (place := _place(words, question, worded, direction)) and 1 <= place <= len(options):
        return options[place - 1]
    starting = {option for label, option in known.items() if label.startswith(words) and len(words) >= PREFIX_MIN}
    if len(starting) == 1:
        return starting.pop()
    raise UnreadError("this is none of the choices.")


def _place(words: str, question: Question, worded: Worded, direction: Direction) -> int | None:
    """Give which choice a number or a letter stands for, from 1; None when it is neither."""
    if len(words) == 1 and "a" <= words <= "z":
        return ord(words) - ord("a") + 1
    if not (words.isascii() and words.isdigit() and len(words) <= 2):
        return None
    if not isinstance(question, ScaleQuestion):
        return int(words)
    points = len(worded.form.scales[question.scale].points)
    if direction is Direction.WORDS:
        raise UnreadError("this is a number. Say what the numbers of scales mean.")
    if not 1 <= int(words) <= points:
        raise UnreadError(f"a scale has the numbers 1 to {points} only. Write what this stands for in words.")
    return int(words) if direction is Direction.BEST_FIRST else points + 1 - int(words)


def _known(question: Question, worded: Worded) -> Mapping[str, str]:
    """Give the choices by their ids and by their words in every language of the form."""
    found = dict[str, str]()
    for choice in worded.form.choices(question):
        for language in choice.label.languages():
            found.setdefault(plain(choice.label.filled(language, worded.details)), choice.id)
    return {**found, **{plain(option): option for option in worded.options(question)}}
