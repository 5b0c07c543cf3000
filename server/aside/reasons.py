"""Why something does not count, as it is kept: one of a few words, so that nothing about a person gets into them."""

from enum import StrEnum
from typing import Final


class Rejection(StrEnum):
    """Why an officer rejected a page, a file or a copy; each has its sentence in `REJECTIONS`."""

    NOT_OURS = "not_ours"
    TWICE = "twice"
    HOPELESS = "hopeless"
    WISHED = "wished"
    TRIAL = "trial"


REJECTIONS: Final = {
    Rejection.NOT_OURS: "It is no page of a form that is asked here",
    Rejection.TWICE: "The same paper is here once more, and that one counts",
    Rejection.HOPELESS: "Nobody can tell what is said on it, and it cannot be had again",
    Rejection.WISHED: "The person wishes that it does not count",
    Rejection.TRIAL: "It was scanned as a trial",
}


class Settled(StrEnum):
    """How else an officer settled a copy; each has its sentence in `SETTLED`."""

    OTHER_STANDS = "other_stands"
    CHOSEN = "chosen"
    KEYED = "keyed"


SETTLED: Final = {
    Settled.OTHER_STANDS: "The same copy came twice, and the other one stands",
    Settled.CHOSEN: "The same copy came twice, and this one stands",
    Settled.KEYED: "Keyed in by hand",
}


def in_words(kept: str | None) -> str:
    """Give the sentence of a word that is kept; nothing for none."""
    sentences = {**{str(key): words for key, words in REJECTIONS.items()}, **{str(k): w for k, w in SETTLED.items()}}
    return sentences.get(kept or "", kept or "")
