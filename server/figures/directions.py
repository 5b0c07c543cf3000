"""The rules of one Direction, read from `rules/`: accuracy, methods, tenures, decimals."""

import re
from enum import StrEnum
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from server.figures import rules as folder
from server.figures.accuracy import Band

NEWEST = "tsm-2023"


class Method(StrEnum):
    """How an answer was collected, in the order of the regulator's return."""

    TELEPHONE = "telephone"
    INTERNET = "internet"
    FACE_TO_FACE = "face_to_face"
    POSTAL = "postal"
    SMS = "sms"
    OTHER = "other"


class Population(StrEnum):
    """How the tenants of a home are reported."""

    RENTED = "rented"
    SHARED = "shared"
    """Low-cost home ownership: reported apart."""
    OUTSIDE = "outside"
    """Leaseholders and others whom the measures are not about."""


class _Accuracy(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    below: int | None = None
    points: float


class Direction(BaseModel):
    """How figures are worked out under one Direction."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    first_year: str
    measures: str
    names: dict[str, str]
    """What each measure is called for short, as the regulator calls it."""
    top_answers: int
    decimals: int
    accuracy: tuple[_Accuracy, ...]
    census_is_enough_up_to: int
    method_answers_min: int
    weighting_characteristics_max: int
    methods: dict[Method, tuple[str, ...]]
    tenures: dict[Population, tuple[str, ...]]

    @property
    def bands(self) -> tuple[Band, ...]:
        """Give the accuracy that is needed, smallest landlords first."""
        return tuple(Band(band.below, band.points) for band in self.accuracy)

    def method_of(self, channel: str, method: str) -> Method:
        """Give the method of a response: what it says of itself, else by its channel; other when it is none of them."""
        for words in (_plain(method), _plain(channel)):
            for known, names in self.methods.items():
                if words and words in {_plain(name) for name in names}:
                    return known
        return Method.OTHER

    def population_of(self, tenure: str) -> Population:
        """Give how a tenure is reported."""
        words = tenure.casefold().replace("-", " ")
        for population, names in self.tenures.items():
            if any(name in words for name in names):
                return population
        return Population.RENTED


@cache
def direction(name: str = NEWEST) -> Direction:
    """Give the rules of a Direction by its name; `FileNotFoundError` when there are none of that name."""
    text = (resources.files(folder) / f"{name}.yaml").read_text(encoding="utf-8")
    return Direction.model_validate(YAML(typ="safe", pure=True).load(text))


def _plain(words: str) -> str:
    return re.sub(r"[\s_-]", "", words.casefold())
