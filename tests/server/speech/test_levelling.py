"""Clips trimmed, brought to one loudness, and checked."""

from dataclasses import replace

import numpy as np
import pytest

from server.speech.checking import check
from server.speech.levelling import PEAK_DB, SILENCE_S, TARGET_DB, levelled, peak_db, speech_db
from server.speech.wav import Sound
from tests.server.speech.sounds import RATE_HZ, speech

WORDS = "Fifteen letters"
"""About as many as a voice says in a second."""


@pytest.mark.parametrize("level", [0.004, 0.05, 0.3])
@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 48_000])
def test_every_sound_comes_out_equally_loud(level: float, rate_hz: int) -> None:
    made = levelled(speech(level=level, rate_hz=rate_hz))
    assert speech_db(made.samples, rate_hz) == pytest.approx(TARGET_DB, abs=0.3)
    assert made.rate_hz == rate_hz


def test_a_peak_is_never_above_its_limit_even_if_the_sound_is_then_less_loud() -> None:
    spiky = speech()
    spiky.samples[len(spiky.samples) // 2] = 1.0
    made = levelled(spiky)
    assert peak_db(made.samples) == pytest.approx(PEAK_DB, abs=0.01)
    assert speech_db(made.samples, RATE_HZ) < TARGET_DB


@pytest.mark.parametrize("silence", [0.0, 0.03, 2.0])
def test_silence_is_cut_at_both_ends_to_the_same_short_rest(silence: float) -> None:
    made = levelled(speech(1.0, silence=silence))
    assert made.seconds == pytest.approx(1.0 + SILENCE_S + min(silence, SILENCE_S), abs=0.05)


def test_a_constant_shift_is_taken_out() -> None:
    shifted = replace(speech(), samples=speech().samples + 0.2)
    assert abs(levelled(shifted).samples.mean()) < 0.01


def test_a_good_clip_has_nothing_wrong() -> None:
    assert check(levelled(speech()), WORDS) == ()


@pytest.mark.parametrize(
    ("sound", "words", "problem"),
    [
        (Sound(np.zeros(RATE_HZ), RATE_HZ), WORDS, "silent"),
        (Sound(np.zeros(0), RATE_HZ), WORDS, "silent"),
        (levelled(speech(0.3)), "Words that a voice cannot say in so short a time", "too short"),
        (levelled(speech(6.0)), "Short words", "too long"),
        (levelled(speech(3.0)), "Yes", "too long"),
        (replace(levelled(speech()), samples=levelled(speech()).samples / 4), WORDS, "loudness"),
        (replace(speech(), samples=(speech(level=0.2).samples * 3).clip(-0.2, 0.2)), WORDS, "tops of its waves"),
        (replace(speech(), samples=speech().samples / np.abs(speech().samples).max()), WORDS, "tops of its waves"),
    ],
)
def test_what_is_wrong_with_a_clip_is_said(sound: Sound, words: str, problem: str) -> None:
    assert any(problem in one for one in check(sound, words))


def test_a_voice_that_is_cut_off_ends_in_mid_word() -> None:
    cut = replace(speech(2.0), samples=speech(2.0).samples[: int(1.3 * RATE_HZ)])
    assert check(levelled(cut), WORDS) == ("it ends in mid-word: its last 20 ms are not quiet",)


def test_the_name_of_a_single_letter_may_be_several_words() -> None:
    assert check(levelled(speech(1.6)), "ؤ") == ()
