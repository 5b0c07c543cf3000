"""The choices of a question: written as `id: words`, kept as a list in their printed order."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from forms.texts import LANGUAGE_PATTERN, Model, Text

ID_PATTERN = r"^[a-z][a-z0-9_]{0,39}$"

Identifier = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
"""A name for machines: small letters, digits and _; it becomes the field's name in the PDF."""


class Choice(Model):
    """One answer that can be chosen."""

    id: Identifier
    label: Text
    say: Text | None = Field(None, description="Other words for reading aloud.")
    exclusive: bool = Field(False, description="Stands alone, as 'none of these' does.")


def choices_from_mapping(raw: object) -> object:
    """Turn `{id: words}` and `{id: {label: words}}` into a list of choices; leave anything else as it is."""
    if not isinstance(raw, Mapping):
        return raw
    return [_written_out(identifier, value) for identifier, value in raw.items()]


def _written_out(identifier: object, value: object) -> object:
    if isinstance(value, Mapping) and not _is_words_by_language(value):
        return {"id": identifier, **value}
    return {"id": identifier, "label": value}


def _is_words_by_language(value: Mapping[Any, Any]) -> bool:
    """Tell words by language from a choice written out (no key of a choice but `id` and `say` is a tag)."""
    keys = set(value) - set(Choice.model_fields)
    return bool(keys) and all(isinstance(key, str) and re.match(LANGUAGE_PATTERN, key) for key in keys)


class _AsWritten:
    """Describes to editors both ways of writing choices: by id, or as a list."""

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        as_list = handler(schema)
        size = {"minProperties": as_list.get("minItems", 0), "maxProperties": as_list.get("maxItems", 40)}
        choice = handler.resolve_ref_schema(as_list["items"])
        without_id = {name: rule for name, rule in choice["properties"].items() if name != "id"}
        written_out = {
            "type": "object",
            "properties": without_id,
            "required": ["label"],
            "additionalProperties": False,
        }
        by_id = {
            "type": "object",
            "propertyNames": {"pattern": ID_PATTERN},
            "additionalProperties": {"anyOf": [without_id["label"], written_out]},
            **size,
        }
        return {"anyOf": [by_id, as_list], "description": "Each answer as `id: words`."}


Choices = Annotated[
    tuple[Choice, ...], Field(min_length=2, max_length=40), BeforeValidator(choices_from_mapping), _AsWritten
]
"""From 2 to 40 choices: more than fit on a screen are a sign of two questions in one."""

FivePoints = Annotated[
    tuple[Choice, ...], Field(min_length=5, max_length=5), BeforeValidator(choices_from_mapping), _AsWritten
]
"""The five points of a scale, in their printed order."""
