"""Real handwritten characters as pen strokes, split by who wrote them."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from zlib import crc32

import numpy as np

from tests.paper.strokes import Floats


class Part(StrEnum):
    """What the characters of a writer are used for: nobody is in two of them."""

    TRAINING = "training"
    CHOOSING = "choosing"
    """To choose thresholds and the temperature by."""
    JUDGING = "judging"


SHARES = ((15, Part.JUDGING), (25, Part.CHOOSING), (100, Part.TRAINING))
"""Below which remainder of a writer's name by 100 they are in which part."""


@dataclass(frozen=True, slots=True, eq=False)
class Handwritten:
    """One character (or line): what it says, who wrote it, its strokes as points with y down."""

    label: str
    writer: str
    strokes: tuple[Floats, ...]


def part_of(writer: str) -> Part:
    """Give the part that a writer's characters are in."""
    remainder = crc32(writer.encode()) % 100
    return next(part for below, part in SHARES if remainder < below)


def characters(path: Path) -> Iterator[Handwritten]:
    """Give the characters of a file of JSON lines, packed or not: `label`, `writer` and `strokes`, y points up."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            told = json.loads(line)
            strokes = tuple(np.array(stroke, np.float64) * (1.0, -1.0) for stroke in told["strokes"])
            yield Handwritten(told["label"], told["writer"], strokes)
