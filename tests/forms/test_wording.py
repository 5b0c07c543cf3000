"""The product's own words say the same in every language that it speaks."""

import re

import pytest

from forms import wording
from forms.languages import is_right_to_left


def details_of(words: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", words))


@pytest.mark.parametrize("language", sorted(wording.languages()))
def test_every_language_has_every_sentence_with_the_same_details(language: str) -> None:
    english, others = wording.sentences("en"), wording.sentences(language)
    assert others.keys() == english.keys()
    assert {key: details_of(words) for key, words in others.items()} == {
        key: details_of(words) for key, words in english.items()
    }


def test_a_language_without_words_of_its_own_falls_back_to_english() -> None:
    assert wording.say("go_to_question", "fr", number=5) == "go to question 5"


@pytest.mark.parametrize("language", sorted(filter(is_right_to_left, wording.languages())))
def test_a_telephone_number_keeps_its_order_among_words_from_right_to_left(language: str) -> None:
    assert re.search("\u2066[\\d ]+\u2069", wording.say("not_a_phone", language))
