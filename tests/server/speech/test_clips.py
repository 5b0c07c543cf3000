"""Clips made, kept, given out; recordings in their place."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from sqlalchemy import func, select

from forms import library
from kiosk.speech import Utterance, of_form
from server.accounts import officers
from server.errors import NotFoundError
from server.models.audit import AuditEvent
from server.models.officers import Officer, Role
from server.models.recordings import Recording
from server.queries.speech import forms_asked_at_kiosks, recording_of
from server.retention.janitor import swept
from server.speech import clips, recordings, speaking, wav, worker
from server.speech.clips import RECORDED, clip_path, expect, make, spoken_now
from server.speech.expecting import Expected
from server.speech.keeping import keep, kept, place_of, voice_of
from server.speech.levelling import TARGET_DB, speech_db
from server.speech.voices import Voice, voices_for
from server.speech.wav import Sound, SoundError
from server.store import Store
from tests.server.campaigns.made import campaign
from tests.server.conftest import PASSWORD
from tests.server.speech.sounds import RATE_HZ, speech, wav_file

YES, TAK = Utterance("en", "Yes"), Utterance("pl", "Tak")
NOBODYS = Utterance("hsb", "Haj")
"""In a language that no voice here speaks: Upper Sorbian."""


@pytest.fixture
def silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take all voices away."""
    monkeypatch.setattr(clips, "voices_for", lambda _: ())


def officer(store: Store) -> Officer:
    officers.add(store, "anna", "Anna", Role.MANAGER, PASSWORD, by=None)
    with store.reading() as session:
        return session.scalars(select(Officer)).one()


def recorded(store: Store, utterance: Utterance = YES, level: float = 0.1) -> Recording:
    return recordings.keep(store, utterance, wav_file(speech(level=level).samples), by=officer(store))


# Making and keeping.


def test_clips_are_made_once_in_their_language_and_then_kept(store: Store) -> None:
    counted: list[int] = []
    first = make(store, [YES, TAK, YES], each=lambda: counted.append(1))
    assert (first.made, first.kept, first.failed, first.silent) == (2, 0, (), ())
    assert [clip.voice for clip in first.clips] == ["flite (slt)", "espeak-ng (pl)"]
    assert len(counted) == 2
    assert all(clip.seconds > 0.3 and abs(clip.level_db - TARGET_DB) < 3 for clip in first.clips)
    again = make(store, [YES, TAK])
    assert (again.made, again.kept) == (0, 2)


def test_what_has_no_voice_is_listed(store: Store) -> None:
    made = make(store, [YES, NOBODYS])
    assert made.silent == (NOBODYS,)
    assert clip_path(store, NOBODYS.clip) is None


def test_a_clip_that_fails_its_check_is_listed_and_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speaking, "check", lambda *_: ("it is odd",))
    monkeypatch.setattr(clips, "check", lambda *_: ("it is odd",))
    [odd] = make(store, [YES]).failed
    assert odd.problems == ("it is odd",)
    assert clip_path(store, YES.clip) is not None


def test_a_clip_is_made_anew_when_there_are_other_voices(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    make(store, [YES])
    others = voices_for("en")[1:]
    monkeypatch.setattr(clips, "voices_for", lambda _: others)
    made = make(store, [YES])
    assert (made.made, voice_of(store.folder, YES.clip)) == (1, "espeak-ng (en-gb)")


def test_a_clip_is_kept_while_its_voices_are_away(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    make(store, [YES])
    monkeypatch.setattr(clips, "voices_for", lambda _: ())
    made = make(store, [YES])
    assert (made.made, made.kept, made.silent) == (0, 1, ())


def test_a_damaged_clip_is_made_again(store: Store) -> None:
    make(store, [YES])
    place = place_of(store.folder, YES.clip)
    place.write_bytes(place.read_bytes()[:1000])
    assert kept(store.folder, YES.clip) is None
    assert make(store, [YES]).made == 1
    assert kept(store.folder, YES.clip) is not None


def test_what_a_process_that_ended_left_half_done_goes_after_a_day_and_clips_stay(store: Store) -> None:
    make(store, [YES])
    place = place_of(store.folder, YES.clip)
    half_done = place.parent / ".abc"
    half_done.write_bytes(b"RIFF")
    assert swept(store) == 0
    assert swept(store, datetime.now(UTC) + timedelta(days=2)) == 1
    assert list(place.parent.iterdir()) == [place]


def test_a_clip_that_two_ask_for_at_once_is_whole(store: Store) -> None:
    words = [Utterance("pl", "Tak, proszę")] * 8
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda one: make(store, [one], jobs=1), words))
    assert all(not one.silent and not one.failed for one in made)
    assert kept(store.folder, words[0].clip) is not None


def test_a_clip_that_cannot_be_written_leaves_nothing_behind(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        keep(store.folder, YES.clip, speech())
    assert not list(place_of(store.folder, YES.clip).parent.iterdir())


# Giving out.


def test_a_clip_that_is_missing_is_made_when_a_screen_that_has_its_words_asks(store: Store) -> None:
    words = Utterance("en", "Question 3 of 1234")
    assert clip_path(store, words.clip) is None, "nobody knows its words"
    expect([words])
    path = clip_path(store, words.clip)
    assert path == place_of(store.folder, words.clip)
    assert wav.read(path.read_bytes()).seconds > 1


@pytest.mark.parametrize("name", ["", "../../sayso.db", "x" * 64, YES.clip.upper(), f"{YES.clip}/"])
def test_what_is_no_name_of_a_clip_is_nothing(name: str, store: Store) -> None:
    assert clip_path(store, name) is None


def test_only_the_latest_words_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.speech.expecting.REMEMBERED_MAX", 2)
    expected = Expected()
    one, two, three = (Utterance("en", word) for word in ("one", "two", "three"))
    expected.add([one, two])
    expected.add([one, three])
    assert [expected.named(word.clip) for word in (one, two, three)] == [one, None, three]


def test_what_a_person_typed_is_said_and_written_nowhere(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    before = set(store.folder.rglob("*"))
    with caplog.at_level(logging.DEBUG):
        said = spoken_now(store, "My name is Zofia Łukasik", "en")
    assert said is not None
    assert wav.read(said).seconds > 1
    assert b"Zofia" not in said
    assert {path for path in store.folder.rglob("*") if not path.name.startswith("sayso.db")} <= before
    assert "Zofia" not in caplog.text
    assert clip_path(store, Utterance("en", "My name is Zofia Łukasik").clip) is None


@pytest.mark.parametrize(("words", "language"), [(" ", "en"), ("Haj", "hsb")])
def test_nothing_is_said_of_no_words_and_in_a_language_without_a_voice(words: str, language: str, store: Store) -> None:
    assert spoken_now(store, words, language) is None


# Recordings.


def test_a_recording_wins_over_every_voice_and_is_as_loud_as_they_are(any_store: Store) -> None:
    make(any_store, [YES])
    recording = recorded(any_store, level=0.02)
    path = clip_path(any_store, YES.clip)
    assert path == any_store.files.path(recording.file_sha256)
    sound = wav.read(path.read_bytes())
    assert speech_db(sound.samples, sound.rate_hz) == pytest.approx(TARGET_DB, abs=0.5)
    assert recording.duration_ms == round(sound.seconds * 1000)
    assert spoken_now(any_store, "Yes", "en") == path.read_bytes()
    [clip] = make(any_store, [YES]).clips
    assert (clip.voice, clip.is_new) == (RECORDED, False)


@pytest.mark.usefixtures("silence")
def test_a_recording_is_a_voice_where_there_is_none(store: Store) -> None:
    recorded(store, NOBODYS)
    assert make(store, [NOBODYS]).silent == ()
    assert clip_path(store, NOBODYS.clip) is not None


def test_another_recording_takes_the_place_of_the_first(any_store: Store) -> None:
    by = officer(any_store)
    first = recordings.keep(any_store, YES, wav_file(speech().samples), by=by)
    second = recordings.keep(any_store, YES, wav_file(speech(2.0).samples), by=by)
    assert second.uid == first.uid
    with any_store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Recording)) == 1
        found = recording_of(session, YES.clip)
    assert found is not None
    assert found.duration_ms > 1900


def test_without_its_recording_the_voice_speaks_again(any_store: Store) -> None:
    make(any_store, [YES])
    recording = recorded(any_store)
    recordings.remove(any_store, YES.clip, by=Officer(uid="o"))
    assert clip_path(any_store, YES.clip) == place_of(any_store.folder, YES.clip)
    with pytest.raises(NotFoundError, match="no recording"):
        recordings.remove(any_store, YES.clip, by=Officer(uid="o"))
    with any_store.reading() as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.action.like("recording%"))).all()
    assert [event.action for event in events] == ["recording added", "recording removed"]
    assert {event.subject for event in events} == {f"recording {recording.uid}"}
    assert "Yes" not in "".join(event.detail for event in events)


def test_a_recording_whose_file_is_lost_gives_way_to_the_voice(store: Store) -> None:
    make(store, [YES])
    store.files.remove(recorded(store).file_sha256)
    assert clip_path(store, YES.clip) == place_of(store.folder, YES.clip)
    assert make(store, [YES]).clips[0].voice == "flite (slt)"
    assert spoken_now(store, "Yes", "en") is not None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfb an MP3", "not a WAV file"),
        (wav_file(np.zeros(61 * 8_000), rate_hz=8_000), "takes 61 seconds"),
        (b"RIFF" + bytes(recordings.BYTES_MAX), "more than 10 MB"),
        (wav_file(np.zeros(2 * RATE_HZ)), "nothing to hear"),
        (wav_file(np.zeros(0)), "nothing to hear"),
        (wav_file(speech(0.04, silence=0.0).samples), "nothing to hear"),
    ],
)
def test_a_recording_that_cannot_be_used_is_refused_and_not_kept(store: Store, content: bytes, words: str) -> None:
    by = officer(store)
    with pytest.raises(SoundError, match=words):
        recordings.keep(store, YES, content, by=by)
    assert not list(store.files.names())


# The worker beside the site.


@pytest.fixture
def hummed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every language said by a hum, so that a whole form takes no time."""

    def hum(utterance: Utterance, voices: Sequence[Voice]) -> speaking.Spoken:
        notes = {wav.MADE_BY: "a hum", wav.MADE_FROM: speaking.mark(utterance, voices)}
        return speaking.Spoken(Sound(speech(0.2).samples, RATE_HZ, notes), ())

    monkeypatch.setattr(clips, "speak", hum)


@pytest.mark.usefixtures("hummed")
def test_forms_of_open_campaigns_at_kiosks_get_their_clips_in_all_languages_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "of_kiosk", lambda language, _: (Utterance(language, "Kiosk"),))
    campaign(store, is_open=True, form="poll/library")
    campaign(store, is_open=True, form="reply-slip/library", channels=["paper"])
    campaign(store, form="event/library")
    done: worker.Done = set()
    worker.make_for_open_campaigns(store, done, Event())
    poll, landlord = library.find("poll"), store.settings.who()
    assert done == {(poll.content_hash, language) for language in poll.languages}
    for language in poll.languages:
        for one in (*of_form(poll, language, landlord), Utterance(language, "Kiosk")):
            assert place_of(store.folder, one.clip).exists(), one
    gone = place_of(store.folder, Utterance("en", "Kiosk").clip)
    gone.unlink()
    worker.make_for_open_campaigns(store, done, Event())
    assert not gone.exists(), "what is done is not looked at again"


@pytest.mark.usefixtures("hummed")
def test_clips_that_were_not_all_made_when_the_site_ended_are_gone_on_with(store: Store) -> None:
    campaign(store, is_open=True)
    done, ended = worker.Done(), Event()
    ended.set()
    worker.make_for_open_campaigns(store, done, ended)
    assert done == set()


def test_the_worker_outlives_a_database_that_is_away(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried = Event()

    def away(*_: object) -> None:
        if caplog.records:
            tried.set()
        raise ConnectionError

    monkeypatch.setattr(worker, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(worker, "make_for_open_campaigns", away)
    with worker.working(store) as thread:
        assert tried.wait(10)
    thread.join(10)
    assert not thread.is_alive()
    assert "clips are not made at present: ConnectionError" in caplog.text


@pytest.mark.usefixtures("silence")
def test_what_the_worker_cannot_have_said_is_logged_in_numbers(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    campaign(store, is_open=True)
    worker.make_for_open_campaigns(store, worker.Done(), Event())
    assert f"poll in 'en': {worker.AT_ONCE} clips without a voice, 0 that failed their check" in caplog.text


def test_kiosks_ask_each_form_once_the_latest_campaigns_first(any_store: Store) -> None:
    campaign(any_store, is_open=True, form="poll/library")
    campaign(any_store, is_open=True, form="event/library")
    campaign(any_store, is_open=True, form="poll/library")
    with any_store.reading() as session:
        assert [version.name for version in forms_asked_at_kiosks(session)] == ["poll", "event"]
