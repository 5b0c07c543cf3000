"""Clips: a person's recording where there is one, else made by a voice of this machine once, and kept."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from kiosk.speech import Utterance
from kiosk.speech.pronunciation import pronounced
from server.models.recordings import Recording
from server.queries.speech import recording_of, recordings_by_clip
from server.speech import wav
from server.speech.checking import check
from server.speech.expecting import Expected
from server.speech.keeping import keep, kept, place_of
from server.speech.levelling import speech_db
from server.speech.speaking import mark, speak
from server.speech.voices import Voice, voices_for
from server.speech.wav import MADE_BY, MADE_FROM, Sound
from server.store import Store

RECORDED: Final = "a recording"

_expected = Expected()


@dataclass(frozen=True, slots=True)
class Clip:
    """One utterance that can be heard, and what its check found."""

    utterance: Utterance
    voice: str
    is_new: bool
    seconds: float
    level_db: float
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What came of making clips."""

    clips: tuple[Clip, ...]
    silent: tuple[Utterance, ...]
    """What has no voice: none of its language is installed, or none that is gave a sound."""

    @property
    def made(self) -> int:
        """Give how many were made now."""
        return sum(clip.is_new for clip in self.clips)

    @property
    def kept(self) -> int:
        """Give how many were there before."""
        return len(self.clips) - self.made

    @property
    def failed(self) -> tuple[Clip, ...]:
        """Give the clips that can be heard, but failed a check."""
        return tuple(clip for clip in self.clips if clip.problems)


def clip_path(store: Store, name: str) -> Path | None:
    """Give the file of a clip: a recording, else what was made; made now if it is missing and its words are known.

    None for what is no clip's name, and for words that nothing here can say.
    """
    try:
        place = place_of(store.folder, name)
    except ValueError:
        return None
    with store.reading() as session:
        recording = recording_of(session, name)
    if recording is not None and store.files.has(recording.file_sha256):
        return store.files.path(recording.file_sha256)
    utterance = _expected.named(name)
    if not place.exists() and utterance is not None:
        make(store, [utterance], jobs=1)
    return place if place.exists() else None


def expect(utterances: Iterable[Utterance]) -> None:
    """Say what a screen that is about to be shown will ask for; never what a person typed, which is not to be kept."""
    _expected.add(utterances)


def make(
    store: Store, utterances: Iterable[Utterance], *, jobs: int | None = None, each: Callable[[], None] = lambda: None
) -> Made:
    """Make the clips that are missing, or were made by other voices than there are now; check all.

    `jobs` is how many are made at once, all cores unless given; `each` is called after each.
    """
    wanted = tuple(dict.fromkeys(utterances))
    voices = {language: voices_for(language) for language in {one.language for one in wanted}}
    with store.reading() as session:
        recordings = recordings_by_clip(session)

    def one(utterance: Utterance) -> Clip | None:
        clip = _clip(store, utterance, voices[utterance.language], recordings)
        each()
        return clip

    with ThreadPoolExecutor(jobs or os.cpu_count() or 1) as pool:
        clips = list(pool.map(one, wanted))
    silent = tuple(utterance for utterance, clip in zip(wanted, clips, strict=True) if clip is None)
    return Made(tuple(clip for clip in clips if clip is not None), silent)


def spoken_now(store: Store, words: str, language: str) -> bytes | None:
    """Give a WAV of words made at this moment: what a person typed is written nowhere and logged nowhere.

    A recording of the same words is given in its place; None when nothing here speaks the language.
    """
    utterance = Utterance(language, words)
    with store.reading() as session:
        recording = recording_of(session, utterance.clip)
    if recording is not None and store.files.has(recording.file_sha256):
        return store.files.read(recording.file_sha256)
    spoken = speak(utterance, voices_for(language)) if utterance.words else None
    return wav.write(spoken.sound) if spoken is not None else None


def _clip(
    store: Store, utterance: Utterance, voices: Sequence[Voice], recordings: Mapping[str, Recording]
) -> Clip | None:
    described = partial(_described, utterance)
    recording = recordings.get(utterance.clip)
    if recording is not None and store.files.has(recording.file_sha256):
        return described(wav.read(store.files.read(recording.file_sha256)), RECORDED, is_new=False)
    before = kept(store.folder, utterance.clip)
    if before is not None and before.notes.get(MADE_FROM) == mark(utterance, voices):
        return described(before, before.notes[MADE_BY], is_new=False)
    spoken = speak(utterance, voices)
    if spoken is None:
        return None if before is None else described(before, before.notes.get(MADE_BY, ""), is_new=False)
    keep(store.folder, utterance.clip, spoken.sound)
    return described(spoken.sound, spoken.sound.notes[MADE_BY], is_new=True)


def _described(utterance: Utterance, sound: Sound, voice: str, *, is_new: bool) -> Clip:
    problems = check(sound, pronounced(utterance))
    return Clip(utterance, voice, is_new, sound.seconds, speech_db(sound.samples, sound.rate_hz), problems)
