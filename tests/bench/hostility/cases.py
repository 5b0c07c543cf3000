"""One file of the bench, and what a result makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scanning.readers import FileRefused, PageResult
from scanning.readings import Answer, PageReading

Truth = dict[tuple[str | None, int], dict[str, Answer]]
"""The right answers of each page, by its copy and number."""


class Verdict(StrEnum):
    """What became of a file, from good to bad."""

    RIGHT = "read right"
    DOUBTED = "doubted"
    REFUSED = "refused"
    WRONG = "wrong"


ORDER = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class Case:
    """A file with the truth of the sound one that it was made of; no truth for one that holds no page of ours."""

    group: str
    content: bytes
    truth: Truth
    suffix: str = ""


def verdict(case: Case, results: Sequence[PageResult | FileRefused]) -> Verdict:
    """Say what became of a file: the worst of what became of its pages."""
    return max((_of(case, result) for result in results), key=ORDER.index)


def _of(case: Case, result: PageResult | FileRefused) -> Verdict:
    if isinstance(result, FileRefused):
        return Verdict.REFUSED if result.detail else Verdict.WRONG
    if not isinstance(result.outcome, PageReading):
        return Verdict.REFUSED if result.outcome.detail else Verdict.WRONG
    return _of_reading(case.truth, result.outcome)


def _of_reading(truth: Truth, reading: PageReading) -> Verdict:
    """Compare a reading with the truth: an answer that differs has to be doubted, and a page has to be its own."""
    right = truth.get((reading.copy, reading.page))
    if right is None:
        return Verdict.WRONG
    doubted = {doubt.question for doubt in reading.doubts}
    unsure = "" in doubted or any(question in doubted for question in right)
    for question, answer in right.items():
        if question not in doubted and "" not in doubted and reading.answers.get(question) != answer:
            return Verdict.WRONG
    return Verdict.DOUBTED if unsure else Verdict.RIGHT
