"""Sets of measures whose words, scale and order a regulator has fixed: what a form that feeds them must keep."""

from functools import cache
from importlib import resources

from ruamel.yaml import YAML

from forms.texts import Model

SUFFIX = ".yaml"


class Measure(Model):
    """One measure: its fixed English words, its scale, and the filter that must come before it."""

    words: str
    scale: str
    not_applicable: bool = False
    after: str | None = None


class Filter(Model):
    """The yes-or-no question that decides who is asked a measure: its fixed words, and if it has a third answer."""

    words: str
    dont_know: bool = False


class MeasureSet(Model):
    """The measures of one Direction, in the order in which they must be asked."""

    source: str
    first_year: str
    scales: dict[str, dict[str, str]]
    not_applicable: str
    filters: dict[str, Filter]
    measures: dict[str, Measure]


@cache
def names() -> tuple[str, ...]:
    """Give the names of the sets there are."""
    entries = (entry.name for entry in resources.files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in entries if name.endswith(SUFFIX)))


@cache
def measure_set(name: str) -> MeasureSet:
    """Give a set by its name; `FileNotFoundError` when there is none of that name."""
    file = resources.files(__name__) / f"{name}{SUFFIX}"
    return MeasureSet.model_validate(YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")))
