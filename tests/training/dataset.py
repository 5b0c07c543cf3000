"""Named data → pictures of single characters as the product sees them, each with its label and its writer."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from scanning.writing.alphabet import CLASSES
from scanning.writing.characters import Holds, picture
from tests.paper.wear import HARD, ORDINARY, WEARS, Wear
from tests.training.cells import CELLS, NOT_ONE, Filled, placed, read_cells, sheet_of, struck
from tests.training.characters import Handwritten

STRUCK_SHARE = 0.07
EMPTY_SHARE = 0.02
HARD_SHARE = 0.2
BENT_HARD = tuple(wear for wear in HARD if wear.name not in ("rotated-10", "corner-torn", "corners-cropped"))
"""Without those that only take marks away."""

WRITER_MOST = 500
"""Characters of one writer that are used: two of them wrote a sixth of all."""

CLEAN = WEARS["clean-300"]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Pictures (n, 28, 28) as bytes, the number of each one's class, and the writer."""

    pictures: npt.NDArray[np.uint8]
    classes: npt.NDArray[np.int64]
    writers: npt.NDArray[np.str_]

    def save(self, path: Path) -> None:
        """Keep them in a file, whole or not at all."""
        part = path.with_suffix(".part.npz")
        np.savez_compressed(part, pictures=self.pictures, classes=self.classes, writers=self.writers)
        part.rename(path)

    @classmethod
    def load(cls, paths: Sequence[Path]) -> "Seen":
        """Give all that is in files, one after the other."""
        files = [np.load(path) for path in paths]
        return cls(*(np.concatenate([file[name] for file in files]) for name in cls.__slots__))


def some_wear(rng: np.random.Generator) -> Wear:
    """Draw a wear: what an office scanner gives, and now and then worse."""
    wears = BENT_HARD if rng.random() < HARD_SHARE else ORDINARY
    return wears[rng.integers(len(wears))]


def fair(given: Sequence[Handwritten], rng: np.random.Generator) -> list[Handwritten]:
    """Give the characters in another order, of no writer too many."""
    counts: Counter[str] = Counter()
    kept = []
    for at in rng.permutation(len(given)):
        counts[given[at].writer] += 1
        if counts[given[at].writer] <= WRITER_MOST:
            kept.append(given[at])
    return kept


def sheets(given: Sequence[Handwritten]) -> Iterator[Sequence[Handwritten]]:
    """Give the characters of one sheet after the other."""
    for start in range(0, len(given), CELLS):
        yield given[start : start + CELLS]


def seen(ones: Sequence[Handwritten], rng: np.random.Generator, wears: Sequence[Wear], *, spoilt: bool) -> Seen:
    """Write characters on a sheet, each by its own pen; scan it with every wear; `spoilt` strikes out some."""
    cells = [_filled(one, rng, spoilt=spoilt) for one in ones]
    page = sheet_of(cells, rng)
    pictures, classes, writers = [], [], []
    for wear in wears:
        for one, cell, read in zip(ones, cells, read_cells(page, wear, page, rng), strict=False):
            if cell is not None and read.holds is not Holds.NOTHING:
                pictures.append(np.rint(read.picture * 255).astype(np.uint8))
                classes.append(len(CLASSES) if cell.label == NOT_ONE else CLASSES.index(cell.label))
                writers.append(one.writer)
    return Seen(np.array(pictures), np.array(classes), np.array(writers))


def _filled(one: Handwritten, rng: np.random.Generator, *, spoilt: bool) -> Filled | None:
    if spoilt and rng.random() < EMPTY_SHARE:
        return None
    cell = placed(one, rng)
    return struck(cell, rng) if spoilt and rng.random() < STRUCK_SHARE else cell


def scanned_digits(path: Path) -> Seen:
    """Give the digits of MNIST as the product would see them."""
    with np.load(path) as file:
        inks, classes = file["X"].astype(np.float32) / 255, file["y"]
    pictures = [np.rint(picture(_framed(ink), 0.2) * 255).astype(np.uint8) for ink in inks]
    return Seen(np.array(pictures), classes.astype(np.int64), np.full(len(classes), "mnist"))


def _framed(ink: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    rows, columns = (np.flatnonzero((ink > 0.1).any(axis=axis)) for axis in (1, 0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
