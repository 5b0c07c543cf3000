"""What in a text takes a danger back: a "no" that reaches it, words that say it was put right, a harmless sense."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.alerting.danger import Danger
from server.alerting.matching import Found
from server.alerting.phrasebook import Phrasebook
from server.alerting.words import Token

CANNOT_BE_FIXED: Final = frozenset({Danger.THREAT, Danger.AT_RISK, Danger.CARBON_MONOXIDE})
"""Dangers that no word such as "sorted" settles: an officer must see them all the same."""

LOOK_BACK_MAX: Final = 10
"""Words looked at before a danger for what takes it back; a longer list of what is not there is hardly ever written."""

BySentence = Mapping[int, Sequence[int]]
"""Places of words, by the sentence that they are in."""


@dataclass(frozen=True, slots=True)
class Context:
    """A text with what was found in it, looked through once."""

    words: Sequence[Token]
    book: Phrasebook
    harmless: Sequence[Found]
    own: frozenset[int]
    """Places of words that are part of a phrase with a "no" of its own: "no heating, damp" does not mean no damp."""
    negators: Mapping[int, int]
    """Where each negator that counts ends, and where it begins."""
    after: frozenset[int]
    resolved: BySentence
    unresolved: BySentence

    def takes_back(self, one: Found) -> bool:
        """Tell whether a danger that was found is none."""
        held = any(two.first <= one.first and one.last <= two.last for two in self.harmless)
        return held or one.last + 1 in self.after or self._denies(one) or self._settles(one)

    def _denies(self, one: Found) -> bool:
        """Tell whether a "no" reaches a phrase, before it or in one of its gaps."""
        if one.phrase.is_negative:
            return False
        pairs = zip(one.places, one.places[1:], strict=False)
        return any(self._reaches(start) for start in (one.first, *(two for before, two in pairs if two > before + 1)))

    def _reaches(self, start: int) -> bool:
        """Tell whether a negator before a place reaches it, over words that only join the two."""
        for place in range(start - 1, max(-1, start - 1 - LOOK_BACK_MAX), -1):
            here, following = self.words[place], self.words[place + 1]
            is_named = self.book.named.takes(here)
            if here.sentence != following.sentence or place in self.own or (following.after_comma and not is_named):
                return False
            if place in self.negators:
                return True
            if not (is_named or self.book.between.takes(here)):
                return False
        return False

    def _settles(self, one: Found) -> bool:
        """Tell whether its sentence says that it was put right, and nothing that speaks against it."""
        if one.phrase.danger in CANNOT_BE_FIXED:
            return False
        sentence = self.words[one.last].sentence
        said, doubted = (set(places.get(sentence, ())) - set(one.places) for places in (self.resolved, self.unresolved))
        return bool(said) and not doubted


def context(words: Sequence[Token], book: Phrasebook, dangers: Iterable[Found]) -> Context:
    """Give what there is to judge the dangers found in a text by."""
    reporters = _by_sentence(words, book.reporters.found(words))
    negators = {
        one.last: one.first
        for one in book.negators.found(words)
        if not (one.first and book.not_free.takes(words[one.first - 1]))
        and not any(place < one.first for place in reporters.get(words[one.first].sentence, ()))
    }
    return Context(
        words,
        book,
        tuple(book.harmless.found(words)),
        frozenset(place for one in dangers if one.phrase.is_negative for place in one.places),
        negators,
        frozenset(one.first for one in book.after.found(words)),
        _by_sentence(words, book.resolved.found(words)),
        _by_sentence(words, book.unresolved.found(words)),
    )


def _by_sentence(words: Sequence[Token], found: Iterable[Found]) -> BySentence:
    places = defaultdict[int, list[int]](list)
    for one in found:
        places[words[one.first].sentence].append(one.first)
    return places
