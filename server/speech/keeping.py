"""Where clips lie: `clips/ab/abcdef….wav` in the data folder, whole or not at all.

They can be made again at any time: losing them loses nothing, and a backup need not hold them. What a process that
ended in the middle leaves, a hidden file, the janitor clears away.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from kiosk.speech import CLIP_PATTERN
from server.speech import wav
from server.speech.wav import MADE_BY, Sound, SoundError

FOLDER: Final = "clips"

HEAD_BYTES: Final = 512
"""What stands before the sound."""


def place_of(data: Path, clip: str) -> Path:
    """Give where a clip lies, made or not; `ValueError` for what is no clip's name."""
    if not re.fullmatch(CLIP_PATTERN, clip):
        raise ValueError("this is no name of a clip")
    return data / FOLDER / clip[:2] / f"{clip}.wav"


def kept(data: Path, clip: str) -> Sound | None:
    """Give a clip that was made before; None when it is not there, or not whole."""
    try:
        return wav.read(place_of(data, clip).read_bytes())
    except (FileNotFoundError, SoundError):
        return None


def voice_of(data: Path, clip: str) -> str:
    """Give the voice of a clip that was made before, empty when there is none; quick, for it reads only its head."""
    try:
        with place_of(data, clip).open("rb") as file:
            return wav.notes(file.read(HEAD_BYTES)).get(MADE_BY, "")
    except FileNotFoundError:
        return ""


def keep(data: Path, clip: str, sound: Sound) -> None:
    """Keep a clip, in place of one that was there."""
    place = place_of(data, clip)
    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as half_done:
        try:
            half_done.write(wav.write(sound))
            half_done.flush()
            os.fsync(half_done.fileno())
            Path(half_done.name).replace(place)
        except BaseException:
            Path(half_done.name).unlink(missing_ok=True)
            raise


def litter(data: Path) -> Iterator[Path]:
    """Give what was left half-done by a process that ended."""
    yield from (data / FOLDER).glob("??/.*")
