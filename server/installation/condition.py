"""What this installation works with: its settings and where they are set, its database, and its room on the disk."""

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from server.config import settings_path
from server.retention.rules import RULES, months_of
from server.store import Store
from server.web.words import many


@dataclass(frozen=True, slots=True)
class Fact:
    """A setting in force, and whether the settings file sets it."""

    words: str
    value: str | int
    is_set: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """How long something is kept, from when on, and whether the settings file says so."""

    what: str
    time: str
    since: str
    is_set: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """How this installation is set up, and how much room it has."""

    version: str
    settings_file: Path
    has_settings_file: bool
    landlord: tuple[Fact, ...]
    reading: tuple[Fact, ...]
    retention: tuple[Kept, ...]
    database: str
    folder: Path
    data_bytes: int
    free_bytes: int


LIMITS: Mapping[str, str] = {
    "image_mb": "An image, in MB",
    "document_mb": "A PDF or TIFF, in MB",
    "pages": "Pages of a file",
    "megapixels": "A page, in million pixels",
    "jpeg_megapixels": "A JPEG, in million pixels",
}
"""The limits of reading in words, by their keys in the settings file."""


def condition(store: Store) -> Condition:
    """Look at the settings, the database and the disk as they are now."""
    from scanning.pages import PageLimits  # noqa: PLC0415 (loads OpenCV, which most sites never need)

    settings, path = store.settings, settings_path()
    return Condition(
        version=version("sayso"),
        settings_file=path.absolute(),
        has_settings_file=path.exists(),
        landlord=tuple(
            Fact(name.replace("_", " ").capitalize(), value, name in settings.landlord)
            for name, value in settings.who().details().items()
        ),
        reading=tuple(
            Fact(LIMITS[name], value, name in settings.reading)
            for name, value in (asdict(PageLimits()) | dict(settings.reading)).items()
        ),
        retention=tuple(
            Kept(rule.what, _time(months_of(rule, settings)), rule.since, rule.name in settings.retention)
            for rule in RULES
        ),
        database=_database(store),
        folder=store.folder.absolute(),
        data_bytes=sum(_sizes(store.folder)),
        free_bytes=shutil.disk_usage(store.folder).free,
    )


def _time(months: int) -> str:
    """Write how long something is kept."""
    if months == 0:
        return "not at all"
    years, rest = divmod(months, 12)
    return many(months, "month") if rest else many(years, "year")


def _database(store: Store) -> str:
    """Give the database's kind and version; never its address, which may hold a password."""
    with store.engine.connect() as connection:
        numbers = connection.dialect.server_version_info or ()
    kind = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[store.engine.dialect.name]
    return f"{kind} {'.'.join(map(str, numbers))}"


def _sizes(folder: Path) -> Iterator[int]:
    """Give the sizes of all files under a folder; one that goes away meanwhile counts nothing."""
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                yield (Path(place) / name).stat().st_size
            except FileNotFoundError:
                continue
