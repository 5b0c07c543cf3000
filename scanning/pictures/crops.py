"""Questions of a page that people look at, each cut out straight, with its boxes and the words around them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import cv2
import numpy as np

from forms.layout.model import Box
from forms.paper.fields import PART
from scanning.pictures.encoding import jpeg_within
from scanning.pipeline import Located
from scanning.settling import question_name
from scanning.template import PX_PER_MM, Grey, PageTemplate

CROP_MAX_BYTES: Final = 60_000

APART_MM: Final = 7.0
"""White from which on words belong to another question: within one there are at most 6 mm, between two at least 7."""

ABOVE_MM: Final = 45.0
BELOW_MM: Final = 25.0
"""How far a question's words may reach beyond its boxes at the most: four lines of the giant edition above."""

MARGIN_MM: Final = 3.0
"""Kept around words and boxes, where marks run over."""

PRINTED_MAX: Final = 200
"""The lightest grey that counts as print in the reference."""


def crops(image: Grey, located: Located, questions: Iterable[str]) -> dict[str, bytes]:
    """Give a picture for each of these questions that has a place on this page, by the question's name."""
    page = located.identity.page
    found: dict[str, bytes] = {}
    for question in dict.fromkeys(questions):
        spans = [span for name, span in _places(page) if _is_of(name, question)]
        if spans:
            region = _region(page, question, spans)
            found[question] = jpeg_within(_straight(image, located, region), CROP_MAX_BYTES)
    return found


def _places(page: PageTemplate) -> Iterator[tuple[str, tuple[float, float]]]:
    """Give each box and each place to write: its question, and from where to where it reaches in mm from the top."""
    yield from ((question_name(box), (box.y, box.y + box.side)) for box in page.ticks)
    yield from ((field.name, (field.box_mm.y, field.box_mm.bottom)) for field in page.texts)


def _is_of(name: str, question: str) -> bool:
    """Tell whether a place is a question's own, or that of a part of it."""
    return name == question or name.startswith(f"{question}{PART}")


def _region(page: PageTemplate, question: str, spans: Sequence[tuple[float, float]]) -> Box:
    """Give where a question is, as wide as the text: its boxes and the words that no white and no box parts from it."""
    top, bottom = min(start for start, _ in spans), max(end for _, end in spans)
    others = [span for name, span in _places(page) if not _is_of(name, question)]
    highest = max([top - ABOVE_MM, *(end for _, end in others if end <= top)])
    lowest = min([bottom + BELOW_MM, *(start for start, _ in others if start >= bottom)])
    first = max(top - _reach(page, top, highest), 0.0) - MARGIN_MM
    last = min(bottom + _reach(page, bottom, lowest), page.size.height_mm) + MARGIN_MM
    left = page.size.side_mm - MARGIN_MM
    return Box(left, first, page.size.width_mm - 2 * left, last - first)


def _reach(page: PageTemplate, start_mm: float, end_mm: float) -> float:
    """Give how far print goes on from a place towards another, in mm, until there is nothing but white."""
    column = slice(round(page.size.side_mm * PX_PER_MM), round((page.size.width_mm - page.size.side_mm) * PX_PER_MM))
    printed = np.asarray((page.reference[:, column] < PRINTED_MAX).any(axis=1))
    start, end = (min(max(round(place * PX_PER_MM), 0), len(printed)) for place in (start_mm, end_mm))
    away = printed[start:end] if end > start else printed[end:start][::-1]
    reach = 0
    for at in np.flatnonzero(away):
        if at - reach >= APART_MM * PX_PER_MM:
            break
        reach = int(at) + 1
    return reach / PX_PER_MM


def _straight(image: Grey, located: Located, region: Box) -> Grey:
    """Give a part of the page as if it lay flat and upright, at `PX_PER_MM`."""
    width, height = (max(1, round(side * PX_PER_MM)) for side in (region.w, region.h))
    to_mm = np.array([[1 / PX_PER_MM, 0, region.x], [0, 1 / PX_PER_MM, region.y], [0, 0, 1]])
    to_px = located.identity.registration.matrix @ to_mm
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    made = cv2.warpPerspective(image, to_px, (width, height), flags=flags, borderValue=255)
    return np.asarray(made, dtype=np.uint8)
