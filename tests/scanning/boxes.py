"""Boxes as they are measured, and one question of them judged."""

from collections.abc import Sequence
from dataclasses import replace

from scanning.judging import NO_STRAY, Asked, Verdict, judged
from scanning.readings import MarkFeatures, Reason, StrayInk

OPTIONS = ("a", "b", "c")

EMPTY = MarkFeatures()
TICK = MarkFeatures(ink=0.12, extent=0.9, flat=0.8, dark=0.8)
SOLID = MarkFeatures(ink=0.97, extent=1.0, flat=1.0, least_cell=0.93, dark=0.95)
DOT = MarkFeatures(ink=0.02, extent=0.15, flat=0.12, dark=0.8)
SPECK = MarkFeatures(ink=0.05, extent=0.35, flat=0.3, dark=0.8)
FAINT = MarkFeatures(ink=0.1, extent=0.9, flat=0.8, dark=0.1)
SMUDGE = replace(FAINT, dark=0.08)
CIRCLED = MarkFeatures(ring=1.0, ring_dark=0.8)
CROSSED = replace(TICK, ink=0.4, over_mm2=2.0)
LINE = MarkFeatures(ink=0.06, extent=1.0, least_cell=0.0, dark=0.6, line=True)
NEAR = MarkFeatures(ring=0.25)
LOST = replace(EMPTY, placed=0.1)
TRACES = replace(EMPTY, trace_mm2=1.0)
BESIDE = StrayInk(area_mm2=3.0, extent_mm=6.0, dark=0.8, share=0.05)

THINGS = (EMPTY, TICK, SOLID, DOT, SPECK, FAINT, CIRCLED, CROSSED, LINE, NEAR, LOST)


def one(
    *boxes: MarkFeatures, others: Sequence[MarkFeatures] = (), asked: Asked | None = None, stray: StrayInk = NO_STRAY
) -> Verdict:
    """Judge one question whose boxes hold this, on a sheet with other questions answered by these marks."""
    asked = asked or Asked("q", OPTIONS[: len(boxes)])
    sheet = {f"other {at}": (Asked(f"other {at}", OPTIONS), (mark, EMPTY, EMPTY)) for at, mark in enumerate(others)}
    return judged({asked.name: (asked, boxes), **sheet}, {asked.name: stray})[asked.name]


def several(*boxes: MarkFeatures, most: int | None = None, alone: frozenset[str] = frozenset()) -> Verdict:
    return one(*boxes, asked=Asked("q", OPTIONS, several=True, most=most, alone=alone))


def reason_of(verdict: Verdict) -> Reason | None:
    return verdict.doubt.reason if verdict.doubt else None
