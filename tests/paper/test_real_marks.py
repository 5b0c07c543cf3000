"""Real marks lie on our boxes, without the boxes they were made in."""

from collections import Counter

import numpy as np

from forms.layout import Box
from tests.paper.pens import Image
from tests.paper.real_marks import FOLDER, RealMark, put_mark, real_marks

PX_PER_MM = (300 / 25.4, 300 / 25.4)
BOX = Box(6.0, 6.0, 6.5, 6.5)


def ink_mm2(mark: RealMark) -> tuple[float, float]:
    """Give a mark's ink on a bare paper, in all and within our box."""
    paper: Image = np.full((220, 220), 255, np.uint8)
    put_mark(paper, PX_PER_MM, BOX, mark, darkness=1.0)
    x, y, side = (round(value * PX_PER_MM[0]) for value in (BOX.x, BOX.y, BOX.w))
    ink = (255 - paper.astype(int)) / 255 / PX_PER_MM[0] ** 2
    return float(ink.sum()), float(ink[y : y + side, x : x + side].sum())


def test_what_is_copied_is_small_and_balanced() -> None:
    kept = sorted(FOLDER.glob("*.png"))
    assert [mark.name for mark in real_marks()] == [path.name for path in sorted(kept, key=_order)]
    assert len(kept) <= 60
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 600_000
    counts = Counter(mark.shows for mark in real_marks())
    assert min(counts.values()) >= 4


def _order(path: object) -> int:
    return [mark.name for mark in real_marks()].index(getattr(path, "name"))  # noqa: B009


def test_an_empty_crop_leaves_next_to_nothing_behind() -> None:
    for mark in real_marks():
        if mark.shows == "empty":
            assert ink_mm2(mark)[0] < 0.4, mark.name


def test_every_other_crop_puts_a_mark_on_our_box() -> None:
    for mark in real_marks():
        if mark.shows != "empty":
            in_all, inside = ink_mm2(mark)
            assert inside > 2.0, mark.name
            assert in_all < 75, mark.name


def test_a_mark_at_the_pages_edge_is_cut_off() -> None:
    paper: Image = np.full((60, 60), 255, np.uint8)
    put_mark(paper, PX_PER_MM, Box(-2.0, -2.0, 6.5, 6.5), real_marks()[0])
    assert paper.min() < 128
