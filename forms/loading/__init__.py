"""YAML → Form. Whatever is wrong is said with file, line, key, and what to write instead."""

import stat
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from forms.checks import faults
from forms.definition import Form
from forms.loading.mistakes import DefinitionError, Mistake
from forms.loading.remedies import explained
from forms.loading.source import Source, read_source

__all__ = ["DefinitionError", "Mistake", "load_form", "parse_form"]

SIZE_MAX = 1_000_000
"""Bytes; the longest form of the library has 30 thousand."""


NOTHING_HERE = ("nothing stands behind this key", "Write it, or take the key out.")


def load_form(path: Path) -> Form:
    """Give the form in a file; `DefinitionError` names all that is wrong with it."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise DefinitionError.whole(str(path), "this is not a file", "Name a form's YAML file.", line=0)
        size = status.st_size
        content = path.read_bytes() if size <= SIZE_MAX else b""
    except OSError as error:
        remedy = "Check its name and who may read it."
        raise DefinitionError.whole(str(path), _unreadable(error), remedy, line=0) from error
    if size > SIZE_MAX:
        raise DefinitionError.whole(str(path), f"it has {size:,} bytes", "No form needs more than a million.", line=0)
    return parse_form(content, str(path))


def parse_form(content: bytes, name: str) -> Form:
    """Give the form in the content of a file of that name; `DefinitionError` names all that is wrong."""
    source = read_source(content, name)
    if empty := list(source.empty()):
        raise DefinitionError([source.mistake(path, *NOTHING_HERE) for path in empty])
    try:
        form = Form.model_validate(source.data, context={"languages": _languages(source)})
    except ValidationError as error:
        raise DefinitionError([explained(entry, source) for entry in _roots(error.errors())]) from error
    if found := faults(form):
        raise DefinitionError([source.mistake(fault.path, fault.wrong, fault.remedy) for fault in found])
    return form


def _roots(entries: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out lists that are called too short only because one of their items is wrong."""
    places = [entry["loc"] for entry in entries]
    return [
        entry
        for entry in entries
        if entry["type"] != "too_short"
        or not any(len(place) > len(entry["loc"]) and place[: len(entry["loc"])] == entry["loc"] for place in places)
    ]


def _languages(source: Source) -> tuple[str, ...]:
    """Give the languages that the form names, for reading plain words; English while it names none."""
    named = source.data.get("languages") if isinstance(source.data, dict) else None
    languages = tuple(key for key in named if isinstance(key, str)) if isinstance(named, dict) else ()
    return languages or ("en",)


def _unreadable(error: OSError) -> str:
    return "there is no such file" if isinstance(error, FileNotFoundError) else f"it cannot be read ({error.strerror})"
