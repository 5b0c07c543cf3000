"""How a person wants it: language, size, colours, reading aloud. Each is set by a button that every screen has."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Final, TypeVar

from babel import UnknownLocaleError

from forms.languages import locale_of
from forms.texts import LANGUAGE_PATTERN
from kiosk.places import Over
from kiosk.screens import VOLUMES, Act, Aloud, Colours, Settings, Size, Speed
from kiosk.submitted import Submitted

ACTS: Final = (Act.SIZE, Act.COLOURS, Act.LANGUAGE, Act.HELP, Act.SPEECH)

E = TypeVar("E", bound=StrEnum)


def opened(done: Submitted) -> Over | None:
    """Give what a button lays over the screen; None where it sets something at once."""
    if done.act is Act.HELP:
        return Over.HELP
    if done.act is Act.LANGUAGE and not done.value:
        return Over.LANGUAGE
    return Over.SPEECH if done.act is Act.SPEECH and not done.value else None


def tuned(settings: Settings, done: Submitted) -> Settings:
    """Give the settings with one changed; the same where the button names nothing that there is."""
    match done.act:
        case Act.SIZE:
            return replace(settings, size=_chosen(Size, done.value, settings.size))
        case Act.COLOURS:
            return replace(settings, colours=_chosen(Colours, done.value, settings.colours))
        case Act.LANGUAGE if _is_language(done.value):
            return replace(settings, language=done.value)
        case Act.SPEECH:
            return _spoken(settings, done.value)
        case _:
            return settings


def _chosen(kinds: type[E], value: str, now: E) -> E:
    """Give the kind that a button names; without a name the one behind the present one, round and round."""
    every = list(kinds)
    if not value:
        return every[(every.index(now) + 1) % len(every)]
    return next((kind for kind in every if kind == value), now)


def _is_language(code: str) -> bool:
    if not re.match(LANGUAGE_PATTERN, code):
        return False
    try:
        locale_of(code)
    except UnknownLocaleError:
        return False
    return True


def _aloud(settings: Settings, value: str) -> Settings:
    return replace(settings, aloud=_chosen(Aloud, value, settings.aloud))


def _speed(settings: Settings, value: str) -> Settings:
    return replace(settings, speed=_chosen(Speed, value, settings.speed))


def _volume(settings: Settings, value: str) -> Settings:
    levels = {str(level): level for level in range(1, VOLUMES + 1)}
    return replace(settings, volume=levels.get(value, settings.volume))


_SPOKEN: Final[Mapping[str, Callable[[Settings, str], Settings]]] = {
    "aloud": _aloud,
    "speed": _speed,
    "volume": _volume,
}


def _spoken(settings: Settings, value: str) -> Settings:
    name, _, wanted = value.partition(":")
    return _SPOKEN[name](settings, wanted) if name in _SPOKEN and wanted else settings
