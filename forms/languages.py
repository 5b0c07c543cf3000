"""Languages by their codes: their names, the way they run, and how they write a day."""

from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

REGION = {"en": "en_GB"}
"""The country whose customs a bare code stands for here."""


@lru_cache(maxsize=256)
def locale_of(language: str) -> Locale:
    """Give Babel's locale of a language code; `UnknownLocaleError` when no language has it."""
    try:
        return Locale.parse(REGION.get(language, language.replace("-", "_")))
    except ValueError as error:
        raise UnknownLocaleError(language) from error


def is_right_to_left(language: str) -> bool:
    """Tell whether a language is written from right to left."""
    return locale_of(language).text_direction == "rtl"


def english_name(language: str) -> str:
    """Give a language's name in English, as officers read it."""
    return locale_of(language).get_language_name("en") or language


def long_date(day: date, language: str) -> str:
    """Give a day as people write it: 22 November 2026."""
    return format_date(day, "long", locale=locale_of(language))
