"""Drafts of writing beside what officers decided → how good they were, and labelled characters to train on."""

from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from forms.paper.fields import PART
from scanning.writing.alphabet import CLASSES
from scanning.writing.characters import SIDE_PX
from scanning.writing.drafts import By
from server.queries.writing import Checked


@dataclass(slots=True)
class Measure:
    """How drafts of one kind did; characters and errors are those of what officers decided."""

    places: int = 0
    right: int = 0
    sure: int = 0
    sure_and_wrong: int = 0
    characters: int = 0
    errors: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """Characters (n, 28, 28) as bytes with the numbers of their classes."""

    pictures: npt.NDArray[np.uint8]
    classes: npt.NDArray[np.int64]


def evaluated(checked: Iterable[Checked]) -> dict[By, Measure]:
    """Give how drafts of each kind did."""
    found = {by: Measure() for by in By}
    for draft, decided in _pairs(checked):
        measure, said = found[By(draft["by"])], _plain(str(draft["value"]), draft)
        measure.places += 1
        measure.right += said == decided
        measure.sure += bool(draft["is_sure"])
        measure.sure_and_wrong += bool(draft["is_sure"]) and said != decided
        measure.characters += len(decided)
        measure.errors += Levenshtein.distance(said, decided)
    return found


def labelled(checked: Iterable[Checked]) -> Labelled:
    """Give the characters of cells whose number is that of what was decided."""
    pictures, classes = [], []
    for draft, decided in _pairs(checked):
        if draft["by"] != By.CELLS or not draft["strip"] or not set(decided) <= set(CLASSES):
            continue
        strip = np.asarray(cv2.imdecode(np.frombuffer(b64decode(draft["strip"]), np.uint8), cv2.IMREAD_GRAYSCALE))
        if strip.shape == (SIDE_PX, SIDE_PX * len(decided)):
            pictures += np.hsplit(strip, len(decided))
            classes += [CLASSES.index(character) for character in decided]
    shape = (-1, SIDE_PX, SIDE_PX)
    return Labelled(np.array(pictures, np.uint8).reshape(shape), np.array(classes, np.int64))


def _pairs(checked: Iterable[Checked]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Give each draft with what was decided of its place, where something legible was."""
    for one in checked:
        for draft in one.drafts:
            decided = one.decided
            if isinstance(decided, Mapping):
                decided = decided.get(str(draft["name"]).partition(PART)[2])
            words = _plain("" if decided is None else str(decided), draft)
            if words:
                yield draft, words


def _plain(words: str, draft: Mapping[str, Any]) -> str:
    """Give words as they are compared: of cells the bare characters, of a day as in its cells; else one line."""
    if draft["by"] != By.CELLS:
        return " ".join(words.split())
    bare = "".join(one for one in words.upper() if one.isalnum())
    is_day = len(words) == len("1998-07-13") and words[4:5] == "-"
    return bare[6:8] + bare[4:6] + bare[:4] if is_day else bare
