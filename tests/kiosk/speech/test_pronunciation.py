"""How words are given to a voice."""

import pytest

from kiosk.speech import Utterance
from kiosk.speech.pronunciation import pronounced


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        ("en", "Call us on 01664 502502.", "Call us on 0 1 6 6 4, 5 0 2 5 0 2."),
        ("pl", "Telefon: 0300 111 3000", "Telefon: 0 3 0 0, 1 1 1, 3 0 0 0"),
        ("en", "Write to housing@melton.gov.uk.", "Write to housing at melton dot gov dot U K."),
        ("pl", "Strona www.melton.gov.uk", "Strona W W W kropka melton kropka gov kropka U K"),
        ("ar", "name@example.com", "name آت example نقطة com"),
        ("en", "It should look like LE13 0UH.", "It should look like L E 1 3, 0 U H."),
        ("en", "Survey 2026–27", "Survey 2026 to 27"),
        ("pl", "Bardzo zadowolony(-a)", "Bardzo zadowolony lub zadowolona"),
        ("en", "Not applicable / don't know", "Not applicable, don't know"),
    ],
)
def test_what_voices_stumble_over_is_written_as_it_is_said(language: str, words: str, said: str) -> None:
    assert pronounced(Utterance(language, words)) == said


@pytest.mark.parametrize(
    "words",
    ["Like 22 11 2026.", "I have 100 homes.", "It took 12 months – too long.", "Flat 4B, e.g. upstairs.", "0", "007"],
)
def test_other_words_are_left_as_they_are(words: str) -> None:
    assert pronounced(Utterance("en", words)) == words


def test_signs_of_a_language_without_names_for_them_are_left_to_its_voice() -> None:
    assert pronounced(Utterance("cs", "name@example.com")) == "name@example.com"
