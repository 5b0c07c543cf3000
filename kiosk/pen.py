"""Writes words for a screen: the kiosk's own and a form's, in one language, each with the name of its clip.

A screen has some sixty of them, nearly all the same on every screen: they are put together once and remembered.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from forms import wording as answering
from forms.languages import is_right_to_left
from forms.texts import ISOLATE, Text
from kiosk import wording
from kiosk.screens import Words
from kiosk.speech import Utterance

UNSAID: Final = ""
"""The clip of what a person typed: it is spoken when asked for, and never kept."""

REMEMBERED_MAX: Final = 8192
"""Words kept in memory: those of a dozen forms in three languages."""

Details = tuple[tuple[str, str | int], ...]
Written = tuple[Words, Utterance]


class Pen:
    """Writes in one language, with the landlord's details filled in."""

    def __init__(self, language: str, details: Mapping[str, str]) -> None:
        self.language: Final = language
        self.details: Final = details
        self.written: Final[list[Utterance]] = []
        """What was written so far, as it is said: never anything that a person typed."""
        self._details: Final[Details] = tuple(details.items())

    def own(self, key: str, **details: str | int) -> Words:
        """Give a sentence of the kiosk's own."""
        return self._put(_own(key, self.language, self._details + tuple(details.items())))

    def answering(self, key: str, **details: str | int) -> Words:
        """Give a sentence of those that paper and kiosk share: labels of fields, and why an answer is refused."""
        return self.said(answering.say(key, self.language, **details))

    def of(self, text: Text, say: Text | None = None) -> Words:
        """Give words of a form; `say` is read aloud in their place."""
        return self._put(_of(text, say, self.language, self._details))

    def paragraphs(self, *texts: Text | None) -> tuple[Words, ...]:
        """Give the paragraphs of longer words, one after the other."""
        return tuple(
            self._put(one)
            for text in texts
            if text is not None
            for one in _paragraphs(text, self.language, self._details)
        )

    def said(self, words: str, language: str | None = None) -> Words:
        """Give words that are no secret, in the screen's language or another."""
        return self._put(_written(words, language or self.language, self.language))

    def typed(self, words: str) -> Words:
        """Give what the person typed: no clip is ever kept of it."""
        return Words(words, UNSAID)

    def _put(self, written: Written) -> Words:
        words, utterance = written
        self.written.append(utterance)
        return words


@lru_cache(REMEMBERED_MAX)
def _own(key: str, screens: str, details: Details) -> Written:
    language = screens if screens in wording.languages() else wording.FALLBACK
    before, after = ISOLATE if is_right_to_left(language) else ("", "")  # each detail keeps its own direction (UAX #9)
    filled = {name: f"{before}{one}{after}" if isinstance(one, str) else one for name, one in details}
    return _written(wording.say(key, language, **filled), language, screens)


@lru_cache(REMEMBERED_MAX)
def _of(text: Text, say: Text | None, screens: str, details: Details) -> Written:
    language = _language_of(text, screens)
    landlord = {name: str(one) for name, one in details}
    shown = text.filled(language, landlord)
    aloud = say.filled(language, landlord) if say is not None and language in say.languages() else shown
    return _written(shown, language, screens, aloud)


@lru_cache(REMEMBERED_MAX)
def _paragraphs(text: Text, screens: str, details: Details) -> tuple[Written, ...]:
    language = _language_of(text, screens)
    lines = text.filled(language, {name: str(one) for name, one in details}).split("\n")
    return tuple(_written(line, language, screens) for line in lines if line.strip())


def _written(shown: str, language: str, screens: str, aloud: str | None = None) -> Written:
    utterance = Utterance(language, aloud or shown)
    return Words(shown, utterance.clip, None if language == screens else language), utterance


def _language_of(text: Text, screens: str) -> str:
    languages = text.languages()
    return screens if screens in languages else languages[0]
