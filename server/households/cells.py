"""What a cell says: tidied text, dates, ages, postcodes, email addresses, yes and no. All pure."""

import re
from datetime import date
from typing import Final
from unicodedata import normalize

CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff]")
POSTCODE: Final = re.compile(r"(GIR|[A-Z]{1,2}[0-9][0-9A-Z]?) ?([0-9][A-Z]{2})")
"""As BS 7666 and Royal Mail's guide have them: who lives where is not checked, only whether it can be one."""

EMAIL: Final = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(\.[^@\s,;<>.]+)+")
MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
TIME_OF_DAY: Final = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$")
FIRST_YEAR: Final = 1900
OLDEST: Final = 130
"""Years: nobody is older than this, and a number above it is no age."""

BANDS: Final = ((16, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 74), (75, 84))
"""Ages as the form of the Tenant Satisfaction Measures asks for them, so that answers compare with households."""

YES: Final = frozenset({"yes", "y", "true", "t", "1", "x", "✓", "on"})
NO: Final = frozenset({"no", "n", "false", "f", "0", "", "off", "-"})


def tidy(cell: str) -> str:
    """Give a cell's text in one line, without white space around it and without characters that nothing can show."""
    if not (cell.isascii() and cell.isprintable()):
        cell = CONTROL.sub("", normalize("NFC", cell))
    return " ".join(cell.split())


def tidy_lines(cell: str) -> list[str]:
    """Give the lines of a cell, each tidied, without empty ones."""
    return [line for line in map(tidy, cell.splitlines()) if line]


def day_of(cell: str, today: date) -> date | None:
    """Give a past date written in the British or the ISO way; None when it is not one."""
    parts = re.split(r"[\s/.,-]+", TIME_OF_DAY.sub("", cell))
    if len(parts) != 3:
        return None
    year_first = len(parts[0]) == 4
    day, month, year = reversed(parts) if year_first else parts
    number = MONTHS.get(month[:3].casefold(), 0) if month.isalpha() else _number(month)
    try:
        found = date(_whole_year(year, today), number, _number(day))
    except ValueError:
        return None
    return found if found.year >= FIRST_YEAR and found <= today else None


def _number(digits: str) -> int:
    """Give a number of one or two digits; 0, which no date has, for anything else."""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 2 else 0


def _whole_year(year: str, today: date) -> int:
    """Give a year; of two digits the latest that ends like this and is not in the future. 0 when it is none."""
    if not (year.isascii() and year.isdigit() and len(year) in {2, 4}):
        return 0
    if len(year) == 4:
        return int(year)
    latest = today.year // 100 * 100 + int(year)
    return latest if latest <= today.year else latest - 100


def band_of(birth: date, today: date) -> str:
    """Give the age band of somebody born on a day."""
    return age_band(today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day)))


def age_band(years: int) -> str:
    """Give the band of an age in years."""
    if years < BANDS[0][0]:
        return "under 16"
    return next((f"{least} to {most}" for least, most in BANDS if years <= most), "85 or over")


def band_as_given(cell: str) -> str:
    """Give an age band as it is written, or the band of an age in years."""
    return age_band(int(cell)) if re.fullmatch(r"[0-9]{1,3}", cell) and int(cell) <= OLDEST else cell


def postcode_of(cell: str) -> str | None:
    """Give a postcode in capitals with one space; None when it cannot be one."""
    found = POSTCODE.fullmatch(cell.upper())
    return f"{found[1]} {found[2]}" if found else None


def is_email(cell: str) -> bool:
    """Tell whether this can be an email address."""
    return EMAIL.fullmatch(cell) is not None


def is_yes(cell: str) -> bool | None:
    """Tell yes from no; None when it is neither."""
    word = cell.casefold()
    return True if word in YES else False if word in NO else None
