"""The files that are written for a machine, filled in from the templates beside this."""

from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FILES: Final = Path(__file__).parent / "files"


def filled(name: str, **values: object) -> str:
    """Give one file's text with these values in their places."""
    # None of the files is a web page with words of strangers: units, nginx's settings, JSON.
    environment = Environment(  # noqa: S701  # nosec B701
        loader=FileSystemLoader(FILES), undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )
    return environment.get_template(name).render(**values)
