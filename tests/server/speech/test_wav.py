"""WAV files, read and written."""

import struct
import wave
from io import BytesIO

import numpy as np
import pytest

from server.speech import wav
from server.speech.wav import MADE_BY, MADE_FROM, Sound, SoundError
from tests.server.speech.sounds import RATE_HZ, speech, wav_file

PCM_GUID = struct.pack("<HHIH", 22, 16, 4, 1) + bytes.fromhex("000000001000800000aa00389b71")


def test_what_is_written_is_read_back_with_its_notes() -> None:
    notes = {MADE_BY: "flite (slt)", MADE_FROM: "odd"}
    written = wav.write(Sound(speech().samples, RATE_HZ, notes))
    found = wav.read(written)
    assert np.abs(found.samples - speech().samples).max() < 1 / 32768
    assert (found.rate_hz, found.notes) == (RATE_HZ, notes)
    assert wav.notes(written[:512]) == notes


def test_other_programs_can_play_what_is_written() -> None:
    with wave.open(BytesIO(wav.write(Sound(speech(0.5).samples, RATE_HZ, {MADE_BY: "odd"})))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE_HZ)
        assert file.getnframes() == len(speech(0.5).samples)


def test_two_channels_become_one() -> None:
    found = wav.read(wav_file(speech().samples, channels=2))
    assert len(found.samples) == len(speech().samples)
    assert found.seconds == pytest.approx(1.6)


def test_the_longer_kind_of_header_is_read_too() -> None:
    assert wav.read(wav_file(speech().samples, kind=0xFFFE, extra=PCM_GUID)).rate_hz == RATE_HZ


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"ID3\x03 an MP3", "not a WAV file"),
        (b"", "not a WAV file"),
        (b"RIFF\x04\0\0\0WAVE", "no sound"),
        (wav_file(speech().samples)[:-100], "ends before its sound does"),
        (wav_file(speech().samples, bits=8), "not plain 16-bit PCM"),
        (wav_file(speech().samples, kind=3), "not plain 16-bit PCM"),
        (wav_file(speech().samples, channels=6), "6 channels"),
        (wav_file(speech().samples, rate_hz=96_000), "96,000 samples a second"),
        (wav_file(speech().samples, rate_hz=4_000), "4,000 samples a second"),
        (b"RIFF\x20\0\0\0WAVEfmt \x02\0\0\0\x01\0data\0\0\0\0", "what its sound is like"),
    ],
)
def test_what_cannot_be_used_is_refused_in_plain_words(content: bytes, words: str) -> None:
    with pytest.raises(SoundError, match=words):
        wav.read(content)


def test_a_head_that_is_no_clip_of_ours_has_no_notes() -> None:
    assert wav.notes(wav_file(speech().samples)[:512]) == {}
    assert wav.notes(b"") == {}
