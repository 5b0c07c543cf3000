"""Checks of a clip: that it is as long as its words, can be heard, is not distorted, and does not end in mid-word."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from server.speech.levelling import FRAME_S, NOTHING_DB, PEAK_DB, TARGET_DB, frames_db, peak_db, speech_db
from server.speech.wav import Sound

SILENT: Final = "it is silent"

LETTER_MS: Final = (25, 200)
"""The least and the most time for a letter: speech has about 15 letters a second, 67 ms each."""

FLOOR_MS: Final = 900
"""More for any clip, however short its words: both ends are silent, and signs are said that are no letters."""

NAME_MS: Final = 2_000
"""More for a single character: its name may be several words, as that of ؤ is."""

DIGIT_LETTERS: Final = 4
"""Letters that a digit is as long as: seven, nine, zero."""

LOUDNESS_DB: Final = 5.0
"""How far a clip may lie from the one loudness: below it where a peak forbids more."""

FLAT_SAMPLES: Final = 4
"""As many samples at the very peak in a row are a wave with its top cut off."""

END_FRAMES: Final = 2
END_DB: Final = -12.0
"""Below the loudness of the speech: a clip whose last 20 ms are louder ends in mid-word."""


def check(sound: Sound, words: str) -> tuple[str, ...]:
    """Give what is wrong with a clip of these words, a sentence each; none when it is fine."""
    frames = frames_db(sound.samples, sound.rate_hz)
    if not len(frames) or frames.max() < NOTHING_DB:
        return (SILENT,)
    return (*_length(sound, words), *_loudness(sound), *_end(sound))


def _length(sound: Sound, words: str) -> Iterator[str]:
    letters = sum(DIGIT_LETTERS if one.isdecimal() else one.isalnum() for one in words)
    floor_ms = NAME_MS if len(words) == 1 else FLOOR_MS
    least, most = LETTER_MS[0] * letters / 1000, (LETTER_MS[1] * letters + floor_ms) / 1000
    if not least <= sound.seconds <= most:
        short = "short" if sound.seconds < least else "long"
        yield f"it is too {short} for its words: {sound.seconds:.1f} s, not {least:.1f} to {most:.1f} s"


def _loudness(sound: Sound) -> Iterator[str]:
    level, peak = speech_db(sound.samples, sound.rate_hz), peak_db(sound.samples)
    if abs(level - TARGET_DB) > LOUDNESS_DB:
        yield f"its loudness is {level:.1f} dB, not within {LOUDNESS_DB:.0f} of {TARGET_DB:.0f}"
    tops = np.abs(sound.samples) >= np.abs(sound.samples).max() - 0.5 / 32768
    run = np.convolve(tops, np.ones(FLAT_SAMPLES), "valid")
    if peak > PEAK_DB + 0.1 or (len(run) and run.max() == FLAT_SAMPLES):
        yield "it is distorted: the tops of its waves are cut off"


def _end(sound: Sound) -> Iterator[str]:
    last = frames_db(sound.samples, sound.rate_hz)[-END_FRAMES:]
    if last.max() > speech_db(sound.samples, sound.rate_hz) + END_DB:
        yield f"it ends in mid-word: its last {END_FRAMES * FRAME_S * 1000:.0f} ms are not quiet"
