"""What a form and the kiosk may have to say."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from forms import library
from forms.definition import Form
from forms.landlord import Landlord
from forms.loading import parse_form
from kiosk.pen import Pen
from kiosk.places import Place, Spot
from kiosk.screens import Settings
from kiosk.showing import Scene, shown
from kiosk.sitting import Campaign, Sitting
from kiosk.speech import Utterance, of_form, of_kiosk
from kiosk.speech.places import CONDITIONS_MAX, places
from kiosk.store import Here

FORM = b"""
form: every-kind
version: "1"
title: Every kind
languages: {en: final}
introduction: "From {landlord}.\\n\\nIt is short."
closing: Thank you.
sections:
  - id: all
    title: All of it
    help: Help with all.
    questions:
      - {id: one, kind: one_choice, ask: Which?, say: Which one is it?, choices: {a: {label: "A*", say: A star}, b: B}}
      - {id: two, kind: several_choices, ask: Which two?, most: 2, choices: {c: C, d: D, e: E}}
      - {id: three, kind: number, ask: How many?, maximum: 60, unit: minutes}
      - {id: four, kind: date, ask: When?, earliest: 2026-01-31, latest: today}
      - {id: five, kind: contact, ask: How?, parts: [phone, best_way]}
      - {id: six, kind: code, ask: Postcode?, pattern: uk_postcode}
      - {id: seven, kind: comment, ask: What else?, max_length: 500}
"""


def said(form: Form, language: str = "en") -> set[str]:
    return {one.words for one in of_form(form, language, Landlord())}


def test_all_of_a_form_is_said_with_the_landlords_details() -> None:
    words = said(parse_form(FORM, "a file"))
    assert {"Every kind", "From Melton Borough Council.", "It is short.", "All of it", "Help with all."} <= words
    assert {"Which one is it?", "A star", "B", "minutes", "Thank you.", "Question 7 of 7"} <= words
    assert not {"Which?", "A*"} & words, "other words are for reading aloud"


@pytest.mark.parametrize(
    "words",
    [
        "Choose up to 2.",
        "Please choose no more than 2.",
        "Please give a number from 0 to 60.",
        "A number from 0 to 60.",
        "Month",
        "This date is too early. The first day it can be is 31 January 2026.",
        "Phone number",
        "Text message",
        "This is not a phone number. It should look like 01664 502502.",
        "This is not a UK postcode. It should look like LE13 0UH.",
        "This is too long. Please use no more than 500 letters.",
        "Please choose one of the answers shown.",
    ],
)
def test_labels_and_refusals_of_each_kind_are_said(words: str) -> None:
    assert words in said(parse_form(FORM, "a file"))


def test_what_a_form_does_not_ask_is_not_said() -> None:
    words = said(library.find("poll"))
    assert not {"Month", "Phone number", "Please give a whole number, like 12."} & words


def sittings(form: Form, language: str) -> Iterator[tuple[Sitting, Campaign]]:
    campaign = Campaign(1, 1, form, wants_code=True, shows_results=True, rest_seconds=0)
    begun = Sitting(Settings(language), campaign=1)
    for place in (Place.ABOUT, Place.CODE, Place.HELPED, Place.CHECK, Place.SENT, Place.COMPLAINT):
        yield replace(begun, spot=Spot(place), receipt="R4K7MX9C"), campaign
    for question in form.questions:
        yield replace(begun, spot=Spot(Place.QUESTION, question.id)), campaign


@pytest.mark.parametrize(("name", "language"), [("tsm-2026-27", "en"), ("tsm-2026-27", "pl"), ("poll", "ar")])
def test_every_screen_of_a_form_says_only_what_is_made_beforehand(name: str, language: str) -> None:
    form, landlord = library.find(name), Landlord()
    before = set(of_form(form, language, landlord)) | set(of_kiosk(language, landlord))
    for sitting, campaign in sittings(form, language):
        pen = Pen(language, landlord.details())
        shown(Scene(pen, sitting, campaign, Here((campaign,))))
        assert pen.written
        assert set(pen.written) <= before, sitting.spot


# Where a person can be.


def every_place(form: Form) -> list[tuple[int, int]]:
    """Give the same as `places`, by going through every mix of conditions at every question."""
    found = set()
    conditions = sorted({one for question in form.questions for one in question.show_if.items()})
    for holds in product((False, True), repeat=len(conditions)):
        for at, question in enumerate(form.questions):
            before = {one.id for one in form.questions[:at]}
            known = {one for one, is_held in zip(conditions, holds, strict=True) if is_held and one[0] in before}
            reached: list[str] = []
            for other in form.questions:
                if all(earlier in reached and (earlier, wanted) in known for earlier, wanted in other.show_if.items()):
                    reached.append(other.id)
            if question.id in reached:
                found.add((reached.index(question.id) + 1, len(reached)))
    return sorted(found)


@pytest.mark.parametrize("name", ["training", "mystery-shop", "event", "poll"])
def test_places_are_those_that_routing_leads_to(name: str) -> None:
    assert places(library.find(name)) == every_place(library.find(name))


def test_a_form_of_many_conditions_is_gone_through_only_where_none_and_all_hold() -> None:
    asked = "\n".join(
        f"      - {{id: q{n}, kind: yes_no, ask: Q{n}?, show_if: {{q{n - 1}: yes}}}}"
        for n in range(1, CONDITIONS_MAX + 2)
    )
    head = FORM.decode().split("      - {id: one")[0] + "      - {id: q0, kind: yes_no, ask: Q0?}\n"
    form = parse_form(f"{head}{asked}\n".encode(), "a file")
    assert (1, 1) in places(form)
    assert (CONDITIONS_MAX + 2, CONDITIONS_MAX + 2) in places(form)
    assert len(places(form)) < 2 * len(form.questions) + 2


def test_the_kiosks_own_words_are_said_with_details_and_without_what_only_a_moment_tells() -> None:
    words = {one.words for one in of_kiosk("en", replace(Landlord(), phone="0116 111 222"))}
    assert {"Next", "Listen", "English", "3 of 5", "If it goes on, call us on 0116 111 222."} <= words
    assert not any("{" in one for one in words)


def test_the_kiosks_own_words_in_a_language_it_lacks_are_said_in_english() -> None:
    said_in_czech = of_kiosk("cs", Landlord())
    assert Utterance("en", "Next") in said_in_czech
    assert Utterance("cs", "Čeština") in said_in_czech
    assert Utterance("cs", "Next") not in said_in_czech
