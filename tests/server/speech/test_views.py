"""The pages where a form is listened to, and recorded."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from kiosk.speech import Utterance
from server.models.officers import Role
from server.speech import listing, wav
from server.speech.clips import clip_path, make
from server.store import Store
from tests.server.conftest import Browser
from tests.server.speech.sounds import speech, wav_file

SignIn = Callable[[Role], Browser]
ALOUD = "/forms/poll/library/aloud"
NEXT = Utterance("en", "Next")
LINE = f"{ALOUD}/{NEXT.clip}"


def words(answer: Any) -> str:
    text: str = answer.get_data(as_text=True)
    return text


def send(browser: Browser, content: bytes, **more: Any) -> Any:
    return browser.post(LINE, {"file": (BytesIO(content), "next.wav")}, **more)


def test_a_form_lists_what_it_says_in_the_language_and_group_asked_for(as_role: SignIn) -> None:
    browser = as_role(Role.OFFICER)
    english = words(browser.get(ALOUD))
    assert "flite (slt)" in english
    assert 'preload="none"' in english
    assert f"{LINE}.wav" not in english, "Next is a word of the kiosk"
    kiosk = words(browser.get(f"{ALOUD}?group=kiosk&language=en"))
    assert f'src="{LINE}.wav"' in kiosk
    assert "Record</a>" not in kiosk, "only managers record"
    arabic = words(browser.get(f"{ALOUD}?language=ar&group=nothing"))
    assert "espeak-ng (ar)" in arabic
    assert f'<a href="{ALOUD}"' in words(browser.get("/forms/poll/library"))


def test_a_line_is_heard_made_then_if_it_was_not_before(as_role: SignIn, store: Store) -> None:
    answer = as_role(Role.OFFICER).get(f"{LINE}.wav")
    assert (answer.status_code, answer.mimetype) == (200, "audio/wav")
    assert wav.read(answer.data).seconds > 0.3
    assert clip_path(store, NEXT.clip) is not None


@pytest.mark.parametrize("clip", ["nothing", Utterance("en", "Words of another form").clip])
def test_words_that_the_form_does_not_say_are_not_there(as_role: SignIn, clip: str) -> None:
    browser = as_role(Role.MANAGER)
    assert browser.get(f"{ALOUD}/{clip}.wav").status_code == 404
    assert browser.get(f"{ALOUD}/{clip}").status_code == 404
    assert browser.post(f"{ALOUD}/{clip}").status_code == 404
    assert browser.post(f"{ALOUD}/{clip}/remove").status_code == 404


def test_lines_without_a_voice_are_pointed_out(as_role: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "voices_for", lambda _: ())
    monkeypatch.setattr("server.speech.clips.voices_for", lambda _: ())
    browser = as_role(Role.MANAGER)
    page = words(browser.get(ALOUD))
    assert "have no voice: people who cannot see the screen will not hear them" in page
    assert "<audio" not in page
    assert "nobody hears this line" in words(browser.get(LINE))
    answer = browser.get(f"{LINE}.wav")
    assert answer.status_code == 404
    assert "Install espeak-ng, or record them." in words(answer)


def test_a_manager_records_a_line_and_does_without_it_again(as_role: SignIn, store: Store) -> None:
    make(store, [NEXT])
    browser = as_role(Role.MANAGER)
    assert "Said by flite (slt)" in words(browser.get(LINE))
    assert "Remove" not in words(browser.get(LINE))
    kept = send(browser, wav_file(speech().samples), follow_redirects=True)
    assert "The recording is kept." in words(kept)
    assert "recorded, 1.2 seconds" in words(kept)
    assert clip_path(store, NEXT.clip) != store.folder / "clips" / NEXT.clip[:2] / f"{NEXT.clip}.wav"
    assert "Change</a>" in words(browser.get(f"{ALOUD}?group=kiosk"))
    removed = browser.post(f"{LINE}/remove", follow_redirects=True)
    assert "Said by flite (slt)" in words(removed)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"an MP3", "This is not a WAV file."),
        (wav_file(speech().samples, channels=4), "This recording has 4 channels."),
    ],
)
def test_a_recording_that_cannot_be_used_is_refused_beside_its_field(
    as_role: SignIn, content: bytes, said: str
) -> None:
    answer = send(as_role(Role.MANAGER), content)
    assert answer.status_code == 422
    assert f'id="file-mistake">{said}' in words(answer)
    assert 'aria-describedby="file-hint file-mistake"' in words(answer)


def test_nothing_sent_is_said(as_role: SignIn) -> None:
    answer = as_role(Role.MANAGER).post(LINE)
    assert answer.status_code == 422
    assert "Choose a recording." in words(answer)
