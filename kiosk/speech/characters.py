"""Letters, digits and numbers: for codes and receipts read out one by one, and for the keys of the keyboard."""

from collections.abc import Iterator
from typing import Final

from kiosk.speech.utterance import Utterance

NUMBER_MAX: Final = 100
"""Whole numbers up to this are made beforehand: of questions, answers and parts in a hundred."""

DIGITS: Final = "0123456789"
LATIN: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

LETTERS: Final = {
    "en": LATIN,
    "pl": LATIN + "ĄĆĘŁŃÓŚŹŻ",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةى",
}
"""The letters on the keyboard of each language that has one. A key and a code say a letter alike, in capitals."""


def letter(language: str, character: str) -> Utterance:
    """Give how one letter or digit is said.

    A Latin letter among others' script is said in English: codes and receipts are of Latin letters everywhere.
    """
    capital = character.upper()
    own = LETTERS.get(language, LATIN)
    if capital in LATIN and capital not in own:
        return Utterance("en", capital)
    return Utterance(language, capital)


def spelled(code: str, language: str) -> tuple[Utterance, ...]:
    """Give a code or receipt as it is read out, one utterance a character, without what only groups them."""
    return tuple(letter(language, one) for one in code if one.isalnum())


def number(language: str, value: int) -> Utterance:
    """Give how a whole number is said."""
    return Utterance(language, str(value))


def of_characters(language: str) -> Iterator[Utterance]:
    """Give every letter, digit and small number that may be said in a language."""
    for character in dict.fromkeys(LETTERS.get(language, "") + LATIN + DIGITS):
        yield letter(language, character)
    for value in range(NUMBER_MAX + 1):
        yield number(language, value)
