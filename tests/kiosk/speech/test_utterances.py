"""Utterances and their clips' names, and characters one by one."""

import re
from hashlib import sha256

import pytest

from kiosk.speech import CLIP_PATTERN, LETTERS, Utterance, letter, number, spelled, unique
from kiosk.speech.characters import of_characters


def test_a_clip_is_named_by_language_and_words_alone() -> None:
    assert Utterance("en", "Yes").clip == sha256(b"en\nYes").hexdigest()
    assert Utterance("en", "Yes").clip != Utterance("pl", "Yes").clip
    assert Utterance("en", "Yes").clip != Utterance("en", "No").clip
    assert re.fullmatch(CLIP_PATTERN, Utterance("ar", "نعم").clip)


def test_how_words_are_laid_out_makes_no_difference_to_their_clip() -> None:
    plain = Utterance("ar", "اتصل 01664 502502 الآن")
    assert Utterance("ar", "اتصل\n \u206601664\u00a0502502\u2069  الآن ") == plain
    assert plain.words == "اتصل 01664 502502 الآن"


def test_utterances_are_given_once_and_empty_ones_never() -> None:
    yes, no = Utterance("en", "Yes"), Utterance("en", "No")
    assert unique([yes, Utterance("en", " "), no, yes]) == (yes, no)


def test_a_receipt_is_read_out_character_by_character_without_its_blank() -> None:
    assert [one.words for one in spelled("r4K7 mx9-C", "en")] == list("R4K7MX9C")


@pytest.mark.parametrize(
    ("language", "character", "said"),
    [("pl", "ł", ("pl", "Ł")), ("ar", "k", ("en", "K")), ("ar", "7", ("ar", "7")), ("ar", "ض", ("ar", "ض"))],
)
def test_a_letter_is_said_in_its_own_script_and_a_latin_one_among_arabic_in_english(
    language: str, character: str, said: tuple[str, str]
) -> None:
    assert letter(language, character) == Utterance(*said)


@pytest.mark.parametrize("language", LETTERS)
def test_every_key_every_character_of_codes_and_numbers_to_100_are_said(language: str) -> None:
    said = set(of_characters(language))
    assert {letter(language, one) for one in LETTERS[language]} <= said
    assert set(spelled("34679CFHJKMPRTWXY", language)) <= said
    assert {number(language, value) for value in range(101)} <= said
