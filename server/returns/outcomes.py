"""What a page was read as, kept whole in the database: a copy is judged again when more of it comes."""

from typing import Any, Final

from pydantic import TypeAdapter

from scanning.readings import PageReading

_READING: Final = TypeAdapter(PageReading)


def kept(reading: PageReading) -> dict[str, Any]:
    """Give a reading as JSON holds it."""
    plain: dict[str, Any] = _READING.dump_python(reading, mode="json")
    return plain


def reading_of(outcome: dict[str, Any]) -> PageReading:
    """Give the reading that was kept."""
    return _READING.validate_python(outcome, strict=False)
