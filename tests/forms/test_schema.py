"""The JSON Schema lets an editor accept what the loader accepts, and underline what it refuses."""

from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from forms import library
from forms.definition import Form
from tests.forms import EVERY_KIND
from tests.forms.broken import broken

BY_SHAPE = ("missing form.", "missing section", "misspelt", "wrong type of question.choices", "wrong type of section")
"""Slips that a schema can see; double ids and routing need the loader."""


def _validator() -> Draft202012Validator:
    schema = Form.model_json_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def _data(content: str | bytes) -> Any:
    return YAML(typ="safe", pure=True).load(content)


def test_the_schema_accepts_every_kind_of_question() -> None:
    assert list(_validator().iter_errors(_data(EVERY_KIND.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("name", library.names())
def test_the_schema_accepts_every_form_of_the_library(name: str) -> None:
    content = library.path_of(name).read_text(encoding="utf-8")
    assert list(_validator().iter_errors(_data(content))) == []


def test_the_schema_underlines_what_is_misspelt_or_missing() -> None:
    validator = _validator()
    sound = EVERY_KIND.read_text(encoding="utf-8")
    variants = [broken(sound, Random(seed)) for seed in range(30)]
    shaped = [variant for variant in variants if variant.how.startswith(BY_SHAPE)]
    assert len(shaped) > 5
    for variant in shaped:
        assert not validator.is_valid(_data(variant.content)), variant.how
