"""A misspelt word → the words that it may stand for."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Final

from rapidfuzz.distance import OSA

LETTERS_MIN: Final = 5
"""Of what was typed: among shorter words nearly every slip is another word ("camp", "could")."""

TWO_SLIPS_FROM: Final = 9
"""Letters of the word that was meant, from which two slips are forgiven, as in "electrisity"; below, one."""


class Slips:
    """The words that are looked for, found again where a letter is wrong, missing, doubled or swapped with the next."""

    def __init__(self, meant: Iterable[str], right: Collection[str]) -> None:
        self._right = frozenset(right)
        self._near = defaultdict[tuple[str, int], list[str]](list)
        for word in meant:
            # The first two letters are seldom both wrong; more than two are never added or left out.
            for letter in set(word[:2]):
                for length in range(len(word) - 2, len(word) + 3):
                    self._near[letter, length].append(word)

    def meant(self, word: str) -> frozenset[str]:
        """Give what a word may stand for; nothing where it is right as it is."""
        if len(word) < LETTERS_MIN or word in self._right:
            return frozenset()
        return frozenset(one for one in self._near.get((word[0], len(word)), ()) if _alike(word, one))


def _alike(typed: str, meant: str) -> bool:
    slips = 2 if len(meant) >= TWO_SLIPS_FROM else 1
    return OSA.distance(typed, meant, score_cutoff=slips) <= slips
