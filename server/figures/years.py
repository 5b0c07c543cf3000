"""Reporting years: 1 April to 31 March, named as 2026-27."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

NAME: Final = re.compile(r"(\d{4})-(\d{2})")
FIRST_MONTH: Final = 4


@dataclass(frozen=True, slots=True)
class ReportingYear:
    """One reporting year by the calendar year in which it begins."""

    begins: int

    @classmethod
    def of(cls, day: date) -> "ReportingYear":
        """Give the year that a day is in."""
        return cls(day.year if day.month >= FIRST_MONTH else day.year - 1)

    @classmethod
    def named(cls, name: str) -> "ReportingYear":
        """Give the year of a name as 2026-27; `ValueError` when it is none."""
        found = NAME.fullmatch(name)
        if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
            raise ValueError(f"'{name}' is not a reporting year. Write it as 2026-27.")
        return cls(int(found[1]))

    @property
    def first(self) -> date:
        """Give its first day."""
        return date(self.begins, FIRST_MONTH, 1)

    @property
    def last(self) -> date:
        """Give its last day."""
        return date(self.begins + 1, FIRST_MONTH - 1, 31)

    def __contains__(self, day: date) -> bool:
        """Tell whether a day is in it."""
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.begins}-{(self.begins + 1) % 100:02d}"
