"""How likely each character stands at each step of a line → the likeliest line, by the ink and by a language's words.

The steps are those of a network trained by CTC: a blank may stand between characters, and one goes on over several.
The likeliest lines so far are followed from step to step; words weigh, and no word is impossible.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from scanning.writing.wording import Wording

WORDS_WEIGH: Final = 0.7
CHARACTER_WORTH: Final = 3.0
"""How much the words weigh beside the ink, and what each character is worth, as a long line is always less likely than
a short one. Of 300 lines of writers kept for choosing 15.7 % of characters are wrong by the ink alone; 11.8 % at
(0.5, 1), 10.8 at (0.7, 2), 10.2 at (0.7, 3) and (0.7, 3.5), 10.7 at (0.9, 4)."""

KEPT: Final = 20
"""Lines followed at once: with 12 of them 0.1 % more is wrong."""

RARE: Final = 1e-3
"""What is less likely at a step is not tried."""

DIGIT, SIGN, CAPITAL_WITHIN, DIGIT_BESIDE = -3.0, -4.0, -2.5, -2.0
"""Natural logarithms: of a digit and of any sign but a space; what a capital after a small letter costs besides, and a
letter and a digit beside each other."""

NEVER: Final = -1e9

Steps = npt.NDArray[np.float32]
"""(steps, characters), the first of which is the blank."""


class Said(NamedTuple):
    """How likely a line is by its words so far: by those that ended, and the small letters of the one that has not."""

    ended: float
    letters: str
    last: str


@dataclass(slots=True)
class _Line:
    """A line so far: the logarithms of how likely its ink is if it ends in a blank, and if in a character."""

    said: Said
    blank: float = NEVER
    inked: float = NEVER

    @property
    def ink(self) -> float:
        return _sum(self.blank, self.inked)


class Speller:
    """Reads steps by the words of a language."""

    def __init__(self, characters: Sequence[str], wording: Wording) -> None:
        """Take the characters in their order at each step, and the words."""
        self.characters, self.wording = characters, wording
        self.numbers = {one: at for at, one in reversed(list(enumerate(characters)))}

    def line(self, likely: Steps) -> str:
        """Give the likeliest line."""
        self.wording.forget()
        lines = {"": _Line(Said(0.0, "", " "), blank=0.0)}
        logs = np.log(np.maximum(likely, 1e-9))
        for row, tried in zip(logs.tolist(), likely > RARE, strict=True):
            lines = self._fewer(self._longer(lines, row, np.flatnonzero(tried[1:]) + 1))
        return max(lines, key=lambda one: self._worth(one, lines[one], is_whole=True))

    def _longer(self, lines: dict[str, _Line], row: Sequence[float], tried: npt.NDArray[np.intp]) -> dict[str, _Line]:
        """Give the lines of the next step: each as it is, and with each character that may stand there."""
        found: dict[str, _Line] = {}
        for text, line in lines.items():
            last, ink = text[-1:], line.ink
            same = found.setdefault(text, _Line(line.said))
            same.blank = _sum(same.blank, ink + row[0])
            if last:
                same.inked = _sum(same.inked, line.inked + row[self.numbers[last]])
            for at in tried.tolist():
                character = self.characters[at]
                if character == " " and last in ("", " "):
                    continue
                before = line.blank if character == last else ink
                longer = found.get(text + character)
                if longer is None:
                    longer = found[text + character] = _Line(self._said(line.said, character))
                longer.inked = _sum(longer.inked, before + row[at])
        return found

    def _fewer(self, lines: dict[str, _Line]) -> dict[str, _Line]:
        if len(lines) <= 1:
            return lines
        ranked = sorted(lines, key=lambda one: self._worth(one, lines[one]), reverse=True)
        return {one: lines[one] for one in ranked[:KEPT]}

    def _worth(self, text: str, line: _Line, *, is_whole: bool = False) -> float:
        letters = line.said.letters
        going = (self.wording.word if is_whole else self.wording.beginning)(letters) if letters else 0.0
        return line.ink + WORDS_WEIGH * (line.said.ended + going) + CHARACTER_WORTH * len(text)

    def _said(self, said: Said, character: str) -> Said:
        """Give how likely the words are with one more character."""
        ended, letters, last = said
        if character.isalpha() or (character == "'" and letters):
            cost = CAPITAL_WITHIN if character.isupper() and last.islower() else 0.0
            cost += DIGIT_BESIDE if last.isdigit() else 0.0
            return Said(ended + cost, letters + character.lower(), character)
        ended += self.wording.word(letters) if letters else 0.0
        if character.isdigit():
            return Said(ended + DIGIT + (DIGIT_BESIDE if last.isalpha() else 0.0), "", character)
        return Said(ended if character == " " else ended + SIGN, "", character)


def placed(text: str, likely: Steps, numbers: dict[str, int]) -> list[float]:
    """Give for each character of a line how likely it is where it stands: the likeliest way through the steps."""
    states = np.zeros(2 * len(text) + 1, np.intp)
    states[1::2] = [numbers[one] for one in text]
    logs = np.log(np.maximum(likely[:, states], 1e-9))
    may_skip = np.zeros(len(states), np.bool_)
    may_skip[3::2] = states[3::2] != states[1:-2:2]
    best, came = np.full(len(states), NEVER), np.zeros(logs.shape, np.int8)
    best[:2] = logs[0, :2]
    for at in range(1, len(logs)):
        one, two = (np.concatenate([np.full(by, NEVER), best[:-by]])[: len(best)] for by in (1, 2))
        ways = np.stack([best, one, np.where(may_skip, two, NEVER)])
        came[at] = ways.argmax(axis=0)
        best = ways.max(axis=0) + logs[at]
    sure, state = [0.0] * len(text), len(states) - 1 - int(best[-2:].argmax() == 0 and len(states) > 1)
    for at in range(len(logs) - 1, -1, -1):
        if state % 2:
            sure[state // 2] = max(sure[state // 2], float(likely[at, states[state]]))
        state -= int(came[at, state])
    return sure


def _sum(one: float, other: float) -> float:
    """Give the logarithm of the sum of what two are the logarithms of."""
    high, low = (one, other) if one > other else (other, one)
    return high + math.log1p(math.exp(low - high))
