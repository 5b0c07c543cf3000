"""The forms that ship, one YAML file each, and how a form is found by name or by file."""

from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path

from forms.checks.fault import nearest
from forms.definition import Form
from forms.errors import FormsError
from forms.loading import load_form

SUFFIX = ".yaml"


class UnknownFormError(FormsError):
    """No form has that name, and no file is there."""


@cache
def names() -> tuple[str, ...]:
    """Give the names of the forms that ship, in alphabetical order."""
    return tuple(sorted(path.stem for path in _folder().glob(f"*{SUFFIX}")))


def library() -> Iterator[Form]:
    """Give the forms that ship, in alphabetical order."""
    return (load_form(path_of(name)) for name in names())


def path_of(name_or_file: str) -> Path:
    """Give the file of a form: one that ships, by name, or any, by path. `UnknownFormError` if there is neither."""
    if name_or_file in names():
        return _folder() / f"{name_or_file}{SUFFIX}"
    path = Path(name_or_file)
    if path.exists() or path.suffix in (SUFFIX, ".yml", ".json"):
        return path
    remedy = nearest(name_or_file, names())
    raise UnknownFormError(f"{name_or_file}: there is no form of this name and no such file. {remedy}")


def find(name_or_file: str) -> Form:
    """Give a form by name or file; `UnknownFormError` or `DefinitionError` when that cannot be done."""
    return load_form(path_of(name_or_file))


def _folder() -> Path:
    return Path(str(resources.files(__name__)))
