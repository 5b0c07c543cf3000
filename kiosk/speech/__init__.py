"""What is read aloud: which utterances a form and the kiosk make, what their clips are called, how words are said.

Nothing here knows voices, files or the database. A screen names the clip of its words by
`Utterance(language, words).clip`; `server.speech` makes and keeps the clips.
"""

from kiosk.speech.characters import LETTERS, letter, number, spelled
from kiosk.speech.forms import of_form
from kiosk.speech.utterance import CLIP_PATTERN, Utterance, unique
from kiosk.speech.wordings import of_kiosk

__all__ = ["CLIP_PATTERN", "LETTERS", "Utterance", "letter", "number", "of_form", "of_kiosk", "spelled", "unique"]
