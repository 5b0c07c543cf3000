"""What is measured in small drawn patches, each a box on white paper with something in it or around it."""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanning import marks
from scanning.looks import Look, look_of
from scanning.patches import half_px
from scanning.readings import MarkFeatures
from scanning.template import PX_PER_MM

SIDE_MM = 6.5
HALF = half_px(SIDE_MM)
BOX = SIDE_MM / 2
"""From the middle of a box to its edge, in mm."""

FINE = 4
"""Sub-samples of a px, each px averaged."""

GEOMETRY = marks.BoxGeometry.of(HALF, SIDE_MM)
Point = tuple[float, float]
Drawing = Callable[["Drawn"], None]


class Drawn:
    """A patch with a printed box in its middle; places are in mm from there, x to the right and y down."""

    def __init__(self) -> None:
        self.fine = np.zeros(((2 * HALF + 1) * FINE,) * 2, np.float32)
        self.line((-BOX, -BOX), (BOX, -BOX), (BOX, BOX), (-BOX, BOX), (-BOX, -BOX), wide_mm=0.35, dark=1.0)

    def line(self, *points: Point, wide_mm: float = 0.5, dark: float = 0.8) -> None:
        """Draw straight strokes from point to point."""
        strokes = np.zeros_like(self.fine)
        places = np.array([self._px(point) for point in points])
        cv2.polylines(strokes, [places], False, dark, round(wide_mm * PX_PER_MM * FINE))
        self.fine = np.maximum(self.fine, strokes)

    def disc(self, middle: Point, radius_mm: float, dark: float = 0.8) -> None:
        """Draw a filled circle."""
        cv2.circle(self.fine, self._px(middle), round(radius_mm * PX_PER_MM * FINE), dark, -1)

    def circle(self, radius_mm: float, dark: float = 0.8) -> None:
        """Draw a circle around the box."""
        cv2.circle(self.fine, self._px((0, 0)), round(radius_mm * PX_PER_MM * FINE), dark, FINE * 3)

    def block(self, half_mm: float, dark: float = 0.9) -> None:
        """Fill a square in the middle."""
        (left, top), (right, bottom) = self._px((-half_mm, -half_mm)), self._px((half_mm, half_mm))
        self.fine[top:bottom, left:right] = dark

    def ink(self) -> marks.Ink:
        """Give the patch as the pipeline would, (1, h, w)."""
        size = 2 * HALF + 1
        return np.asarray(self.fine.reshape(1, size, FINE, size, FINE).mean(axis=(2, 4)), dtype=np.float32)

    @staticmethod
    def _px(point: Point) -> tuple[int, int]:
        x, y = (round((value * PX_PER_MM + HALF + 0.5) * FINE) for value in point)
        return x, y


def measured(drawing: Drawing | None = None, printed: Drawing | None = None, *, noise: float = 0.0) -> MarkFeatures:
    """Give the features of a drawn patch; `printed` is drawn on the printed page too."""
    page, patch = Drawn(), Drawn()
    for drawn in (page, patch):
        if printed:
            printed(drawn)
    if drawing:
        drawing(patch)
    ink = patch.ink()
    if noise:
        ink = np.clip(ink + noise * np.random.default_rng(1).standard_normal(ink.shape), 0, 1.5).astype(np.float32)
    reference = marks.printed(page.ink())
    return marks.features_of(ink, reference, GEOMETRY, marks.noise_of(ink), np.ones(1))[0]


def tick(drawn: Drawn) -> None:
    drawn.line((-2.0, 0.0), (-0.5, 2.0), (2.2, -2.2))


def cross(drawn: Drawn) -> None:
    drawn.line((-2.2, -2.2), (2.2, 2.2))
    drawn.line((-2.2, 2.2), (2.2, -2.2))


def filled(drawn: Drawn) -> None:
    drawn.block(BOX)


def struck_out(drawn: Drawn) -> None:
    tick(drawn)
    for up in (-1.2, 0.0, 1.2):
        drawn.line((-BOX - 2.5, up + 0.4), (BOX + 2.5, up - 0.4), wide_mm=0.6)


def test_an_empty_box_holds_nothing() -> None:
    assert measured() == MarkFeatures()


def test_a_tick_is_dark_reaches_far_and_leaves_paper_between_its_strokes() -> None:
    features = measured(tick)
    assert 0.02 < features.ink < 0.4
    assert features.extent > 0.6
    assert features.least_cell < 0.1
    assert features.dark == pytest.approx(0.8, abs=0.1)
    assert features.ring == 0
    assert not features.line


def test_a_dot_reaches_hardly_anywhere() -> None:
    features = measured(lambda drawn: drawn.disc((0.5, -0.5), 0.35))
    assert 0 < features.extent < 0.25
    assert look_of(features) is Look.DOT


def specks(count: int) -> Drawing:
    """Give a drawing of specks, each by itself."""
    places = [(-1.5, -1.5), (1.5, -1.0), (0.0, 1.5), (1.8, 1.8)][:count]

    def draw(drawn: Drawn) -> None:
        for place in places:
            drawn.disc(place, 0.12)

    return draw


def test_specks_are_no_ink_however_many() -> None:
    assert measured(specks(4)).ink == measured(specks(4)).extent == 0


def test_several_specks_are_traces_and_a_single_one_is_dirt() -> None:
    assert measured(specks(1)).trace_mm2 == 0
    assert measured(specks(1)).speck_mm2 > 0
    assert 0 < measured(specks(2)).trace_mm2 < measured(specks(4)).trace_mm2


def test_a_filled_box_has_ink_in_each_of_its_ninths() -> None:
    features = measured(filled)
    assert features.least_cell > 0.9
    assert features.ink > 0.9


def test_a_line_through_the_whole_patch_is_a_line_and_a_stroke_that_ends_beside_the_box_is_not() -> None:
    far = HALF / PX_PER_MM + 1
    assert measured(lambda drawn: drawn.line((-far, 0.5), (far, 0.8), wide_mm=0.4)).line
    assert measured(lambda drawn: drawn.line((0.4, -far), (0.5, far), wide_mm=0.4)).line
    assert not measured(lambda drawn: drawn.line((-2.8, 0.5), (2.8, 0.8), wide_mm=0.4)).line
    assert not measured(lambda drawn: drawn.line((-2.8, 0.5), (far, 0.8), wide_mm=0.4)).line
    assert not measured(lambda drawn: drawn.line((-far, 0.5), (2.8, 0.8), wide_mm=0.4)).line
    assert not measured(lambda drawn: drawn.line((-far, -far), (far, far), wide_mm=0.4)).line


def test_a_circle_around_a_box_is_a_ring_and_no_ink_in_it() -> None:
    features = measured(lambda drawn: drawn.circle(BOX * 2**0.5 + 0.5))
    assert features.ring == 1
    assert features.ink == 0
    assert look_of(features) is Look.CIRCLED


def test_a_stroke_beside_a_box_is_a_part_of_a_ring() -> None:
    features = measured(lambda drawn: drawn.line((BOX + 1.6, -1.5), (BOX + 1.6, 1.5)))
    assert 0 < features.ring < 0.6
    assert features.ink == 0


def test_a_crossed_out_mark_has_ink_on_both_sides_and_one_that_runs_over_on_one() -> None:
    assert measured(struck_out).over_mm2 > 1.0
    assert look_of(measured(struck_out)) is Look.CROSSED
    assert measured(lambda drawn: drawn.line((-1.5, 1.0), (BOX + 2.8, 0.0))).over_mm2 < 0.1


def test_words_printed_around_a_box_are_no_ink() -> None:
    def words(drawn: Drawn) -> None:
        for up in (-2.0, 0.0, 2.0):
            drawn.line((BOX + 1.2, up), (BOX + 2.8, up), dark=1.0)
            drawn.line((-BOX - 2.8, up), (-BOX - 1.2, up), dark=1.0)

    assert measured(printed=words) == MarkFeatures()
    assert measured(words).ring > 0


@pytest.mark.parametrize("drawing", [tick, cross, filled])
def test_what_is_in_a_box_is_the_same_whatever_is_printed_around_it(drawing: Drawing) -> None:
    alone = measured(drawing)
    beside = measured(drawing, printed=lambda drawn: drawn.line((BOX + 1.5, -2.0), (BOX + 1.5, 2.0), dark=1.0))
    assert (beside.ink, beside.extent, beside.least_cell) == (alone.ink, alone.extent, alone.least_cell)


def test_grain_alone_is_no_ink_and_hides_no_mark() -> None:
    assert measured(noise=0.06).ink == 0
    assert measured(tick, noise=0.06).extent == pytest.approx(measured(tick).extent, abs=0.15)


def test_noise_is_measured_beside_print_and_ink() -> None:
    grain = 0.05 * np.random.default_rng(2).standard_normal((3, 41, 41))
    ink: npt.NDArray[np.float32] = (grain + 0.3).astype(np.float32)
    ink[:, :, :4] = 1.0
    assert marks.noise_of(ink) == pytest.approx(0.05, rel=0.35)


def test_how_clearly_a_box_was_found_is_passed_on() -> None:
    ink = np.concatenate([Drawn().ink()] * 2)
    found = marks.features_of(ink, marks.printed(ink), GEOMETRY, 0.0, np.array([0.9, 0.1]))
    assert [one.placed for one in found] == pytest.approx([0.9, 0.1])


@settings(max_examples=25, deadline=None)
@given(st.floats(-1.2, 1.2), st.floats(-1.2, 1.2), st.floats(0, 6.28))
def test_a_stroke_is_seen_as_long_as_it_is_wherever_it_lies_in_its_box(x: float, y: float, turn: float) -> None:
    across, down = 1.1 * np.cos(turn), 1.1 * np.sin(turn)
    features = measured(lambda drawn: drawn.line((x - across, y - down), (x + across, y + down)))
    seen_mm = features.extent * len(range(*GEOMETRY.inside.indices(2 * HALF + 1))) / PX_PER_MM
    assert seen_mm == pytest.approx(2 * max(abs(across), abs(down)) + 0.5, abs=0.4)
