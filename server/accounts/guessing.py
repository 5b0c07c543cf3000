"""How easily a password is guessed: what is left of it without the parts that are tried first."""

from typing import Final

ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "01234567890", "abcdefghijklmnopqrstuvwxyz")
RUN_MIN: Final = 4
"""Neighbours on the keyboard or in the alphabet from which on they are one part: `1234`, `qwerty`."""

COMMON: Final = (
    *("password", "passw0rd", "letmein", "welcome", "iloveyou", "changeme", "default", "secret", "admin", "login"),
    *("monkey", "dragon", "football", "liverpool", "chelsea", "arsenal", "superman", "sunshine", "princess"),
    *("january", "february", "april", "june", "july", "august", "september", "october", "november", "december"),
    *("spring", "summer", "autumn", "winter", "monday", "friday"),
    *("sayso", "council", "borough", "housing", "tenant", "landlord", "survey", "melton", "officer", "manager"),
)
"""The words of the National Cyber Security Centre's most used passwords, and those of this place."""

LEFT_MIN: Final = 6
"""Different characters that must be left: a word of its own, at least."""


def is_easy(password: str, username: str) -> bool:
    """Tell whether too little of a password is left without its common parts and the officer's own name."""
    left = password.casefold()
    for part in (username.casefold(), *COMMON, *RUNS):
        left = left.replace(part, " ") if part else left
    return len(set(left) - set(" ")) < LEFT_MIN


def _runs() -> tuple[str, ...]:
    """Give every run along a row, forwards and backwards, the longest first."""
    rows = [way for row in ROWS for way in (row, row[::-1])]
    runs = {row[start:end] for row in rows for start in range(len(row)) for end in range(start + RUN_MIN, len(row) + 1)}
    return tuple(sorted(runs, key=lambda run: (-len(run), run)))


RUNS: Final = _runs()
