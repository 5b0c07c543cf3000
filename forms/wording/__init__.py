"""The product's own words for people who answer, by language: answers, labels of contact details, refusals.

A form's own words are in the form. A language is added by adding its file here.
"""

from functools import cache
from importlib import resources

from ruamel.yaml import YAML

FALLBACK = "en"
"""The language that stands in where a form's own language has no file here."""


@cache
def languages() -> frozenset[str]:
    """Give the languages that Sayso itself has words in."""
    return frozenset(
        entry.name.removesuffix(".yaml")
        for entry in resources.files(__name__).iterdir()
        if entry.name.endswith(".yaml")
    )


@cache
def sentences(language: str) -> dict[str, str]:
    """Give all words in one language by their keys."""
    file = resources.files(__name__) / f"{language}.yaml"
    words: dict[str, str] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    return words


def say(key: str, language: str, **details: str | int) -> str:
    """Give the sentence of that key, in English where Sayso has no words in the language."""
    words = sentences(language if language in languages() else FALLBACK)
    return words[key].format(**details)
