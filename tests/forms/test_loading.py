"""A definition that is wrong anywhere is named by file, line and key, with a remedy; a right one loads."""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from forms import library
from forms.loading import DefinitionError, load_form, parse_form
from tests.forms import EVERY_KIND, every_kind
from tests.forms.broken import broken

SOUND = EVERY_KIND.read_text(encoding="utf-8")


def mistakes(content: str | bytes) -> list[str]:
    raw = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(DefinitionError) as caught:
        parse_form(raw, "form.yaml")
    return [str(mistake) for mistake in caught.value.mistakes]


@settings(max_examples=20, deadline=None)  # the bench makes thousands
@given(st.randoms(use_true_random=False))
def test_every_broken_variant_is_named_with_its_line_its_key_and_a_remedy(random: Random) -> None:
    variant = broken(SOUND, random)
    note(f"{variant}")
    with pytest.raises(DefinitionError) as caught:
        parse_form(variant.content, "form.yaml")
    named = [one for one in caught.value.mistakes if one.line == variant.line and variant.key in one.key.split(".")]
    assert named, f"{variant.how}, line {variant.line}, {variant.key}: {caught.value}"
    assert all(one.remedy and str(one).startswith("form.yaml:") for one in named)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200), st.integers(0, len(SOUND.encode())))
def test_any_bytes_anywhere_in_a_form_give_a_form_or_a_named_mistake(junk: bytes, place: int) -> None:
    sound = SOUND.encode()
    try:
        parse_form(sound[:place] + junk + sound[place:], "form.yaml")
    except DefinitionError as error:
        assert all(mistake.line >= 1 and mistake.remedy for mistake in error.mistakes)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("{repair: yes}", "{repair: true}"), "the id of an answer is expected here. Write it as it stands in that question"),
        (("maximum: 99", "maximum: !!bool xx"), "this is not YAML"),
        (("en: How was it?", 'en: "How was\\a it?"'), "a control character stands in these words"),
        (("kind: one_choice", "kind: one_choise"), "there is no kind of question 'one_choise'. Did you mean 'one_choice'?"),
        (("dont_know: true", "dont_knwo: true"), "there is no such key here. Did you mean 'dont_know'?"),
        (("{repair: yes}", "{overall: neither}"), "question 'overall' does not come before this one"),
        (("{repair: yes}", "{repairs: yes}"), "there is no question 'repairs'. Did you mean 'repair'?"),
        (("{repair: yes}", "{repair: maybe}"), "question 'repair' has no answer 'maybe'"),
        (('version: "1"', "version: 1"), 'Put it in quotes: "1".'),
        (("id: years", "id: day"), "this question has the id 'day' of another"),
        (("{landlord}.", "{landlrod}."), "'{landlrod}' stands for nothing. Did you mean 'landlord'?"),
        (("{en: Every kind, pl: Każdy rodzaj}", "Every kind"), "these words are missing in 'pl' (Polish)"),
        (("pl: draft", "pl: draft, xq: draft"), "no language has the code 'xq'"),
        (("scale: satisfaction", "scale: satisfied"), "Did you mean 'satisfaction'?"),
        (("homes: {en: Homes", "homes: {en: Homes, pl: Domy}\n          homes: {en: Homes"), "homes: this key stands here twice"),
        (("maximum: 99", "maximum: 99, minimum: 100"), "'minimum' is above 'maximum'"),
        (("    detachable: true", "    detachable: true\n    help: {en: A, pl: B, fr: C}"), "does not name the language 'fr'"),
        (("title: {en: Your home", "detachable: true\n    title: {en: Your home"), "the page that is torn off must be the last"),
    ],
)  # fmt: skip
def test_a_mistake_says_what_is_wrong_and_what_to_write(change: tuple[str, str], expected: str) -> None:
    assert change[0] in SOUND
    found = mistakes(SOUND.replace(*change, 1))
    assert any(expected in mistake for mistake in found), found


def test_a_torn_off_page_cannot_hang_on_the_other_answers() -> None:
    hanging = SOUND.replace("      - id: age\n", "      - id: age\n        show_if: {repair: yes}\n")
    assert "a page that is torn off cannot hang on the others" in mistakes(hanging)[0]


def test_a_torn_off_page_does_not_ask_whose_it_is() -> None:
    telling = SOUND + "      - {id: who, kind: contact, ask: {en: Who are you?, pl: Kim jesteś?}}\n"
    assert any("question 'who' could tell whose it is" in mistake for mistake in mistakes(telling)), mistakes(telling)


def test_all_mistakes_of_a_form_are_named_at_once() -> None:
    twice = SOUND.replace("kind: number", "kind: numbr").replace("max_length: 40", "max_length: many")
    assert len(mistakes(twice)) == 2


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "form.yaml:1: this is not a form"),
        (b"- a\n- b\n", "form.yaml:1: this is not a form"),
        (b"title: caf\xe9\n", "form.yaml:1: this is not UTF-8 text. Save the file as UTF-8."),
        (b"form: a\ntitle: Hello: you\n", "form.yaml:2: a colon inside words is read as a key. Put the words in quotes."),
        (b"form: a\n\ttitle: b\n", "form.yaml:2: a tab or a special sign begins the words"),
        (b'form: "a\n', "a quote or bracket is not closed"),
        (b"form: &a x\ntitle: *a\n", "an alias (& and *) is used"),
        (b"form: !!python/name:os.system\n", "a word begins with !"),
        (b"form: a\n---\nform: b\n", "form.yaml:2: a second form begins here"),
        (b"a: " + b"[" * 5000, "form.yaml:1:"),
        (b"a: " + b"[" * 30 + b"]" * 30, "this is nested too deep"),
    ],
)  # fmt: skip
def test_a_file_that_holds_no_form_is_told_apart(content: bytes, expected: str) -> None:
    assert expected in mistakes(content)[0]


def test_an_alias_cannot_make_a_small_file_endless() -> None:
    bomb = "a: &a [x]\n" + "".join(
        f"{name}: &{name} [*{before}, *{before}]\n" for before, name in zip("abcdefg", "bcdefgh", strict=True)
    )
    assert "an alias" in mistakes(bomb)[0]


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, Path.exists, lambda path: path.write_bytes(b"#" * 1_000_001)])
def test_a_file_that_cannot_be_read_is_said_in_one_line(tmp_path: Path, make: Callable[[Path], object]) -> None:
    path = tmp_path / "form.yaml"
    make(path)
    with pytest.raises(DefinitionError) as caught:
        load_form(path)
    assert str(caught.value).startswith(str(path))
    assert len(str(caught.value).splitlines()) == 1


def test_the_canonical_form_loads_back_as_the_same_version() -> None:
    form = every_kind()
    again = parse_form(form.canonical().encode(), "attachment.json")
    assert again == form
    assert again.content_hash == form.content_hash


def test_the_version_changes_with_any_word_and_not_with_layout_or_comments() -> None:
    form = every_kind()
    commented = parse_form(b"# a remark\n" + SOUND.replace("{repair: yes}", "{repair: [yes]}").encode(), "form.yaml")
    reworded = parse_form(SOUND.replace("How was it?", "How was that?").encode(), "form.yaml")
    reordered = parse_form(SOUND.replace("homes: {en: Homes", "zeros: {en: Homes").encode(), "form.yaml")
    assert commented.content_hash == form.content_hash
    assert len({form.content_hash, reworded.content_hash, reordered.content_hash}) == 3


@pytest.mark.parametrize("name", library.names())
def test_every_form_of_the_library_survives_its_canonical_form(name: str) -> None:
    form = library.find(name)
    assert parse_form(form.canonical().encode(), name) == form
