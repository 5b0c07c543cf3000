"""The reading age is the published formula's, and no form of the library passes it."""

import pytest

from forms import library
from forms.landlord import Landlord
from forms.loading import parse_form
from forms.reading import AGE_MAX, passages, reading_age
from forms.reading.syllables import syllables
from tests.forms import EVERY_KIND


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("home", 1), ("homes", 1), ("council", 2), ("dissatisfied", 4), ("neighbourhood", 3), ("anti-social", 4),
        ("tenant's", 2), ("Melton", 2), ("area", 3), ("people", 2), ("everyone", 3), ("zqx", 1), ("12", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_reading_age_is_the_flesch_kincaid_grade_plus_five() -> None:
    sentence = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    assert reading_age(sentence) == pytest.approx(0.39 * 13 + 11.8 * 24 / 13 - 15.59 + 5)


def test_a_label_counts_as_a_sentence_and_a_telephone_number_as_nothing() -> None:
    assert reading_age("Call us on 01664 502502 or a@b.uk") == reading_age("Call us on or")
    assert reading_age("One two\nThree four") == reading_age("One two. Three four.")
    assert reading_age("") == 5


def test_hard_words_anywhere_in_a_form_are_found() -> None:
    hard = EVERY_KIND.read_text(encoding="utf-8").replace(
        "In your words", "Qualitative considerations regarding organisational accountability methodologies"
    )
    form = parse_form(hard.encode(), "hard.yaml")
    hardest = max(passages(form, Landlord()), key=lambda passage: passage.age)
    assert hardest.place == "section words"
    assert hardest.age > 20


@pytest.mark.parametrize("name", library.names())
def test_no_text_of_the_library_is_hard_to_read(name: str) -> None:
    hardest = max(passages(library.find(name), Landlord()), key=lambda passage: passage.age)
    assert hardest.age <= AGE_MAX, f"{hardest.place}: {hardest.words}"
