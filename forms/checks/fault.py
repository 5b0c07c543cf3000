"""What a check of a definition gives back, and what all checks share."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from forms.definition import Form, Section
from forms.kinds import Question

Path = tuple[str | int, ...]
"""Keys and list positions that lead from the top of a definition to a part of it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a definition: where, what, and what to write instead."""

    path: Path
    wrong: str
    remedy: str


def nearest(word: str, known: Iterable[str]) -> str:
    """Give a remedy that names what may have been meant, or all that there is."""
    names = sorted(known)
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean '{close[0]}'?"
    return f"Write one of: {', '.join(names)}." if names else "There is none to name here."


def located(form: Form) -> Iterator[tuple[Path, Section, Question]]:
    """Give each question with its path and section."""
    for at, section in enumerate(form.sections):
        for number, question in enumerate(section.questions):
            yield ("sections", at, "questions", number), section, question
