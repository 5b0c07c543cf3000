"""WAV files: read with every length checked, written with who made them.

Clips stay WAV. They go over this machine or its own network (44 kB a second of speech at the most, 80 kB a clip on
average), every browser plays them, and no library is needed: Opus would be a tenth of the size for one more
dependency in C.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.errors import ServerError

PCM: Final = 1
EXTENSIBLE: Final = 0xFFFE
"""The format that says its real format further on: recorders write it too."""

MADE_BY: Final = b"ISFT"
MADE_FROM: Final = b"ICMT"
"""The fields of the INFO chunk for the program, and for a comment."""


class SoundError(ServerError):
    """A file of sound that cannot be used; the message is one line for a person."""


@dataclass(frozen=True, slots=True)
class Sound:
    """One channel of sound, with what its file says of its making."""

    samples: NDArray[np.float64]
    """From -1 to 1."""
    rate_hz: int
    notes: Mapping[bytes, str] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """Give how long it takes."""
        return len(self.samples) / self.rate_hz


@dataclass(frozen=True, slots=True)
class _Format:
    channels: int
    rate_hz: int


def read(content: bytes) -> Sound:
    """Give the sound of a WAV file, several channels mixed into one; `SoundError` says why it cannot be used."""
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise SoundError("this is not a WAV file. Save the recording as WAV, then send it again.")
    chunks = dict(_chunks(content))
    if b"fmt " not in chunks or b"data" not in chunks:
        raise SoundError("there is no sound in this WAV file. Record it again.")
    form = _format(chunks[b"fmt "])
    frame = 2 * form.channels
    data = chunks[b"data"]
    whole = np.frombuffer(data[: len(data) // frame * frame], dtype="<i2").reshape(-1, form.channels)
    return Sound(whole.mean(axis=1) / 32768, form.rate_hz, _notes(chunks.get(b"LIST", b"")))


def notes(head: bytes) -> Mapping[bytes, str]:
    """Give the notes from the first bytes of a file that `write` made; none where there are none."""
    try:
        return next((_notes(chunk) for name, chunk in _chunks(head) if name == b"LIST"), {})
    except SoundError:
        return {}


def write(sound: Sound) -> bytes:
    """Give a WAV file of 16 bits, with the sound's notes in front."""
    pcm = np.clip(np.round(sound.samples * 32768), -32768, 32767).astype("<i2").tobytes()
    info = b"".join(_chunk(name, words.encode() + b"\0") for name, words in sound.notes.items())
    form = struct.pack("<HHIIHH", PCM, 1, sound.rate_hz, sound.rate_hz * 2, 2, 16)
    inner = b"WAVE" + _chunk(b"fmt ", form) + _chunk(b"LIST", b"INFO" + info) + _chunk(b"data", pcm)
    return _chunk(b"RIFF", inner)


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def _chunks(content: bytes, at: int = 12) -> Iterator[tuple[bytes, bytes]]:
    """Give name and content of each chunk; `SoundError` where one is longer than the file."""
    while at + 8 <= len(content):
        name, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        if at + 8 + size > len(content):
            raise SoundError("this WAV file ends before its sound does. Copy it again, or record it again.")
        yield name, content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _format(chunk: bytes) -> _Format:
    if len(chunk) < 16:
        raise SoundError("this WAV file does not say what its sound is like. Save it again.")
    kind, channels, rate_hz, _, _, bits = struct.unpack("<HHIIHH", chunk[:16])
    if kind == EXTENSIBLE and len(chunk) >= 26:
        kind = int.from_bytes(chunk[24:26], "little")
    if kind != PCM or bits != 16:
        raise SoundError("the sound in this WAV file is not plain 16-bit PCM. Save it as 16-bit PCM.")
    if channels not in (1, 2):
        raise SoundError(f"this recording has {channels} channels. Save it with one (mono) or two (stereo).")
    if not 8_000 <= rate_hz <= 48_000:
        raise SoundError(f"this recording has {rate_hz:,} samples a second. Save it with 8,000 to 48,000.")
    return _Format(channels, rate_hz)


def _notes(chunk: bytes) -> dict[bytes, str]:
    if chunk[:4] != b"INFO":
        return {}
    return {name: words.rstrip(b"\0").decode("utf-8", "replace") for name, words in _chunks(chunk, at=4)}
