"""The labelled sentences, and how many of them are found as they should be; made up, so all figures are simulated."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from server.alerting.danger import Danger
from server.alerting.dangers import dangers_in

HARMLESS = "harmless"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in a language; `danger` is None where it is harmless."""

    words: str
    language: str
    danger: Danger | None


@dataclass(frozen=True, slots=True)
class Score:
    """How one part of the sentences came out."""

    dangerous: int
    found: int
    """Sentences that speak of a danger and were found to speak of some danger."""
    rightly: int
    """Those of them for which the danger that they are listed under was among those found."""
    harmless: int
    false: int

    @property
    def recall(self) -> float:
        """Give the share of dangers that were found as what they are."""
        return self.rightly / self.dangerous

    @property
    def false_alarms(self) -> float:
        """Give the share of harmless sentences that raised an alert."""
        return self.false / self.harmless


@cache
def parts() -> Mapping[str, tuple[Sentence, ...]]:
    """Give the sentences of each part."""
    raw = YAML(typ="safe", pure=True).load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return {part: tuple(_sentences(languages)) for part, languages in raw.items()}


def _sentences(languages: Mapping[str, Mapping[str, list[str]]]) -> Iterator[Sentence]:
    for language, groups in languages.items():
        for group, lines in groups.items():
            for words in lines:
                yield Sentence(words, language, None if group == HARMLESS else Danger(group))


def scored(part: str) -> Score:
    """Look through the sentences of a part."""
    told = [(one, dangers_in(one.words, one.language)) for one in parts()[part]]
    dangerous = [(one.danger, found) for one, found in told if one.danger is not None]
    harmless = [found for one, found in told if one.danger is None]
    return Score(
        dangerous=len(dangerous),
        found=sum(bool(found) for _, found in dangerous),
        rightly=sum(danger in found for danger, found in dangerous),
        harmless=len(harmless),
        false=sum(bool(found) for found in harmless),
    )
