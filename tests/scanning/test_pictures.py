"""Pictures for people are small, upright, and show what they are to show (simulated returns)."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest

from scanning.pictures import crops, overlay, preview
from scanning.pictures.drawing import COLOURS, Font, wrapped
from scanning.pictures.encoding import Picture
from scanning.pictures.overlay import LONG_PX
from scanning.pictures.panel import LEGEND_PX, MARGIN_PX, PANEL_PX
from scanning.pipeline import Library, Located, read_image
from scanning.readings import SENTENCES, Doubt, Reason, Refusal, SetAside, State
from scanning.template import Grey, template_of
from tests.forms.paper import Case
from tests.forms.paper import printing as made_once
from tests.paper.hands import Family
from tests.paper.returns import simulated_return
from tests.paper.wear import WEARS

NEAR = 40
"""How far JPEG may move a colour, summed over its parts."""


@cache
def page(wear: str) -> tuple[Grey, Located]:
    """Give the second page of a simulated return as it is read: simulated, two questions doubted by hand."""
    printing = made_once(Case("after-repair"))
    template = template_of(printing.pdf)
    assert template is not None
    scan = simulated_return(printing, 3, WEARS[wear], Family.JUDGING).pages[1].scan.image
    image = np.asarray(cv2.resize(scan, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    [located] = read_image(image, Library({printing.name: template}))
    assert isinstance(located, Located)
    doubts = tuple(Doubt(name, Reason.FAINT, SENTENCES[Reason.FAINT]) for name in ("manner", "tidiness"))
    return image, replace(located, reading=replace(located.reading, doubts=doubts))


def decoded(content: bytes) -> Picture:
    return np.asarray(cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR), dtype=np.uint8)


def is_near(picture: Picture, colour: Sequence[int]) -> int:
    """Count the px of about that colour."""
    return int((np.abs(picture.astype(int) - colour).sum(axis=2) <= NEAR).sum())


@pytest.mark.parametrize("wear", ["everyday", "turned-180", "turned-90"])
def test_a_doubted_question_is_cut_out_upright_with_its_own_words_and_no_others(wear: str) -> None:
    image, located = page(wear)
    found = crops(image, located, [doubt.question for doubt in located.reading.doubts])
    assert list(found) == ["manner", "tidiness"]
    reference = located.identity.page.reference
    for content in found.values():
        grey = cv2.cvtColor(decoded(content), cv2.COLOR_BGR2GRAY)
        middle = grey[12:-12, 12:-12]
        scores = cv2.matchTemplate(reference, middle, cv2.TM_CCOEFF_NORMED)
        assert scores.max() > 0.5, "it does not look like a part of the printed page"
        assert 100 < grey.shape[0] < 300
        assert len(content) <= 60_000


def test_no_question_gives_no_crop_and_a_doubt_about_a_page_neither() -> None:
    image, located = page("everyday")
    assert crops(image, located, []) == crops(image, located, [""]) == {}


@pytest.mark.parametrize("wear", ["everyday", "turned-180", "turned-90"])
def test_an_overlay_frames_every_state_in_its_colour_where_the_box_is(wear: str) -> None:
    image, located = page(wear)
    marks = located.reading.marks
    states = [State.MARKED, State.CORRECTED, State.DOUBTFUL, State.BLANK]
    given = [states[at % 4] for at in range(len(marks))]
    marked = tuple(replace(mark, state=state) for mark, state in zip(marks, given, strict=True))
    picture = decoded(overlay(image, [replace(located, reading=replace(located.reading, marks=marked))]))
    scale = LONG_PX / max(image.shape)
    for box, mark in zip(located.identity.page.ticks, marked, strict=True):
        left, top, w, h = upright(wear, [side * scale for side in mark.box_px], [side * scale for side in image.shape])
        right, bottom = round(left + w), round(top + h)
        corner = picture[bottom + 1 : bottom + 9, right - 10 : right + 9]
        seen = is_near(corner, COLOURS[mark.state]) if mark.state is not State.BLANK else (255 - corner).max()
        assert seen > 5, (box.name, box.option, mark.state)


def upright(wear: str, box: Sequence[float], shape: Sequence[float]) -> tuple[float, float, float, float]:
    """Give a box after its page was turned upright."""
    (x, y, w, h), (height, width) = box, shape
    if wear == "turned-180":
        return width - x - w, height - y - h, w, h
    return (height - y - h, x, h, w) if wear == "turned-90" else (x, y, w, h)


def test_an_overlay_of_a_page_set_aside_says_why() -> None:
    blank = np.full((400, 300), 255, dtype=np.uint8)
    without = decoded(overlay(blank, []))
    refused = decoded(overlay(blank, [SetAside(Refusal.NO_CODE, "The code cannot be read.")]))
    assert without.shape == refused.shape
    assert (without != refused).any()


def test_more_doubts_than_fit_leave_the_legend_readable() -> None:
    image, located = page("everyday")
    many = tuple(Doubt("tidiness", Reason.FAINT, "Something to see. " * 20) for _ in range(40))
    legends = [
        decoded(overlay(image, [replace(located, reading=replace(located.reading, doubts=doubts))]))[
            -LEGEND_PX:, -PANEL_PX + MARGIN_PX :
        ].astype(int)
        for doubts in ((), many)
    ]
    assert np.abs(legends[0] - legends[1]).max() < NEAR


@pytest.mark.parametrize("shape", [(3508, 2480), (100, 5000), (30, 20)])
def test_a_preview_is_small_whatever_the_page(shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(1).integers(0, 256, shape, dtype=np.uint8)
    content = preview(noise)
    assert len(content) <= 150_000
    assert max(decoded(content).shape) <= 1200


def test_words_are_broken_where_they_must_be() -> None:
    assert wrapped("one two three", Font(19), 70) == ["one two", "three"]
    assert "".join(wrapped("x" * 200, Font(19), 70)) == "x" * 200
    assert wrapped("", Font(19), 70) == []
