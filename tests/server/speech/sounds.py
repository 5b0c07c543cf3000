"""Sounds for the tests: something like speech, and WAV files of it in every shape."""

import struct

import numpy as np
from numpy.typing import NDArray

from server.speech.wav import Sound

RATE_HZ = 16_000


def speech(seconds: float = 1.0, level: float = 0.1, *, silence: float = 0.3, rate_hz: int = RATE_HZ) -> Sound:
    """Give a voice-like hum of syllables, silent at both ends; `level` is its amplitude."""
    at = np.arange(int(seconds * rate_hz)) / rate_hz
    syllables = np.sin(np.pi * np.minimum(at, seconds - at) / 0.2).clip(0.25) * (0.6 + 0.4 * np.sin(8 * np.pi * at))
    fade = np.minimum(1, np.minimum(at, seconds - at) / 0.03)
    hum = sum(np.sin(2 * np.pi * 120 * n * at) / n for n in (1, 2, 3, 5))
    spoken = level * fade * syllables * hum
    quiet = np.zeros(int(silence * rate_hz))
    return Sound(np.concatenate((quiet, spoken, quiet)), rate_hz)


def wav_file(
    samples: NDArray[np.float64],
    *,
    channels: int = 1,
    rate_hz: int = RATE_HZ,
    bits: int = 16,
    kind: int = 1,
    extra: bytes = b"",
) -> bytes:
    """Give a WAV file as other programs write it."""
    values = np.repeat(np.round(samples * 32767).astype("<i2"), channels)
    pcm = values.tobytes() if bits == 16 else (values // 256 + 128).astype("u1").tobytes()
    frame = channels * bits // 8
    form = struct.pack("<HHIIHH", kind, channels, rate_hz, rate_hz * frame, frame, bits) + extra
    inner = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(pcm)) + pcm
    return b"RIFF" + struct.pack("<I", len(inner)) + inner
