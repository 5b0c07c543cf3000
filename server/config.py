"""The settings of one installation: who the landlord is, where data is kept, which database keeps it.

They are read from `sayso.toml` in the folder where the command runs, or from the file that `SAYSO_SETTINGS` names.
"""

import os
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from forms.landlord import DETAIL_NAMES, Landlord
from server.errors import SettingsError

FILE_NAME = "sayso.toml"
FILE_VARIABLE = "SAYSO_SETTINGS"

Detail = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


ReadingLimit = Literal["image_mb", "document_mb", "pages", "megapixels", "jpeg_megapixels"]
"""The most that a file of scans may hold; `scanning.pages.PageLimits` has their defaults."""

RetentionRule = Literal[
    "page_images",
    "contact_details",
    "responses",
    "audit",
    "set_aside_files",
    "labels_and_letters",
    "household_lists",
    "collected_answers",
    "households_gone",
]
"""What is kept for a time that may be set; `server.retention.rules` has the defaults and says from when it counts."""

MONTHS_MAX = 1200


class IntakeSettings(BaseModel):
    """What may be set of how paper comes in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: Path = Path("inbox")
    """Where the scanner puts its files; a relative one is inside the data folder."""


PLEDGES_MAX = 3
"""So many fit beneath the campaigns of a start screen."""


class Pledge(BaseModel):
    """What people said, and what was done about it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    said: Detail
    did: Detail


INSTALLED: Final = Path("/var/lib/sayso")
"""Where `sayso setup` puts an installation unless it is told otherwise."""


class KioskSettings(BaseModel):
    """What may be set of the kiosks of this installation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    px_per_mm: Annotated[float, Field(ge=1, le=20)] | None = None
    """Pixels of style sheets in a millimetre, as measured on the screen; 96 to the inch unless it is set."""
    low_reach: bool = False
    """Whether all controls stand in the lower two thirds of a tall screen."""
    you_said: Annotated[tuple[Pledge, ...], Field(max_length=PLEDGES_MAX)] = ()


class Settings(BaseModel):
    """What an installation may set; everything has a default."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    landlord: dict[str, Detail] = {}
    data: Path = Path("sayso-data")
    database: str | None = None
    https: bool = False
    """Whether the site is behind TLS: cookies are then sent no other way."""
    intake: IntakeSettings = IntakeSettings()
    kiosk: KioskSettings = KioskSettings()
    reading: dict[ReadingLimit, Annotated[int, Field(ge=1)]] = {}
    retention: dict[RetentionRule, Annotated[int, Field(ge=0, le=MONTHS_MAX)]] = {}
    """Months."""

    def who(self) -> Landlord:
        """Give the landlord's details."""
        return replace(Landlord(), **self.landlord)

    def inbox(self) -> Path:
        """Give the folder that is watched for scans."""
        return self.data / self.intake.folder

    def database_url(self) -> str:
        """Give SQLAlchemy's address of the database: SQLite in the data folder unless another is set."""
        return self.database or f"sqlite:///{self.data / 'sayso.db'}"


def settings_path() -> Path:
    """Give the file that settings are read from, whether or not it is there."""
    return Path(os.environ.get(FILE_VARIABLE) or FILE_NAME)


def load_settings() -> Settings:
    """Give the settings in force; `SettingsError` when the file that holds them cannot be used."""
    path = settings_path()
    if not os.environ.get(FILE_VARIABLE) and not path.exists():
        return Settings()
    return settings_in(path)


def settings_in(path: Path) -> Settings:
    """Give the settings that a file holds; `SettingsError` when it cannot be used."""
    try:
        return _checked(tomllib.loads(path.read_text(encoding="utf-8")), path)
    except PermissionError as error:
        raise SettingsError(
            f"{path}: you may not read these settings. Run this as the user whom the site runs as: "
            f"sudo -u {_reader(path)} sayso …"
        ) from error
    except OSError as error:
        raise SettingsError(
            f"{path}: the settings cannot be read ({error.strerror}). Check {FILE_VARIABLE}, and who may read it."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: this is not TOML ({error}). Mend that line.") from error


def _reader(path: Path) -> str:
    """Give who may read the settings: of root's file the group of the site's user, as `sayso setup` made it."""
    try:
        return path.group() if path.owner() == "root" else path.owner()
    except (OSError, KeyError):
        return "USER"


def _checked(raw: dict[str, object], path: Path) -> Settings:
    try:
        settings = Settings.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise SettingsError(
            f"{path}: {key}: {first['msg']}. Settings are: {', '.join(Settings.model_fields)}."
        ) from error
    if unknown := sorted(set(settings.landlord) - set(DETAIL_NAMES)):
        known = ", ".join(DETAIL_NAMES)
        raise SettingsError(f"{path}: landlord.{unknown[0]}: there is no such detail. Details are: {known}.")
    return settings
