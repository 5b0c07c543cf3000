"""The templates of paper, and the HTML of one piece from its values."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from forms.paper.editions import RULE_PITCH_MM
from forms.paper.lines import bound


@cache
def templates() -> Environment:
    """Give the templates of paper; a name that is not given is an error, and words are escaped."""
    environment = Environment(
        loader=PackageLoader("forms.paper"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["bound"] = bound
    return environment


@cache
def _macros() -> Any:
    return templates().get_template("strips.html", globals={"rule_mm": RULE_PITCH_MM}).module


def macro(name: str, *values: object) -> str:
    """Give the HTML of one piece."""
    return str(getattr(_macros(), name)(*values))
