"""Text → its words, folded so that the same word typed in several ways is the same."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
SENTENCE_END: Final = re.compile(r"[.!?;:\n؟؛…]")
COMMA: Final = re.compile(r"[,،–—()]|\s-\s")

NOT: Final = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have|had|ca|can|could|would|should|must|need|wo|ai)n'?t|cannot"
)
"""What English runs together with "not"; with or without its apostrophe, as many type it."""

FOLDED: Final = str.maketrans(
    {"ł": "l", "’": "'", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": ""}
)
ARABIC: Final = re.compile(r"[\u0621-\u064a]")
BEFORE: Final = ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ف", "ب", "ل")
"""What Arabic writes together with the word that follows: and, with, so, like, for, the."""

STEM_MIN: Final = 3
"""Letters that must be left when one of these is taken off: shorter roots hardly occur."""


PLURAL_MIN: Final = 5
"""Letters of a word whose last s may be left out: "machetes" is looked for by machete, "gas" is not by "ga"."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text and where it stands in it."""

    words: frozenset[str]
    """The ways in which it may be read; one, unless its language runs words together or it was misspelt."""
    start: int
    end: int
    sentence: int
    after_comma: bool


def folded(word: str) -> str:
    """Give a word in small letters, without accents; an English verb with "not" in it becomes "not"."""
    plain = word.casefold().translate(FOLDED)
    if not plain.isascii():
        plain = "".join(one for one in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(one))
        plain = plain.translate(FOLDED)
    if NOT.fullmatch(plain):
        return "not"
    return plain.removesuffix("'s")


def _stems(word: str) -> frozenset[str]:
    """Give an Arabic word with and without what is written together with it."""
    taken_off = {word.removeprefix(one) for one in BEFORE if word.startswith(one)}
    return frozenset({word, *(one for one in taken_off if len(one) >= STEM_MIN)})


def readings(word: str) -> frozenset[str]:
    """Give the ways in which a folded word may be read: Arabic without its article, others without a plural's s."""
    if ARABIC.search(word):
        return _stems(word)
    is_plural = len(word) >= PLURAL_MIN and word.endswith("s") and not word.endswith("ss")
    return frozenset({word, word[:-1]}) if is_plural else frozenset({word})


def tokens(text: str) -> list[Token]:
    """Give the words of a text in their order."""
    found: list[Token] = []
    last = sentence = 0
    for match in WORD.finditer(text):
        between = text[last : match.start()]
        sentence += bool(SENTENCE_END.search(between))
        found.append(
            Token(
                readings(folded(match[0])),
                match.start(),
                match.end(),
                sentence,
                after_comma=bool(COMMA.search(between)),
            )
        )
        last = match.end()
    return found
