"""A voice's sound → the clip: without silence at its ends, and as loud as every other clip. Pure steps on arrays."""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.speech.wav import Sound

TARGET_DB: Final = -20.0
"""RMS of speech, in dB below the loudest a file can hold: usual for prompts (ITU-T P.56 speech is kept near -26 in
telephony, broadcasters near -20), and leaves room for peaks."""

PEAK_DB: Final = -1.0
"""No sample is louder: a converter may overshoot between two."""

SILENCE_S: Final = 0.08
"""Kept at both ends, so that no consonant is cut and clips that follow each other are apart."""

FRAME_S: Final = 0.01
EDGE_DB: Final = -40.0
"""Below the loudest frame: quieter frames at the ends are silence. The f and s that end words lie at -30 to -35."""

SPEECH_DB: Final = -25.0
"""Below the loudest frame: quieter frames are pauses, and do not count towards the loudness."""

NOTHING_DB: Final = -60.0
"""A clip whose loudest frame is quieter has nothing to hear in it."""


def levelled(sound: Sound) -> Sound:
    """Give the sound trimmed and brought to one loudness; one that is silent as it is."""
    centred = sound.samples - sound.samples.mean() if len(sound.samples) else sound.samples
    frames = frames_db(centred, sound.rate_hz)
    if not len(frames) or frames.max() < NOTHING_DB:
        return sound
    cut = _trimmed(centred, sound.rate_hz, frames)
    gain_db = min(TARGET_DB - speech_db(cut, sound.rate_hz), PEAK_DB - peak_db(cut))
    return replace(sound, samples=cut * 10 ** (gain_db / 20))


def frames_db(samples: NDArray[np.float64], rate_hz: int) -> NDArray[np.float64]:
    """Give the RMS of each 10 ms, in dB; a rest shorter than that is left out."""
    size = int(rate_hz * FRAME_S)
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    power: NDArray[np.float64] = np.maximum((frames**2).mean(axis=1), 1e-12)
    return 10 * np.log10(power)


def speech_db(samples: NDArray[np.float64], rate_hz: int) -> float:
    """Give the RMS of the speech in a sound, without its pauses, in dB."""
    frames = frames_db(samples, rate_hz)
    if not len(frames):
        return float(10 * np.log10(1e-12))
    spoken = frames[frames >= frames.max() + SPEECH_DB]
    return float(10 * np.log10((10 ** (spoken / 10)).mean()))


def peak_db(samples: NDArray[np.float64]) -> float:
    """Give the loudest sample, in dB."""
    return float(20 * np.log10(max(np.abs(samples).max(initial=0.0), 1e-6)))


def _trimmed(samples: NDArray[np.float64], rate_hz: int, frames: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cut silence away; add what is missing of it in front, and nothing at the end, where it would hide a cut word."""
    size, rest = int(rate_hz * FRAME_S), int(rate_hz * SILENCE_S)
    loud = np.flatnonzero(frames >= frames.max() + EDGE_DB)
    begin, end = int(loud[0]) * size, (int(loud[-1]) + 1) * size
    lacking = max(0, rest - begin)
    return np.concatenate((np.zeros(lacking), samples[max(0, begin - rest) : end + rest]))
