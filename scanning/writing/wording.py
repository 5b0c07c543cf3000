"""The words of a language and how common each is → how likely letters, as far as they go, begin or are a word.

Any other letters can be a word too, by how letters follow each other in words that there are: a name is no mistake.
"""

import gzip
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import Final

WORDS: Final = "words-en.txt.gz"
"""In the folder `model`: a word a line and its share of all as a hundredth of a natural logarithm, in order of the
alphabet (`python -m tests.training.words`)."""

LISTED_SHARE: Final = 0.9
"""How many of the words that people write are listed. From 0.7 to 0.97 it makes no odds (lines of writers kept for
choosing: 10.6, 10.2, 10.3 % of characters wrong)."""

ANY_SHARE: Final = 0.1
"""How often a letter follows two others as none does in listed words."""

LETTERS: Final = 40
"""As many letters there are, about, with those that have an accent."""

KEPT_MOST: Final = 200_000
"""Letters whose likelihood is kept ready, 30 MB of them; then all are forgotten."""

BEGIN, END = "^", "$"
AFTER: Final = "{"
"""Comes after every letter of a listed word."""


class Wording:
    """A language's words."""

    def __init__(self, words: Sequence[str], shares: Sequence[float]) -> None:
        """Take words in order of the alphabet, in small letters, and each one's share."""
        whole = sum(shares)
        self.words = words
        self.share = {word: share / whole for word, share in zip(words, shares, strict=True)}
        self.so_far = [0.0, *accumulate(self.share[word] for word in words)]
        self.thrice, self.twice = _runs(self.share)
        self.begun: dict[str, float] = {}
        self.whole: dict[str, float] = {}
        self.spelt: dict[str, float] = {"": 1.0}

    def forget(self) -> None:
        """Forget what was kept ready if it is too much."""
        if len(self.begun) + len(self.spelt) + len(self.whole) > KEPT_MOST:
            self.begun, self.whole, self.spelt = {}, {}, {"": 1.0}

    def holds(self, word: str) -> bool:
        """Tell whether a word is listed."""
        return word in self.share

    def beginning(self, letters: str) -> float:
        """Give the natural logarithm of how likely a word begins with those small letters."""
        known = self.begun.get(letters)
        if known is None:
            first, end = bisect_left(self.words, letters), bisect_left(self.words, letters + AFTER)
            known = self.begun[letters] = self._mixed(self.so_far[end] - self.so_far[first], self._any(letters))
        return known

    def word(self, letters: str) -> float:
        """Give the natural logarithm of how likely a word is just those small letters."""
        known = self.whole.get(letters)
        if known is None:
            ended = self._any(letters) * self._following((BEGIN * 2 + letters)[-2:], END)
            known = self.whole[letters] = self._mixed(self.share.get(letters, 0.0), ended)
        return known

    def _mixed(self, listed: float, other: float) -> float:
        return math.log(LISTED_SHARE * listed + (1 - LISTED_SHARE) * other + 1e-30)

    def _any(self, letters: str) -> float:
        """Give how likely letters follow each other like that, whatever is listed."""
        known = self.spelt.get(letters)
        if known is None:
            before = (BEGIN * 2 + letters[:-1])[-2:]
            known = self.spelt[letters] = self._any(letters[:-1]) * self._following(before, letters[-1])
        return known

    def _following(self, two: str, letter: str) -> float:
        seen = self.twice.get(two, 0.0)
        return (
            (1 - ANY_SHARE) * self.thrice.get(two + letter, 0.0) / seen + ANY_SHARE / LETTERS if seen else 1 / LETTERS
        )


def _runs(shares: dict[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    """Give how common runs of three letters are in words, and of two before another; rare words weigh more here."""
    thrice: defaultdict[str, float] = defaultdict(float)
    twice: defaultdict[str, float] = defaultdict(float)
    for word, share in shares.items():
        weight, run = math.sqrt(share), f"{BEGIN * 2}{word}{END}"
        for at in range(len(run) - 2):
            thrice[run[at : at + 3]] += weight
            twice[run[at : at + 2]] += weight
    return dict(thrice), dict(twice)


@cache
def english() -> Wording:
    """Give the wording of English, as it comes with Sayso."""
    packed = resources.files("scanning.writing").joinpath("model", WORDS).read_bytes()
    rows = [row.split() for row in gzip.decompress(packed).decode("ascii").splitlines()]
    return Wording([word for word, _ in rows], [math.exp(int(share) / 100) for _, share in rows])
