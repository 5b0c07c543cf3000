"""What the kiosk needs of whoever has a voice: the server fulfils it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from kiosk.speech import Utterance


class Sounds(Protocol):
    """Gives sounds by name, and says what a person typed."""

    def expect(self, utterances: Iterable[Utterance]) -> None:
        """Take note of what the screens being shown may ask for; nothing that a person typed is among it."""

    def clip(self, name: str) -> Path | None:
        """Give the WAV file of a clip; None where nothing can say it."""

    def say(self, words: str, language: str) -> bytes | None:
        """Give what a person typed as a WAV that is kept nowhere; None where nothing speaks the language."""
