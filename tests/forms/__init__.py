"""Tests of `forms`, and the form with every kind of question that several of them use."""

from functools import cache
from pathlib import Path

from forms.definition import Form
from forms.loading import load_form

EVERY_KIND = Path(__file__).parent / "every_kind.yaml"


@cache
def every_kind() -> Form:
    """Give the form with every kind of question, in English and Polish."""
    return load_form(EVERY_KIND)
