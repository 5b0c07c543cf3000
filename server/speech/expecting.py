"""The words behind the names of clips that screens ask for: a name alone does not tell them."""

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from typing import Final

from kiosk.speech import Utterance

REMEMBERED_MAX: Final = 5_000
"""Of about 100 bytes each: all that a hundred kiosks show within an hour."""


class Expected:
    """Remembers the utterances of the latest screens, in this process alone."""

    def __init__(self) -> None:
        self._utterances: OrderedDict[str, Utterance] = OrderedDict()
        self._lock = Lock()

    def add(self, utterances: Iterable[Utterance]) -> None:
        """Remember these, and forget the oldest beyond the most that are remembered."""
        with self._lock:
            for one in utterances:
                self._utterances[one.clip] = one
                self._utterances.move_to_end(one.clip)
            while len(self._utterances) > REMEMBERED_MAX:
                self._utterances.popitem(last=False)

    def named(self, clip: str) -> Utterance | None:
        """Give the utterance of a clip's name; None when no screen has it."""
        with self._lock:
            return self._utterances.get(clip)
