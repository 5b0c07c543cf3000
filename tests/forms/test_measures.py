"""The words, scales, order and filters of fixed measures cannot be bent."""

import pytest

from forms import library
from forms.loading import DefinitionError, parse_form

SURVEY = library.path_of("tsm-2026-27").read_text(encoding="utf-8")
TP05 = "        measure: TP05\n"


@pytest.mark.parametrize(
    ("written", "bent", "wrong"),
    [
        ("en: Very satisfied", "en: Quite satisfied", "the scale of TP01 is fixed"),
        ("      very_satisfied: {", "      best: {", "the scale of TP01 is fixed"),
        ("    not_applicable: {en: Not applicable / don't know", "    not_applicable: {en: Pass", "the sixth answer of"),
        ("Taking everything into account, how", "How", "the words of TP01 are fixed"),
        ("        measure: TP01\n", "        measure: TP01\n        faces: true\n", "a measure is asked in words alone"),
        ("        measure: TP01\n", '        measure: TP01\n        say: {en: "All well?", pl: "Dobrze?"}\n', "nothing may be added"),
        ("        measure: TP01\n", '        measure: TP01\n        help: {en: "Most are.", pl: "Tak."}\n', "nothing may be added"),
        (TP05, TP05 + "        show_if: {overall: very_satisfied}\n", "TP05 is asked of everybody"),
        ("        show_if: {repair_done: yes}\n", "", "TP02 counts only after its filter's yes"),
        ("show_if: {repair_done: yes}", "show_if: {repair_done: [yes, no]}", "TP02 counts only after its filter's yes"),
        ("show_if: {repair_done: yes}", "show_if: {repair_done: yes, overall: neither}", "TP02 counts only after"),
        ("en: Has {landlord} carried out a repair", "en: Did {landlord} carry out a repair", "TP02 counts only after"),
        ("        dont_know: true\n", "", "this filter has a third answer"),
        ("measure: TP03", "measure: TP02", "TP02 cannot come after TP02"),
        ("measures: tsm-2023\n", "", "the form names no set of measures"),
        ("measures: tsm-2023", "measures: tsm-9999", "there is no such set of measures"),
        ("measure: TP12", "measure: TP13", "the set has no measure 'TP13'"),
    ],
)  # fmt: skip
def test_a_measure_that_is_bent_is_named(written: str, bent: str, wrong: str) -> None:
    assert written in SURVEY
    with pytest.raises(DefinitionError) as caught:
        parse_form(SURVEY.replace(written, bent, 1).encode(), "bent.yaml")
    assert wrong in str(caught.value)


def test_a_form_that_feeds_measures_is_also_in_english() -> None:
    polish = """
form: po-polsku
version: "1"
title: Ankieta
languages: {pl: final}
introduction: Dzień dobry.
closing: Dziękujemy.
measures: tsm-2023
scales: {s: {points: {a: A, b: B, c: C, d: D, e: E}}}
sections: [{id: s, questions: [{id: q, kind: scale, scale: s, measure: TP01, ask: Jak?}]}]
"""
    with pytest.raises(DefinitionError, match="the measures' words are fixed in English"):
        parse_form(polish.encode(), "pl.yaml")


def test_a_set_that_does_not_exist_is_named_even_when_nothing_feeds_it() -> None:
    poll = library.path_of("poll").read_text(encoding="utf-8") + "measures: tsm-9999\n"
    with pytest.raises(DefinitionError, match="there is no such set of measures"):
        parse_form(poll.encode(), "poll.yaml")
