"""What can be odd about a row: said by row number, heading and kind, never in the cell's own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from server.households.fields import LENGTHS, Field

ODDITIES_MAX: Final = 50_000
"""How many are kept of one import: beyond, a column was matched wrongly, and one more line tells nothing new."""


class Odd(StrEnum):
    """A kind of oddity."""

    NO_CODE = "no_code"
    CODE_TWICE = "code_twice"
    CODE_LONG = "code_long"
    CELL_LONG = "cell_long"
    DATE = "date"
    POSTCODE = "postcode"
    EMAIL = "email"
    YES_OR_NO = "yes_or_no"


REFUSING: Final = frozenset({Odd.NO_CODE, Odd.CODE_TWICE, Odd.CODE_LONG})
"""The kinds for which the row was left out."""

WORDS: Final = {
    Odd.NO_CODE: "There is no code.",
    Odd.CODE_TWICE: "The code is the same as in row {other}.",
    Odd.CODE_LONG: f"The code is longer than {LENGTHS[Field.CODE]} characters.",
    Odd.CELL_LONG: "This is too long.",
    Odd.DATE: "This is not a date of birth that Sayso can read.",
    Odd.POSTCODE: "This cannot be a UK postcode.",
    Odd.EMAIL: "This cannot be an email address.",
    Odd.YES_OR_NO: "This is neither yes nor no.",
}

OUTCOMES: Final = {
    Odd.CELL_LONG: "left empty",
    Odd.DATE: "age band left empty",
    Odd.POSTCODE: "kept as it is",
    Odd.EMAIL: "kept as it is",
    Odd.YES_OR_NO: "taken as no",
}
"""What was done; the row was left out where the kind refuses it."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something odd, at a row of the spreadsheet and under a heading."""

    row: int
    column: str
    what: Odd
    other: int = 0
    """The row that it clashes with, where there is one."""

    def plain(self) -> dict[str, Any]:
        """Give what is kept of it."""
        return {"row": self.row, "column": self.column, "what": self.what.value, "other": self.other}

    @classmethod
    def from_plain(cls, kept: Mapping[str, Any]) -> "Oddity":
        """Give back what `plain` gave."""
        return cls(kept["row"], kept["column"], Odd(kept["what"]), kept["other"])

    @property
    def refuses(self) -> bool:
        """Tell whether the row was left out."""
        return self.what in REFUSING

    @property
    def words(self) -> str:
        """Say what is odd."""
        return WORDS[self.what].format(other=self.other)

    @property
    def outcome(self) -> str:
        """Say what was done."""
        return "row left out" if self.refuses else OUTCOMES[self.what]
