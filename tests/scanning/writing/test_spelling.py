"""A line is read by its ink and by words: these settle what the ink leaves open, and never what it says clearly."""

import numpy as np
import pytest

from scanning.writing.engines import _is_worded
from scanning.writing.spelling import Speller, Steps, placed
from scanning.writing.wording import Wording

CHARACTERS = ["", *"abcdefghijklmnopqrstuvwxyzTM0123456789.' "]
WORDS = Wording(["boiler", "broken", "is", "the"], [0.1, 0.1, 0.3, 0.5])
SPELLER = Speller(CHARACTERS, WORDS)


def steps(*cells: str | dict[str, float]) -> Steps:
    """Give a line's steps, a blank after each character; what is not named is as good as impossible."""
    rows = []
    for cell in cells:
        row = np.full(len(CHARACTERS), 1e-6, np.float32)
        for character, likely in ({cell: 0.99} if isinstance(cell, str) else cell).items():
            row[CHARACTERS.index(character)] = likely
        rows += [row, np.eye(len(CHARACTERS), dtype=np.float32)[0]]
    return np.array(rows)


def test_a_word_settles_what_the_ink_leaves_open() -> None:
    assert SPELLER.line(steps(*"the b", {"o": 0.4, "a": 0.6}, *"iler is broken")) == "the boiler is broken"


def test_what_the_ink_says_clearly_stays_though_it_is_no_word() -> None:
    assert SPELLER.line(steps(*"the bai", "l", *"er is Mrozek")) == "the bailer is Mrozek"


def test_letters_that_stand_twice_are_read_twice_and_one_that_goes_on_once() -> None:
    assert SPELLER.line(steps(*"bell")) == "bell"
    assert SPELLER.line(np.repeat(steps(*"12"), 2, axis=0)) == "12"


def test_digits_and_signs_are_read() -> None:
    assert SPELLER.line(steps(*"The 12. is the 5")) == "The 12. is the 5"


def test_a_line_without_ink_says_nothing() -> None:
    assert SPELLER.line(steps({"": 1.0})) == ""


def test_how_sure_a_character_is_is_how_likely_the_ink_makes_it() -> None:
    likely = steps(*"the b", {"o": 0.4, "a": 0.6}, *"iler")
    sure = placed("the boiler", likely, SPELLER.numbers)
    assert sure == pytest.approx([0.99] * 5 + [0.4] + [0.99] * 4)
    assert placed("the", likely[:6:2], SPELLER.numbers) == pytest.approx([0.99] * 3)  # no blank between them


@pytest.mark.parametrize(
    ("line", "is_worded"), [("the boiler is mrozek", True), ("der Kessel is kaputt", False), ("12", False)]
)
def test_a_line_in_another_language_is_told(line: str, is_worded: bool) -> None:
    assert _is_worded(line, WORDS) is is_worded
