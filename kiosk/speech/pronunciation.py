"""How words are given to a voice: the screen's words, with what voices stumble over written as it is said.

A telephone number is said digit by digit, an address of the web letter for letter where it has to be, a bracketed
ending as a whole word. The clip keeps the name of the screen's words: what is heard agrees with what is seen.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from kiosk.speech.utterance import Utterance

PHONE: Final = re.compile(r"(?<![\w.])\+?0[\d\u00a0 ]{7,14}\d(?!\w)")
POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
ADDRESS: Final = re.compile(r"\b[\w-]+(?:\.[\w-]+)*@[\w-]+(?:\.[\w-]+)+|\bwww(?:\.[\w-]+)+")
SPAN: Final = re.compile(r"(?<=\d)\s*–\s*(?=\d)")
SLASH: Final = re.compile(r"\s+/\s+")

POLISH_ENDING: Final = re.compile(r"(\w+?)([yi])\(-a\)")
"""As in zadowolony(-a): for a man, and for a woman."""

SAID: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {"@": "at", ".": "dot", "-": "dash", "–": "to", "www": "W W W", "uk": "U K"},
    "pl": {"@": "małpa", ".": "kropka", "-": "myślnik", "–": "do", "www": "W W W", "uk": "U K"},
    "ar": {"@": "آت", ".": "نقطة", "-": "شرطة", "–": "إلى", "www": "W W W", "uk": "U K"},
}
"""Signs as they are said; in a language that is not here, the voice says them as it knows how."""


def pronounced(utterance: Utterance) -> str:
    """Give an utterance's words as a voice is given them."""
    words, signs = utterance.words, SAID.get(utterance.language.partition("-")[0], {})
    words = PHONE.sub(lambda match: _in_groups(match[0]), words)
    words = POSTCODE.sub(lambda match: _in_groups(match[0]), words)
    if signs:
        words = ADDRESS.sub(_address(signs), words)
        words = SPAN.sub(f" {signs['–']} ", words)
    if utterance.language == "pl":
        words = POLISH_ENDING.sub(r"\1\2 lub \1a", words)
    return SLASH.sub(", ", words)


def _in_groups(characters: str) -> str:
    """Give each group's characters one by one, with a pause between groups: 0 1 6 6 4, 5 0 2 5 0 2."""
    return ", ".join(" ".join(group) for group in characters.split())


def _address(signs: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    def said(match: re.Match[str]) -> str:
        return " ".join(signs.get(part, part) for part in re.split(r"([@.-])", match[0]) if part)

    return said
