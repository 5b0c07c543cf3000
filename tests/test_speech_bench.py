"""The measurement of clips is itself run, a little of it, and can fail."""

from collections.abc import Callable

import pytest

from server.speech import clips, speaking
from server.speech.speaking import Spoken
from server.speech.wav import MADE_BY, MADE_FROM, Sound
from tests.bench import speech
from tests.server.speech.sounds import RATE_HZ
from tests.server.speech.sounds import speech as hum


def test_the_clips_of_a_small_form_are_as_wanted() -> None:
    assert speech.figures(quick=True).missed == 0


def hummed(seconds: float, level: float) -> Callable[..., Spoken]:
    samples = hum(seconds, level).samples

    def speak(utterance: object, voices: object) -> Spoken:
        notes = {MADE_BY: "hum", MADE_FROM: speaking.mark(utterance, voices)}  # type: ignore[arg-type]
        return Spoken(Sound(samples, RATE_HZ, notes), ())

    return speak


@pytest.mark.parametrize(
    ("speak", "missed"),
    [(lambda *_: None, 3), (hummed(40.0, 0.1), 1), (hummed(1.0, 0.001), 2)],
)
def test_clips_that_are_missing_too_long_or_too_quiet_are_missed(
    monkeypatch: pytest.MonkeyPatch, speak: Callable[..., Spoken | None], missed: int
) -> None:
    monkeypatch.setattr(clips, "speak", speak)
    assert speech.figures(quick=True).missed >= missed
