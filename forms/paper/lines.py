"""Where lines break: words → the same words, with those bound by no-break spaces that a good setter keeps together."""

import re

WIDOW_MAX = 12
"""Letters up to which a word alone on the last line is a widow; a longer one makes a line of its own."""

WORDS_MIN = 4
"""Shorter texts have nothing to be left alone by."""

NO_BREAK = "\u00a0"

_LONE_LETTER = re.compile(r"(?<!\S)([wzoiuWZOU]) (?=\S)")
"""Words of one letter in Polish, where they may not end a line; English "a" and "I" may."""


def bound(words: str) -> str:
    """Bind the last word of a text to the one before, and a word of one letter to the next where its grammar asks."""
    kept = _LONE_LETTER.sub(rf"\1{NO_BREAK}", words)
    if len(kept.split(" ")) < WORDS_MIN or len(kept.rsplit(" ", 1)[-1]) > WIDOW_MAX:
        return kept
    return NO_BREAK.join(kept.rsplit(" ", 1))
