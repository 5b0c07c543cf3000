"""Having an utterance said by the first voice that says it well. A voice is a program: no shell, no file on disk."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from kiosk.speech import Utterance
from kiosk.speech.pronunciation import pronounced
from server.errors import ServerError
from server.speech import wav
from server.speech.checking import SILENT, check
from server.speech.levelling import levelled
from server.speech.voices import OUTPUT, Voice
from server.speech.wav import MADE_BY, MADE_FROM, Sound, SoundError

SECONDS_MAX: Final = 30
"""For one utterance: the longest comment, 10,000 letters, takes flite 15 s on one core."""

BYTES_MAX: Final = 64 << 20
"""More sound than 20 minutes is a program gone wrong."""

PARAGRAPH_END: Final = "\n\n"
"""Follows the words: without it espeak-ng takes the full stop of "U K." for an abbreviation's, and ends too early."""


class VoiceError(ServerError):
    """A voice's program failed."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """An utterance as said; `problems` are what its check found."""

    sound: Sound
    problems: tuple[str, ...]

    @property
    def is_heard(self) -> bool:
        """Tell whether there is something to hear."""
        return bool(len(self.sound.samples)) and SILENT not in self.problems


def speak(utterance: Utterance, voices: Sequence[Voice]) -> Spoken | None:
    """Give an utterance as the first voice says it whose clip is fine; else the first that can be heard.

    None when there is no voice, or none gave a sound.
    """
    words, heard = pronounced(utterance), None
    for voice in voices:
        try:
            said = _said(voice, words)
        except (VoiceError, SoundError):
            continue
        notes = {MADE_BY: voice.label, MADE_FROM: mark(utterance, voices)}
        spoken = Spoken(Sound(said.samples, said.rate_hz, notes), check(said, words))
        if not spoken.problems:
            return spoken
        heard = heard or (spoken if spoken.is_heard else None)
    return heard


def mark(utterance: Utterance, voices: Sequence[Voice]) -> str:
    """Give what a clip is made from, in short: with other voices or another way of saying it, it is made again."""
    commands = "\n".join(" ".join((one.engine, *one.command[1:])) for one in voices)
    return sha256(f"{pronounced(utterance)}\n{commands}".encode()).hexdigest()[:16]


def _said(voice: Voice, words: str) -> Sound:
    return levelled(wav.read(output_of(voice, words)))


def output_of(voice: Voice, words: str) -> bytes:
    """Give the WAV file that a voice's program writes, in memory only; `VoiceError` when it writes none."""
    handle = os.memfd_create("clip")
    try:
        command = [f"/proc/self/fd/{handle}" if one == OUTPUT else one for one in voice.command]
        given = f"{voice.written(words)}{PARAGRAPH_END}".encode()
        subprocess.run(command, input=given, capture_output=True, pass_fds=(handle,), timeout=SECONDS_MAX, check=True)
        size = os.fstat(handle).st_size
        return os.pread(handle, min(size, BYTES_MAX), 0)
    except (OSError, subprocess.SubprocessError) as error:
        raise VoiceError(f"{voice.label} failed ({type(error).__name__}).") from None
    finally:
        os.close(handle)
