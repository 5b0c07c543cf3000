"""Recordings: a person's voice in place of a made one, checked, brought to the loudness of all clips, and kept."""

from typing import Final

from kiosk.speech import Utterance
from server.errors import NotFoundError
from server.models.officers import Officer
from server.models.recordings import Recording
from server.queries.speech import recording_of
from server.speech import wav
from server.speech.levelling import NOTHING_DB, frames_db, levelled
from server.speech.wav import MADE_BY, Sound, SoundError
from server.store import Store
from server.store.locking import alone
from server.trail.recording import note

SECONDS_MAX: Final = 60
"""The longest paragraph of a form that ships takes a voice 25 s."""

BYTES_MAX: Final = 10 << 20
"""A minute of stereo at 48,000 Hz has 11.5 million bytes; of mono, as people record themselves, half."""

SECONDS_MIN: Final = 0.2


def keep(store: Store, utterance: Utterance, content: bytes, *, by: Officer) -> Recording:
    """Keep a recording of an utterance in place of one before; `SoundError` says why it cannot be used."""
    sound = _checked(content)
    file = store.files.add(wav.write(sound))
    with store.writing() as session:
        alone(session, f"recording {utterance.clip}")
        recording = recording_of(session, utterance.clip)
        if recording is None:
            recording = Recording(language=utterance.language, words_sha256=utterance.clip)
            session.add(recording)
        recording.file_sha256 = file
        recording.duration_ms = round(sound.seconds * 1000)
        recording.added_by = by.id
        session.flush()
        note(store, session, "recording added", f"recording {recording.uid}", by=by.uid)
    return recording


def remove(store: Store, clip: str, *, by: Officer) -> None:
    """Remove a recording: the voice of this machine speaks again; `NotFoundError` when there is none.

    The janitor removes its file once no row names it.
    """
    with store.writing() as session:
        recording = recording_of(session, clip)
        if recording is None:
            raise NotFoundError("There is no recording of these words any more.")
        session.delete(recording)
        note(store, session, "recording removed", f"recording {recording.uid}", by=by.uid)


def _checked(content: bytes) -> Sound:
    if len(content) > BYTES_MAX:
        raise SoundError("this file has more than 10 MB. Save it as mono, or record it again.")
    sound = wav.read(content)
    if sound.seconds > SECONDS_MAX:
        raise SoundError(f"this recording takes {sound.seconds:.0f} seconds. It may take {SECONDS_MAX} at the most.")
    made = levelled(sound)
    frames = frames_db(made.samples, made.rate_hz)
    if made.seconds < SECONDS_MIN or frames.max(initial=NOTHING_DB) <= NOTHING_DB:
        raise SoundError("there is nothing to hear in this recording. Check the microphone, then record it again.")
    return Sound(made.samples, made.rate_hz, {MADE_BY: "recorded"})
