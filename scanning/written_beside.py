"""Words beside tick boxes → a doubt about the answer, which stays however often the boxes are judged again.

Boxes cannot tell of it: "see letter" stands beside a cross that is as clear as any.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from scanning.readings import Doubt, PageReading, Reason

SENTENCE: Final = "Something is written beside the tick boxes."


def doubted(reading: PageReading, questions: Iterable[str]) -> PageReading:
    """Give a page with the answers of these questions doubted, but for those that are doubted already."""
    known = {doubt.question for doubt in reading.doubts}
    fresh = [name for name in dict.fromkeys(questions) if name in reading.answers and name not in known]
    doubts = (Doubt(name, Reason.BESIDE, SENTENCE) for name in fresh)
    return replace(reading, answers=reading.answers | dict.fromkeys(fresh), doubts=(*reading.doubts, *doubts))


def doubted_beside(readings: Iterable[PageReading]) -> list[str]:
    """Give the questions that pages doubt for nothing but words beside their boxes."""
    return [doubt.question for one in readings for doubt in one.doubts if doubt.detail == SENTENCE]
