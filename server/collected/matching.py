"""What each column of a table of answers holds, guessed by its heading, and whether all columns fit together. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final

from forms.kinds import Question
from forms.kinds.scale import ScaleQuestion
from server.results.wording import Worded

LEAVE_OUT: Final = "@leave_out"
RECEIVED_ON: Final = "@received_on"
METHOD: Final = "@method"
HOUSEHOLD: Final = "@household"
COPY_CODE: Final = "@copy_code"
LANGUAGE: Final = "@language"
"""What a column may hold beside the answers to a question, which is named by its id: no id begins with an @."""

FACTS: Final = {
    LEAVE_OUT: "Leave out",
    RECEIVED_ON: "Day of the answer",
    METHOD: "Method",
    HOUSEHOLD: "Code of the home (UPRN or your reference)",
    COPY_CODE: "Code of the paper form",
    LANGUAGE: "Language",
}
PATTERNS: Final = (
    (COPY_CODE, r"\b(copy|form|paper|survey) code\b"),
    (HOUSEHOLD, r"\b(uprn|household|home|property|tenancy|asset)\b|^(our )?ref(erence)?$"),
    (METHOD, r"\b(method|mode|channel|collected by|how collected)\b"),
    (LANGUAGE, r"\blanguage\b"),
    (RECEIVED_ON, r"\b(date|day|completed|received)\b"),
)
SAME_WORDS: Final = 0.8
"""How alike a heading and a question are from which on they are taken for the same (of 0 to 1): a slip of a few
letters or a word left out stays above it, and no two questions of the TSM form reach it."""

NEEDS: Final = "this counts only after an answer to"
MATCH_TOO: Final = "Match a column with that too, or leave this one out."

NUMBERED: Final = re.compile(r"(?:q|question)?\s*(\d{1,3})(?:\s*[a-z])?")
OTHER: Final = re.compile(r"[\W_]+")


def targets(worded: Worded) -> dict[str, str]:
    """Give all that a column may hold, with its words; contact details are never taken from a table."""
    questions = {one.id: f"{_number(one, worded)}. {worded.say(one.ask)}" for one in _asked(worded)}
    return {**FACTS, **questions}


def many(worded: Worded) -> frozenset[str]:
    """Give what several columns may hold together: questions with several choices, a column for each."""
    return frozenset({LEAVE_OUT, *(one.id for one in _asked(worded) if one.kind == "several_choices")})


def guessed(headings: Sequence[str], worded: Worded) -> dict[str, str]:
    """Give what each column probably holds, each question once where it takes one column."""
    found, several = dict[str, str](), many(worded)
    for heading in headings:
        for target in _candidates(heading, worded):
            if target in several or target not in found.values():
                found[heading] = target
                break
    return {heading: found.get(heading, LEAVE_OUT) for heading in headings}


def mistakes(matched: Mapping[str, str], worded: Worded) -> dict[str, str]:
    """Give a sentence for each heading that is matched wrongly; under the empty one, what the whole lacks."""
    known, several, taken, found = targets(worded), many(worded), dict[str, str](), dict[str, str]()
    for heading, target in matched.items():
        if target not in known:
            found[heading] = f"{heading}: choose one of these."
        elif target in taken and target not in several:
            found[heading] = f"{heading}: “{known[target]}” is matched with “{taken[target]}” already."
        elif filters := _filters(target, worded) - set(matched.values()):
            found[heading] = f"{heading}: {NEEDS} “{worded.question(filters.pop())}”. {MATCH_TOO}"
        taken.setdefault(target, heading)
    if not set(matched.values()) - set(FACTS):
        found[""] = "Match at least one column with a question."
    return found


def _filters(target: str, worded: Worded) -> set[str]:
    """Give the questions that decide who is asked this one."""
    return set() if target.startswith("@") else set(worded.form.question(target).show_if)


def plain(words: str) -> str:
    """Give words in small letters with single spaces and nothing between them but letters and digits."""
    return OTHER.sub(" ", words.casefold()).strip()


def _candidates(heading: str, worded: Worded) -> Iterator[str]:
    """Give what a heading may mean, the surest first: an id or measure, the words, a fact, a number."""
    words = plain(heading)
    questions = _asked(worded)
    for one in questions:
        measure = one.measure.casefold() if isinstance(one, ScaleQuestion) and one.measure else None
        options = [f"{plain(one.id)} {plain(option)}" for option in worded.options(one)]
        if words == plain(one.id) or (measure and measure in words.split()) or words in options:
            yield one.id
    yield from (one.id for one in questions if _is_alike(words, plain(worded.say(one.ask))))
    yield from (one.id for one in questions if one.kind == "several_choices" and _names_option(words, one, worded))
    yield from (target for target, pattern in PATTERNS if re.search(pattern, words))
    if number := NUMBERED.fullmatch(words):
        yield from (one.id for one in questions if _number(one, worded) == number[1] and not worded.is_apart(one))


def _is_alike(words: str, question: str) -> bool:
    return question in words or SequenceMatcher(None, words, question, autojunk=False).ratio() >= SAME_WORDS


def _names_option(words: str, question: Question, worded: Worded) -> bool:
    return any(words == plain(label) for label in worded.options(question).values())


def _asked(worded: Worded) -> tuple[Question, ...]:
    return tuple(one for one in worded.form.questions if one.kind != "contact")


def _number(question: Question, worded: Worded) -> str:
    return str(worded.form.numbers[question.id])
