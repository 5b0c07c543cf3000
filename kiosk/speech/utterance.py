"""Words in one language that are said in one go, and the name of the clip that says them."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from forms.texts import ISOLATE

CLIP_PATTERN: Final = r"[0-9a-f]{64}"
"""How a clip's name looks."""

UNHEARD: Final = str.maketrans(dict.fromkeys((*ISOLATE, "\u00ad", "\u200b"), ""))
"""Characters that only lay words out on a screen."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words as they stand on the screen; white space and marks of direction make no difference."""

    language: str
    words: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", " ".join(self.words.translate(UNHEARD).split()))

    @property
    def clip(self) -> str:
        """Give the name of its clip, 64 hex digits: of the language and the words alone, whoever says them."""
        return sha256(f"{self.language}\n{self.words}".encode()).hexdigest()


def unique(utterances: Iterable[Utterance]) -> tuple[Utterance, ...]:
    """Give each utterance once, in the order of its first time; empty words are none."""
    return tuple(dict.fromkeys(one for one in utterances if one.words))
