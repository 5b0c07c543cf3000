"""Dangers in people's own words: what is found, what is let pass, and how often that goes wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.alerting.danger import WORDS, Danger
from server.alerting.dangers import LETTERS_MAX, dangers_in, spoken_of
from tests.server.alerts.sentences import parts, scored

RECALL_MIN = 0.98
FALSE_ALARMS_MAX = 0.05


@pytest.mark.parametrize("part", ["choosing", "kept"])
def test_nearly_every_danger_is_found_and_few_harmless_sentences_raise_an_alert(part: str) -> None:
    score = scored(part)
    assert score.recall >= RECALL_MIN
    assert score.false_alarms <= FALSE_ALARMS_MAX


def test_the_kept_sentences_are_many_and_were_not_chosen_by() -> None:
    choosing, kept, later = (set(parts()[part]) for part in ("choosing", "kept", "later"))
    assert len(kept) >= 200
    assert len(choosing | kept) >= 300
    assert not {one.words for one in choosing} & {one.words for one in kept | later}


@pytest.mark.parametrize(
    "words",
    [
        "There is no damp.",
        "We have not had any mould.",
        "The gas man was great.",
        "No damp, mould or leaks here.",
        "You could call me and I would answer; the summer camp was fun.",
        "The leaves fall on the lawn.",
        "Damp is not a problem.",
        "The leak was mended the same day.",
        "We never had any trouble with the heating.",
        "",
        "😀 !!! ",
    ],
)
def test_what_is_taken_back_or_meant_otherwise_is_no_danger(words: str) -> None:
    assert dangers_in(words, "en") == ()


@pytest.mark.parametrize(
    ("words", "danger"),
    [
        ("No heating since Sunday", Danger.NO_HEATING),
        ("No heating and damp in every room", Danger.DAMP),
        ("No, the damp is still here", Danger.DAMP),
        ("They said there was no mould", Danger.DAMP),
        ("There is still no fire alarm and no damp, they say", Danger.FIRE),
        ("The leak was mended but it is back", Danger.WATER),
        ("When will the mould be cleared?", Danger.DAMP),
        ("He threatened me but it is sorted", Danger.THREAT),
        ("NOT ONLY DAMP", Danger.DAMP),
        ("I cant live with the mould", Danger.DAMP),
    ],
)
def test_a_no_takes_back_only_what_it_is_meant_for(words: str, danger: Danger) -> None:
    assert danger in dangers_in(words, "en")


@pytest.mark.parametrize(
    ("slip", "danger"),
    [
        ("moldd", Danger.DAMP),
        ("dampp", Danger.DAMP),
        ("mouuld", Danger.DAMP),
        ("spraks from the wall", Danger.ELECTRICS),
        ("the heatting is broken", Danger.NO_HEATING),
        ("floodded again", Danger.WATER),
        ("threatning me", Danger.THREAT),
    ],
)
def test_slips_of_the_pen_are_forgiven(slip: str, danger: Danger) -> None:
    assert danger in dangers_in(slip, "en")


@pytest.mark.parametrize(
    "words",
    ["could", "would", "camp", "gash", "parking", "speaks", "shared", "stairs", "leads", "treat", "moult", "call"],
)
def test_words_that_only_look_like_a_danger_are_let_pass(words: str) -> None:
    assert dangers_in(f"the {words} one", "en") == ()


def test_people_answer_in_their_own_language_whatever_the_forms() -> None:
    assert dangers_in("W kuchni czuć gaz, są też iskry", "en") == (Danger.GAS, Danger.ELECTRICS)
    assert dangers_in("There is mould", "pl") == (Danger.DAMP,)
    assert dangers_in("لا توجد تدفئة", "en") == (Danger.NO_HEATING,)
    assert dangers_in("There is mould", "cy-GB") == (Danger.DAMP,)


def test_the_passages_are_the_very_letters_that_speak_of_a_danger() -> None:
    words = "Lovely flat. Mouuld by the bed, I smell gas!"
    assert [(words[one.start : one.end], one.danger) for one in spoken_of(words, "en")] == [
        ("Mouuld", Danger.DAMP),
        ("smell gas", Danger.GAS),
    ]


def test_a_very_long_text_is_looked_at_as_far_as_answers_go() -> None:
    assert dangers_in("x " * (LETTERS_MAX // 2) + "gas leak", "en") == ()


@given(st.text())
def test_any_text_at_all_can_be_looked_at(words: str) -> None:
    assert all(0 <= one.start < one.end <= len(words) for one in spoken_of(words, "ar"))


def test_every_danger_has_words() -> None:
    assert set(WORDS) == set(Danger)
