"""The codes that people write or type: their patterns, their one true spelling, and check characters.

A pattern is one or more masks. In a mask `A` stands for a letter, `9` for a digit, `*` for either; `-`, `/` and
a space stand for themselves and need not be typed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from forms.codes.copy_code import is_copy_code

CELL_MARKS = "A9*"
SEPARATORS = "-/ "
CELLS_MAX = 20

DIGIT_FOR = str.maketrans("OQIL", "0011")
"""Letters that were meant as digits where only a digit can stand."""

LETTER_FOR = str.maketrans("01", "OI")
"""Digits that were meant as letters where only a letter can stand."""


class CodeError(ValueError):
    """Words that are no code of the pattern; `code` names the sentence in `forms/wording`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Pattern:
    """The ways in which one kind of code can be spelt, and a rule that the whole must keep."""

    masks: tuple[str, ...]
    holds: Callable[[str], bool] = lambda _: True
    wrong: str = "not_this_code"

    @property
    def cells(self) -> int:
        """Give the number of comb cells that the longest spelling needs, its own separators among them."""
        return max(map(len, self.masks))

    def normalise(self, words: str) -> str:
        """Give the code's one spelling; `CodeError` when no mask fits, or two do equally well."""
        typed = re.sub(r"[\s\-/.]", "", words).upper()
        fitting = sorted(filter(None, (self._fit(mask, typed) for mask in self.masks)))
        if not fitting:
            raise CodeError(self.wrong)
        least = [spelling for slips, spelling in fitting if slips == fitting[0][0]]
        if len(least) > 1:
            raise CodeError(self.wrong)
        return least[0]

    def _fit(self, mask: str, typed: str) -> tuple[int, str] | None:
        """Give the look-alikes exchanged and the spelling, or None if the mask can't hold what was typed."""
        kinds = _cells(mask)
        if len(kinds) != len(typed):
            return None
        meant = "".join(map(_as_kind, kinds, typed))
        if not all(map(_is_kind, kinds, meant)):
            return None
        rest = iter(meant)
        spelling = "".join(next(rest) if mark in CELL_MARKS else mark for mark in mask)
        return (_changes(typed, meant), spelling) if self.holds(spelling) else None


def _cells(mask: str) -> str:
    return "".join(mark for mark in mask if mark in CELL_MARKS)


def _as_kind(kind: str, character: str) -> str:
    if kind == "9":
        return character.translate(DIGIT_FOR)
    return character.translate(LETTER_FOR) if kind == "A" else character


def _is_kind(kind: str, character: str) -> bool:
    if not character.isascii():
        return False
    return {"9": character.isdigit, "A": character.isalpha, "*": character.isalnum}[kind]()


def _changes(typed: str, meant: str) -> int:
    return sum(one != other for one, other in zip(typed, meant, strict=True))


UK_POSTCODE = re.compile(
    r"(GIR 0AA|([A-PR-UWYZ]([0-9]{1,2}|[A-HK-Y][0-9]{1,2}|[A-HK-Y][0-9][ABEHMNPRVWXY]|[0-9][ABCDEFGHJKPSTUW])"
    r" [0-9][ABD-HJLNP-UW-Z]{2}))"
)
"""The letters and digits that each place of a UK postcode can have (BS 7666)."""

NAMED = {
    "uk_postcode": Pattern(
        ("A9 9AA", "A99 9AA", "AA9 9AA", "AA99 9AA", "A9A 9AA", "AA9A 9AA", "AAA 9AA"),
        holds=lambda spelling: UK_POSTCODE.fullmatch(spelling) is not None,
        wrong="not_a_postcode",
    ),
    "copy_code": Pattern(("**** ****",), holds=is_copy_code, wrong="not_a_copy_code"),
    "job_number": Pattern(("99999", "999999", "9999999", "99999999"), wrong="not_a_job_number"),
}
"""The patterns that have a name. A job number is what repairs systems give out: five to eight digits."""


def pattern_named(name: str) -> Pattern:
    """Give the pattern of that name, or of that mask; `PydanticCustomError` when it is neither."""
    if name in NAMED:
        return NAMED[name]
    if not 1 <= len(_cells(name)) <= CELLS_MAX or set(name) - set(CELL_MARKS + SEPARATORS):
        raise PydanticCustomError("pattern_unknown", "'{pattern}' is not a pattern", {"pattern": name})
    return Pattern((name,))
