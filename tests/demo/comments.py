"""What the made-up tenants write: on paper in their own hands, at a kiosk, to an interviewer."""

from collections.abc import Mapping, Sequence
from typing import Final

WORDS: Final[Mapping[str, Sequence[str]]] = {
    "tsm": (
        "The repairs team were very kind.",
        "I wait too long on the phone.",
        "Please cut the hedges by the bins more often.",
        "We like the new windows, thank you.",
        "Nobody told us when the lift would be mended.",
        "The caretaker is a star.",
        "Parking is a problem in the evening.",
        "My front door does not lock.",
        "The letters are easier to read now.",
    ),
    "after-repair": (
        "The plumber was polite and tidy.",
        "He had to come back twice.",
        "Fast and clean, thank you.",
        "No one rang before they came.",
        "It works, but the wall needs paint.",
    ),
    "reply-slip": (
        "More about gardens, please.",
        "I liked the story about the Cove.",
        "The type is too small for me.",
        "Please print the bin days.",
    ),
    "event": (
        "A lovely morning, good cake.",
        "I met my neighbours at last.",
        "It was hard to hear in the hall.",
        "I would like one in the evening.",
    ),
}
"""By what their forms' names begin with. None is a danger: those that are, chapters have said for sure, once."""

SLIP: Final[Mapping[str, Sequence[str]]] = {"issue": ("Autumn 2026",), "article": ("Page 2", "Page 4", "The back page")}
"""What is written on the newsletter's slip in places of one line."""


def words_for(form: str, question: str) -> Sequence[str]:
    """Give what may be written there; nothing for places that these people leave empty."""
    if question in SLIP:
        return SLIP[question]
    if question != "comment":
        return ()
    return next((words for name, words in WORDS.items() if form.startswith(name)), ())
