"""What surrounds every screen: the way it runs, where its files are, how large a millimetre is here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from flask import url_for

from forms.languages import is_right_to_left
from kiosk.speech import LETTERS, letter
from kiosk.speech.characters import DIGITS, LATIN

PX_PER_MM: Final = 96 / 25.4
"""Pixels of style sheets in a millimetre, where nobody has measured the screen (CSS: 96 to the inch)."""

REM_MM: Final = 10
"""What the look is drawn in: its unit is ten millimetres."""

STATIC: Final = Path(__file__).parent / "static"
FOLDER: Final = "kiosk"


@dataclass(frozen=True, slots=True)
class Installed:
    """What this installation says of its kiosks."""

    details: Mapping[str, str]
    """The landlord's, by the names that they have in a form's words."""
    px_per_mm: float = PX_PER_MM
    low_reach: bool = False
    pledges: tuple[tuple[str, str], ...] = ()
    """What was said, and what was done about it."""
    https: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What the templates need besides the screen itself."""

    low_reach: bool
    """Whether everything is moved into the lower two thirds."""
    dir: str
    letters: Mapping[str, str] = field(default_factory=dict)
    """The clip of each letter and digit that can be typed or spelt."""

    def file(self, name: str) -> str:
        """Give the address of a file of the look; another one when its content has changed."""
        return url_for("kiosk.static", filename=f"{FOLDER}/{name}", v=_version(name))


def frame_of(installed: Installed, language: str) -> Frame:
    """Give the frame of a screen in one language."""
    return Frame(installed.low_reach, "rtl" if is_right_to_left(language) else "ltr", _letters(language))


def scale_css(installed: Installed) -> str:
    """Give the style sheet that makes millimetres true on the screen at hand."""
    return f"html{{font-size:{installed.px_per_mm * REM_MM:.3f}px}}\n"


@cache
def _letters(language: str) -> Mapping[str, str]:
    every = dict.fromkeys(LETTERS.get(language, "") + LATIN + DIGITS)
    return {character: letter(language, character).clip for character in every}


@cache
def _version(name: str) -> str:
    return sha256((STATIC / FOLDER / name).read_bytes()).hexdigest()[:8]
