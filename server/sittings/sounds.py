"""What the kiosk asks of whoever has a voice, fulfilled by `server.speech`."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from kiosk.speech import Utterance
from server.speech import clips
from server.store import Store

TOLD_MAX: Final = 2_000
"""Less than half of what `server.speech` remembers: it is told again of each before it forgets it."""


class KioskSounds:
    """Fulfils `kiosk.sounds.Sounds`."""

    def __init__(self, store: Store) -> None:
        self._store: Final = store
        self._told: Final[set[Utterance]] = set()

    def expect(self, utterances: Iterable[Utterance]) -> None:
        """Take note of what the screens being shown may ask for: of what is new, for most is on every screen."""
        if len(self._told) > TOLD_MAX:
            self._told.clear()
        new = [one for one in utterances if one not in self._told]
        self._told.update(new)
        clips.expect(new)

    def clip(self, name: str) -> Path | None:
        """Give the WAV file of a clip."""
        return clips.clip_path(self._store, name)

    def say(self, words: str, language: str) -> bytes | None:
        """Give what a person typed as a WAV that is kept nowhere."""
        return clips.spoken_now(self._store, words, language)
