"""`sayso speech`."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.speech import Utterance
from server.cli import Exit, sayso
from server.speech import clips, speaking
from server.speech.wav import MADE_BY, Sound
from tests.server.conftest import made_store
from tests.server.speech.sounds import RATE_HZ, speech


@pytest.fixture(autouse=True)
def hummed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Make a store here, and have everything said by a hum but what no voice says in Polish."""
    monkeypatch.chdir(tmp_path)
    made_store(tmp_path / "sayso-data", None).close()

    def hum(utterance: Utterance, _: object) -> speaking.Spoken | None:
        if utterance.language == "pl":
            return None
        return speaking.Spoken(Sound(speech(0.2).samples, RATE_HZ, {MADE_BY: "a hum"}), ())

    monkeypatch.setattr(clips, "speak", hum)
    monkeypatch.setattr(clips, "check", lambda _, words: ("it is odd",) if words == "Skip" else ())


def run(*arguments: str) -> Result:
    return CliRunner().invoke(sayso, ["speech", *arguments], standalone_mode=False)


def test_it_tells_how_many_were_made_by_whom_and_how_loud_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clips, "check", lambda *_: ())
    result = run("poll", "--language", "en")
    assert result.return_value == Exit.OK
    heading, line = result.output.splitlines()
    assert heading.split() == ["Language", "Utterances", "Made", "Kept", "Voices", "Seconds", "Quietest", "Loudest"]
    language, utterances, made, kept, *voice = line.split()
    assert (language, utterances, kept, voice[:3]) == ("en", made, "0", ["a", "hum", made])
    assert int(made) > 200


def test_every_problem_and_all_that_has_no_voice_is_listed_and_the_exit_code_says_so() -> None:
    result = run("poll", "--language", "en", "--language", "pl")
    assert result.return_value == Exit.SET_ASIDE
    assert "en: “Skip”: it is odd." in result.output
    assert "pl: “Dalej” has no voice." in result.output
    assert "have no voice. Install espeak-ng, or record them." in result.output


def test_a_language_that_the_form_is_not_in_is_refused() -> None:
    result = run("tsm-2026-27", "--language", "ar")
    assert result.exception is not None
    assert "tsm-2026-27 is not in 'ar'. It is in: en, pl." in str(result.exception)
