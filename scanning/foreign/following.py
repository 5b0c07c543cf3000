"""Print that a bend carried away, followed from piece to piece: each is looked for where those beside it lead to."""

from typing import Final

import numpy as np

from scanning.foreign.matching import ALIKE_MIN, Floats, Found, Print, Straight
from scanning.template import Points

ROUNDS: Final = 6
"""So many times at most the next pieces are looked for: a curled edge is 60 mm from where the page lies flat."""

NEIGHBOURS: Final = 8
NEAR_MM: Final = 35.0
"""How many pieces lead to the next, and how far from it the nearest may be."""

SPREAD_MM: Final = 20.0
"""How far a piece's say reaches."""

STEADY: Final = 30.0
"""How much pieces must agree on a slope before it is followed, as so many mm² of spread of their places."""

SEARCH_MM: Final = 2.0


def followed(straight: Straight, printed: Print, found: Found) -> Found:
    """Give pieces with those found too that lie farther off the plane than any is looked for at once."""
    places, shifts, alike = found.places_mm, found.shifts_mm.copy(), found.alike.copy()
    tried = np.zeros(len(places))
    for _ in range(ROUNDS):
        known = (alike >= ALIKE_MIN) & printed.telling
        missing = np.flatnonzero((alike < ALIKE_MIN) & (tried < ROUNDS / 2))
        if int(known.sum()) < NEIGHBOURS or not len(missing):
            break
        apart = np.linalg.norm(places[missing, None] - places[None, known], axis=2)
        near = apart.min(axis=1) <= NEAR_MM
        missing, apart = missing[near], apart[near]
        if not len(missing):
            break
        expected = led_to(places[missing], places[known], shifts[known], apart)
        again = straight.found(printed, places[missing], SEARCH_MM, expected)
        better = again.alike > alike[missing]
        tried[missing] += 1
        shifts[missing[better]], alike[missing[better]] = again.shifts_mm[better], again.alike[better]
        if not (again.alike >= ALIKE_MIN).any():
            break
    return Found(places, shifts, alike)


def led_to(wanted: Points, places: Points, shifts: Points, apart: Floats) -> Points:
    """Give the shifts (n, 2) to which the nearest pieces lead: a plane through theirs, level where they are few."""
    led = np.empty_like(wanted)
    for at, (place, away) in enumerate(zip(wanted, apart, strict=True)):
        nearest = np.argsort(away)[:NEIGHBOURS]
        weights = np.exp(-away[nearest] / SPREAD_MM)
        weights /= weights.sum()
        middle, mean = weights @ places[nearest], weights @ shifts[nearest]
        aside = places[nearest] - middle
        spread = (aside * weights[:, None]).T @ aside + STEADY * np.eye(2)
        slopes = np.linalg.solve(spread, (aside * weights[:, None]).T @ (shifts[nearest] - mean))
        led[at] = mean + (place - middle) @ slopes
    return led
