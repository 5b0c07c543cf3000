"""The marks that people make in a box, as lines in units of half a box: the box spans -1 to 1, y runs down."""

from collections.abc import Callable
from enum import StrEnum

import numpy as np

from tests.paper.strokes import Floats, smooth

Lines = list[Floats]


class Style(StrEnum):
    """How a person marks the box that is meant."""

    TICK = "tick"
    CROSS = "cross"
    FILL = "fill"
    SCRIBBLE = "scribble"
    SMALL_CROSS = "small cross"
    BIG_TICK = "big tick"
    CIRCLE = "circle around the box"
    BLOB = "small blob"
    SLASH = "slash"
    DASH = "dash"
    RING = "ring inside the box"


def points(*pairs: tuple[float, float]) -> Floats:
    """Give points as an array (n, 2)."""
    return np.array(pairs, dtype=np.float64)


def _jittered(corners: Floats, spread: float, rng: np.random.Generator) -> Floats:
    return corners + rng.normal(0, spread, corners.shape)


def tick(rng: np.random.Generator) -> Lines:
    """Give a tick that stays about within the box."""
    corners = _jittered(points((-0.75, 0.0), (-0.2, 0.65), (0.85, -0.8)), 0.09, rng)
    first, foot, tip = corners
    bend = (foot + tip) / 2 + rng.normal(0.05, 0.05, 2)
    return [
        np.vstack([smooth(np.vstack([first, (first + foot) / 2 + 0.03, foot])), smooth(np.vstack([foot, bend, tip]))])
    ]


def big_tick(rng: np.random.Generator) -> Lines:
    """Give a tick that swings out of the box, up to the right."""
    return [line * rng.uniform(1.05, 1.3) + points((0.35, -0.25)) for line in tick(rng)]


def cross(rng: np.random.Generator) -> Lines:
    """Give two lines from corner to corner."""
    size = rng.uniform(0.75, 1.05)
    one = _jittered(points((-1, -1), (0, 0), (1, 1)) * size, 0.07, rng)
    other = _jittered(points((1, -1), (0, 0), (-1, 1)) * size, 0.07, rng)
    return [smooth(one), smooth(other)]


def small_cross(rng: np.random.Generator) -> Lines:
    """Give a cross of half the size, somewhere near the middle."""
    return [line * 0.52 + rng.normal(0, 0.02, 2) for line in cross(rng)]


def slash(rng: np.random.Generator) -> Lines:
    """Give one line across the box."""
    return [smooth(_jittered(points((-0.85, 0.85), (0, 0), (0.9, -0.9)), 0.09, rng))]


def dash(rng: np.random.Generator) -> Lines:
    """Give one level line through the box."""
    return [smooth(_jittered(points((-0.95, 0.05), (0, 0), (0.95, -0.05)), 0.07, rng))]


def ring(rng: np.random.Generator) -> Lines:
    """Give a ring that lies inside the box."""
    return [_loop(0.68, 1.08, rng)]


def circle(rng: np.random.Generator) -> Lines:
    """Give a ring around the box."""
    return [_loop(1.58, 1.06, rng)]


def _loop(radius: float, turns: float, rng: np.random.Generator) -> Floats:
    angle = np.linspace(0, 2 * np.pi * turns, 60) + rng.uniform(-2.3, -1.0)
    drift = 1 + rng.normal(0, 0.05) * np.linspace(-1, 1, 60) + 0.03 * np.sin(2 * angle + rng.uniform(0, 6))
    across, down = rng.uniform(0.98, 1.1), rng.uniform(0.92, 1.02)
    return radius * drift[:, None] * np.column_stack([across * np.cos(angle), down * np.sin(angle)])


def hatch(rows: int, half: float, rng: np.random.Generator, uneven: float = 0.07) -> Floats:
    """Give a zigzag of `rows` lines over a square that reaches `half` from the middle."""
    down = np.linspace(-half, half, rows)
    side = half * np.where(np.arange(rows) % 2, 1.0, -1.0)
    return _jittered(np.column_stack([side, down]), uneven, rng)


def scribble(rng: np.random.Generator) -> Lines:
    """Give a loose zigzag that leaves white between its lines."""
    return [smooth(hatch(int(rng.integers(7, 10)), 0.82, rng), 6)]


def fill(rng: np.random.Generator, pitch: float = 0.13) -> Lines:
    """Give a zigzag so close that the box is full; `pitch` is the width of the pen's line."""
    rows = int(2 * 0.88 / (0.72 * pitch)) + 2
    return [hatch(rows, 0.88, rng, 0.045)]


def blob(rng: np.random.Generator) -> Lines:
    """Give a small round filling in the middle."""
    angle = np.linspace(0, 2 * np.pi * 4.5, 90)
    radius = np.linspace(0.05, rng.uniform(0.36, 0.46), 90)
    return [radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])]


SHAPES: dict[Style, Callable[[np.random.Generator], Lines]] = {
    Style.TICK: tick,
    Style.CROSS: cross,
    Style.FILL: fill,
    Style.SCRIBBLE: scribble,
    Style.SMALL_CROSS: small_cross,
    Style.BIG_TICK: big_tick,
    Style.CIRCLE: circle,
    Style.BLOB: blob,
    Style.SLASH: slash,
    Style.DASH: dash,
    Style.RING: ring,
}
