"""A form's question → what the cells of its field can say: its pattern, and the list of what there is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from forms.codes import CELL_MARKS, SEPARATORS, CodeError, Pattern, pattern_named
from forms.kinds import Question
from forms.kinds.code import Code
from forms.kinds.date import YEAR_MIN, Date
from forms.kinds.number import Number
from scanning.writing.decoding import Expected

AHEAD_DAYS: Final = 366
"""How far ahead of today a day may lie where a form does not say."""

DATE_MASK: Final = "99999999"
DATE_GAPS: Final = frozenset({2, 4})


@dataclass(frozen=True, slots=True)
class Lists:
    """What there is: the codes that may be written, in any spelling. None where nobody knows."""

    today: date
    postcodes: frozenset[str] | None = None
    copy_codes: frozenset[str] | None = None
    job_numbers: frozenset[str] | None = None

    def of_pattern(self, name: str) -> frozenset[str] | None:
        """Give the list for a named pattern."""
        known = {"uk_postcode": self.postcodes, "copy_code": self.copy_codes, "job_number": self.job_numbers}
        return known.get(name)


def expected_of(question: Question, lists: Lists) -> Expected | None:
    """Give what the cells of a question can say; None for a question that has none."""
    if isinstance(question, Code):
        return _of_code(question.pattern, lists.of_pattern(question.pattern))
    if isinstance(question, Date):
        first, last = _bound(question.earliest, lists.today), _bound(question.latest, lists.today)
        return _of_days(first or date(YEAR_MIN, 1, 1), last or lists.today + timedelta(days=AHEAD_DAYS))
    if isinstance(question, Number):
        most = len(str(question.maximum))
        low, high = question.minimum, question.maximum
        masks = tuple("9" * count for count in range(1, most + 1))
        return Expected(masks, lambda spelling: low <= int(spelling) <= high)
    return None


def _of_code(name: str, listed: frozenset[str] | None) -> Expected:
    pattern = pattern_named(name)
    masks = tuple(dict.fromkeys(_bare(mask) for mask in pattern.masks))
    return Expected(masks, _rule(pattern), _spelt(listed), _gaps(pattern.masks))


@lru_cache(maxsize=16)
def _spelt(listed: frozenset[str] | None) -> tuple[str, ...] | None:
    return None if listed is None else tuple(sorted({_bare(one).upper() for one in listed}))


def _bare(spelling: str) -> str:
    return "".join(one for one in spelling if one not in SEPARATORS)


def _rule(pattern: Pattern) -> "_Rule":
    return _Rule(pattern)


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: Pattern

    def __call__(self, spelling: str) -> bool:
        """Tell whether a spelling without separators keeps the pattern's rule, as it stands."""
        try:
            return _bare(self.pattern.normalise(spelling)) == spelling
        except CodeError:
            return False


def _gaps(masks: Iterable[str]) -> frozenset[int]:
    """Give where a cell may be left empty: at the separators, counted from the end if the masks differ before them."""
    return frozenset(
        -sum(mark in CELL_MARKS for mark in mask[at:])
        for mask in masks
        for at, one in enumerate(mask)
        if one in SEPARATORS
    )


@lru_cache(maxsize=16)
def _of_days(first: date, last: date) -> Expected:
    days = tuple((first + timedelta(days=at)).strftime("%d%m%Y") for at in range((last - first).days + 1))
    known = frozenset(days)
    return Expected((DATE_MASK,), lambda spelling: spelling in known, days, DATE_GAPS)


def _bound(bound: object, today: date) -> date | None:
    if isinstance(bound, date):
        return bound
    return today if bound == "today" else None
