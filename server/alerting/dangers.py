"""Somebody's own words → the dangers that they speak of. Better one too many than one missed.

Phrases are found first, slips of the pen forgiven. Then those are left out that a longer harmless phrase holds ("fire
drill"), that are taken back ("never any damp"), or that are said to be put right ("was fixed the same day").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from server.alerting.danger import Danger
from server.alerting.phrasebook import LANGUAGES, Phrasebook, phrasebook
from server.alerting.taking_back import context
from server.alerting.words import ARABIC, Token, tokens

ENGLISH: Final = "en"
WRITTEN: Final = {"pl": re.compile(r"[ąćęłńóśźż]", re.IGNORECASE), "ar": ARABIC}
"""The letters that tell a language, whatever the form's."""

LETTERS_MAX: Final = 10_000
"""Of a text; what comes after is not looked at. The longest answer that a form takes is a fifth of it."""


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """The part of a text that speaks of a danger: from the letter `start` up to the letter before `end`."""

    start: int
    end: int
    danger: Danger


def spoken_of(text: str, language: str) -> tuple[Passage, ...]:
    """Give the passages of a text that speak of a danger, in their order; `language` is the one it was asked in."""
    text = text[:LETTERS_MAX]
    return tuple(sorted({found for one in _languages(text, language) for found in _passages(text, phrasebook(one))}))


def dangers_in(text: str, language: str) -> tuple[Danger, ...]:
    """Give the dangers that a text speaks of, each once, as they stand in `Danger`."""
    found = {passage.danger for passage in spoken_of(text, language)}
    return tuple(danger for danger in Danger if danger in found)


def _languages(text: str, language: str) -> Iterator[str]:
    """Give the languages that a text may be in: people answer in their own, whatever the form's."""
    asked = language.split("-", maxsplit=1)[0]
    for one in LANGUAGES:
        if one in (asked, ENGLISH) or WRITTEN[one].search(text):
            yield one


def _passages(text: str, book: Phrasebook) -> Iterator[Passage]:
    words = [_meant(one, book) for one in tokens(text)]
    found = list(book.dangers.found(words))
    if not found:
        return
    judged = context(words, book, found)
    for one in found:
        if one.phrase.danger is not None and not judged.takes_back(one):
            yield Passage(words[one.first].start, words[one.last].end, one.phrase.danger)


def _meant(token: Token, book: Phrasebook) -> Token:
    """Give a word with what else it may stand for, where it looks misspelt."""
    meant = frozenset[str]().union(*map(book.slips.meant, token.words))
    return replace(token, words=token.words | meant) if meant else token
