"""The kiosk's own words, by language: buttons, screens, what to do next. The words of a form are in the form.

A sentence that counts something is written once for each of the language's plural forms (CLDR: one, few, many, other);
`count` says which.
"""

from functools import cache
from importlib import resources

from ruamel.yaml import YAML

from forms.languages import locale_of

FALLBACK = "en"
"""The language that stands in where the kiosk has no words in the form's own."""

Sentence = str | dict[str, str]


@cache
def languages() -> tuple[str, ...]:
    """Give the languages that the kiosk itself has words in, English first."""
    entries = resources.files(__name__).iterdir()
    found = {entry.name.removesuffix(".yaml") for entry in entries if entry.name.endswith(".yaml")}
    return (FALLBACK, *sorted(found - {FALLBACK}))


@cache
def sentences(language: str) -> dict[str, Sentence]:
    """Give all words in one language by their keys."""
    file = resources.files(__name__) / f"{language}.yaml"
    words: dict[str, Sentence] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    return words


def say(key: str, language: str, **details: str | int) -> str:
    """Give the sentence of that key, in English where the kiosk has no words in the language."""
    known = language if language in languages() else FALLBACK
    sentence = sentences(known)[key]
    if isinstance(sentence, dict):
        sentence = sentence[locale_of(known).plural_form(int(details["count"]))]
    return sentence.format(**details)
