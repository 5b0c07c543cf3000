"""A form as a screen asks it."""

from forms import library
from forms.definition import Form
from forms.landlord import Landlord
from forms.loading import parse_form
from server.catalogue.screen import Condition, Step, screen_of

FORM = """
form: sample
version: "1"
title: {en: Sample, ar: عينة}
languages: {en: final, ar: draft}
introduction: {en: "From {landlord}.\\n\\nThank you.", ar: شكرا}
closing: {en: Thanks., ar: شكرا}
sections:
  - id: main
    questions:
      - {id: owns, kind: yes_no, ask: {en: Do you own a bicycle?, ar: دراجة}}
      - id: kinds
        kind: several_choices
        ask: {en: Which?, ar: ما}
        most: 2
        show_if: {owns: [yes]}
        choices:
          road: {en: Road, ar: طريق}
          town: {en: Town, ar: بلدة}
          child: {en: Child's, ar: طفل}
      - {id: agree, kind: consent, ask: {en: You may write to me., ar: اكتبوا}}
      - {id: who, kind: contact, ask: {en: Who are you?, ar: من}, parts: [name, phone]}
      - {id: more, kind: comment, ask: {en: More?, ar: المزيد}}
"""


def form() -> Form:
    return parse_form(FORM.encode(), "sample")


def steps(language: str = "en") -> tuple[Step, ...]:
    (part,) = screen_of(form(), language, Landlord()).parts
    return part.steps


def test_questions_come_one_after_the_other_with_their_numbers() -> None:
    assert [(step.number, step.ask) for step in steps()][:2] == [(1, "Do you own a bicycle?"), (2, "Which?")]
    assert steps()[0].choices == ("Yes", "No")


def test_when_a_question_is_asked_is_told_by_number_and_answer() -> None:
    assert steps()[0].conditions == ()
    assert steps()[1].conditions == (Condition(1, ("Yes",)),)


def test_several_choices_say_the_most() -> None:
    assert steps()[1].is_several
    assert steps()[1].help == "Choose up to 2."


def test_a_consent_is_one_statement_to_tick() -> None:
    assert (steps()[2].ask, steps()[2].choices, steps()[2].fields) == ("", ("You may write to me.",), ())


def test_what_is_written_has_fields() -> None:
    assert steps()[3].fields == ("Name", "Phone number")
    assert (steps()[4].fields, steps()[4].is_tall) == (("",), True)


def test_it_is_shown_in_each_language_and_direction_with_the_landlords_name() -> None:
    english, arabic = (screen_of(form(), language, Landlord(landlord="Ours")) for language in ("en", "ar"))
    assert english.introduction == ("From Ours.", "Thank you.")
    assert (english.direction, arabic.direction) == ("ltr", "rtl")
    assert arabic.parts[0].steps[1].conditions[0].answers == ("نعم",)


def test_every_form_that_ships_can_be_shown_in_each_of_its_languages() -> None:
    for one in library.library():
        for language in one.languages:
            shown = screen_of(one, language, Landlord())
            assert all(step.choices or step.fields for part in shown.parts for step in part.steps)
