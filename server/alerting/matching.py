"""Phrases, and where they stand in a text."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from server.alerting.danger import Danger
from server.alerting.words import Token, readings

GAP: Final = "~"
ANYWHERE: Final = "&"
GAP_WORDS_MAX: Final = 6
"""Words that may stand between two parts of a phrase, as in "the ceiling in the box room has come down"; with four, six
of 109 sentences were missed."""

ANYWHERE_WORDS_MAX: Final = 10
"""Words between two that may stand in any order in one sentence; sentences of tenants are seldom longer."""

BEGINNING_LETTERS: Final = 3
"""Of a word that is given by its beginning: so many at least, by which they are found."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a phrase: the words that may stand there, or how they may begin; and whether others may precede."""

    words: frozenset[str]
    beginnings: tuple[str, ...] = ()
    after_gap: bool = False
    anywhere: bool = False
    """Whether it may stand before or behind the rest, in the same sentence; only the last place of a phrase does."""

    def takes(self, token: Token) -> bool:
        """Tell whether a word fits."""
        if not self.words.isdisjoint(token.words):
            return True
        return bool(self.beginnings) and any(word.startswith(self.beginnings) for word in token.words)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in their order; `danger` is None where they speak of none."""

    slots: tuple[Slot, ...]
    danger: Danger | None = None
    is_negative: bool = False
    """Whether a "no" or "not" is part of it: then none before it takes it back."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a phrase was found: the numbers of its words."""

    phrase: Phrase
    places: tuple[int, ...]

    @property
    def first(self) -> int:
        """Give the number of its first word."""
        return self.places[0]

    @property
    def last(self) -> int:
        """Give the number of its last word."""
        return self.places[-1]


class Phrases:
    """Many phrases, to be looked for together."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_word = defaultdict[str, list[Phrase]](list)
        self._by_beginning = defaultdict[str, list[tuple[str, Phrase]]](list)
        for phrase in phrases:
            for word in phrase.slots[0].words:
                self._by_word[word].append(phrase)
            for beginning in phrase.slots[0].beginnings:
                self._by_beginning[beginning[:BEGINNING_LETTERS]].append((beginning, phrase))

    def found(self, tokens: Sequence[Token]) -> Iterator[Found]:
        """Give each phrase wherever it begins, in the nearest way that it can go on."""
        for number, token in enumerate(tokens):
            for phrase in self._beginning_with(token):
                places = _followed(tokens, number, phrase.slots)
                if places is not None:
                    yield Found(phrase, places)

    def _beginning_with(self, token: Token) -> Iterator[Phrase]:
        for word in token.words:
            yield from self._by_word.get(word, ())
            for beginning, phrase in self._by_beginning.get(word[:BEGINNING_LETTERS], ()):
                if word.startswith(beginning):
                    yield phrase


def _followed(tokens: Sequence[Token], at: int, slots: Sequence[Slot]) -> tuple[int, ...] | None:
    """Give the places of a phrase whose first word stands at a place; None where the rest does not follow."""
    if len(slots) == 1:
        return (at,)
    following = slots[1]
    if following.anywhere:
        place = _nearest(tokens, at, following)
        return None if place is None else tuple(sorted((at, place)))
    far = at + 1 + (GAP_WORDS_MAX if following.after_gap else 0)
    for place in range(at + 1, min(far + 1, len(tokens))):
        if tokens[place].sentence != tokens[at].sentence:
            return None
        if following.takes(tokens[place]) and (rest := _followed(tokens, place, slots[1:])) is not None:
            return (at, *rest)
    return None


def _nearest(tokens: Sequence[Token], at: int, slot: Slot) -> int | None:
    """Give the place in the sentence of a word that fits, the one nearest to a place."""
    for far in range(1, ANYWHERE_WORDS_MAX + 1):
        for place in (at - far, at + far):
            if 0 <= place < len(tokens) and tokens[place].sentence == tokens[at].sentence and slot.takes(tokens[place]):
                return place
    return None


def phrase_of(line: str, danger: Danger | None = None, denying: Iterable[str] = ()) -> Phrase:
    """Read a phrase as it is written, such as `smell|smells ~ gas`; a word of `denying` in it makes it negative."""
    slots: list[Slot] = []
    joined = ""
    for part in line.split():
        if part in (GAP, ANYWHERE):
            joined = part
            continue
        choices = part.split("|")
        whole = frozenset(one for choice in choices if not choice.endswith("*") for one in readings(choice))
        beginnings = tuple(one[:-1] for one in choices if one.endswith("*"))
        slots.append(Slot(whole, beginnings, joined == GAP, joined == ANYWHERE))
        joined = ""
    return Phrase(tuple(slots), danger, any(not slot.words.isdisjoint(denying) for slot in slots))
