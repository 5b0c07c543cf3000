"""The kiosk's own words: the same in every language, each in every plural form, and each of them used."""

import re
from pathlib import Path
from string import Formatter

import pytest

from forms.languages import locale_of
from kiosk import wording
from kiosk.places import Over
from kiosk.screens import Aloud, Speed

KIOSK = Path(__file__).parents[2] / "kiosk"
MADE = {f"aloud_{way}" for way in Aloud} | {f"speed_{speed}" for speed in Speed} | {
    f"helped_{one}" for one in ("no", "family", "staff", "other")
} | {f"key_{key}" for key in ("back", "next", "choose", "repeat")}  # fmt: skip
"""Keys that are put together where they are used."""


def names_in(sentence: wording.Sentence) -> set[str]:
    every = sentence.values() if isinstance(sentence, dict) else [sentence]
    return {name for words in every for _, name, _, _ in Formatter().parse(words) if name}


@pytest.mark.parametrize("language", wording.languages())
def test_every_language_says_the_same(language: str) -> None:
    here, english = wording.sentences(language), wording.sentences("en")
    assert set(here) == set(english)
    for key, sentence in here.items():
        assert names_in(sentence) == names_in(english[key]), key
        assert isinstance(sentence, dict) == isinstance(english[key], dict), key


@pytest.mark.parametrize("language", wording.languages())
def test_what_is_counted_is_there_in_every_plural_form(language: str) -> None:
    needed = {locale_of(language).plural_form(count) for count in range(200)}
    for key, sentence in wording.sentences(language).items():
        if isinstance(sentence, dict):
            assert needed <= set(sentence), key


def test_polish_counts_as_polish_does() -> None:
    said = [wording.say("start_rests", "pl", count=count) for count in (1, 3, 5, 22)]
    assert [words.rsplit(" ", 1)[1] for words in said] == ["minutę", "minuty", "minut", "minuty"]


def test_every_sentence_is_used() -> None:
    sources = [path for ending in ("*.py", "*.html", "*.js") for path in KIOSK.rglob(ending)]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources if "vendor" not in path.parts)
    named = set(re.findall(r"[\"']([a-z][a-z0-9_]+)[\"']", text)) | MADE | {str(over) for over in Over}
    assert set(wording.sentences("en")) - named == set()
