"""The lists of phrases, read once: what speaks of which danger, and what takes it back, by language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from ruamel.yaml import YAML

from server.alerting.danger import Danger
from server.alerting.matching import Phrase, Phrases, Slot, phrase_of
from server.alerting.slips import Slips

LANGUAGES: Final = ("en", "pl", "ar")


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """All that is known of one language."""

    dangers: Phrases
    harmless: Phrases
    negators: Phrases
    between: Slot
    """Words that may stand between a negator and what it takes back."""
    named: Slot
    """Words that name a danger by themselves: "no damp, mould or leaks" takes all of them back."""
    reporters: Phrases
    """"They said there was no damp" takes nothing back."""
    not_free: Slot
    """Words before a negator that rob it of its sense: "still no"."""
    after: Phrases
    """What takes a danger back from behind it: "damp is not a problem"."""
    resolved: Phrases
    unresolved: Phrases
    slips: Slips


@cache
def phrasebook(language: str) -> Phrasebook:
    """Give what is known of a language that has a list."""
    file = resources.files(__package__) / "phrases" / f"{language}.yaml"
    raw: Mapping[str, Any] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    listed = {name: _listed(words) for name, words in raw.items() if name not in ("dangers", "harmless")}
    denying = {words for words in listed["negators"] if " " not in words}
    dangers = [
        phrase_of(line, Danger(name), denying) for name, lines in raw["dangers"].items() for line in lines.splitlines()
    ]
    harmless = [phrase_of(line) for line in raw["harmless"].splitlines()]
    right = {word for phrase in (*dangers, *harmless) for slot in phrase.slots for word in slot.words}
    return Phrasebook(
        dangers=Phrases(dangers),
        harmless=Phrases(harmless),
        negators=_phrases(listed["negators"]),
        between=Slot(frozenset(listed["between"])),
        named=_alone(dangers),
        reporters=_phrases(listed["reporters"]),
        not_free=Slot(frozenset(listed["not_free"])),
        after=_phrases(listed["after"]),
        resolved=_phrases(listed["resolved"]),
        unresolved=_phrases(listed["unresolved"]),
        slips=Slips(listed["slips"], right.union(listed["right"])),
    )


def load_all() -> None:
    """Read the lists of all languages, so that nobody who sends an answer waits for it: it takes 0.3 s."""
    for language in LANGUAGES:
        phrasebook(language)


def _listed(words: str) -> tuple[str, ...]:
    """Read what is separated by commas."""
    return tuple(" ".join(one.split()) for one in words.split(",") if one.strip())


def _phrases(lines: Iterable[str]) -> Phrases:
    return Phrases(map(phrase_of, lines))


def _alone(phrases: Iterable[Phrase]) -> Slot:
    """Give the place that takes every word that is a phrase by itself."""
    slots = [phrase.slots[0] for phrase in phrases if len(phrase.slots) == 1]
    words = frozenset[str]().union(*(slot.words for slot in slots))
    return Slot(words, tuple(beginning for slot in slots for beginning in slot.beginnings))
