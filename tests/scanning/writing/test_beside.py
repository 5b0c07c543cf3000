"""What is written beside tick boxes is told when the marks are read, with a picture for whoever looks at it."""

import json
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest

from scanning.pages import PageLimits
from scanning.readers.messages import PageRead, Read
from scanning.readers.reading import FileReader
from scanning.readers.results import NO_PICTURES, Wanted
from scanning.writing.drafts import Unsure
from server.cli import run
from tests.bench.writing_form import filled, printing, template
from tests.paper.pens import Pen, PenKind, put_ink
from tests.training.cells import stroke_of

PEN = Pen(PenKind.GEL, 0.5, (0.1, 0.1, 0.1), 0.03)
AS_TAKEN_IN = Wanted(crops=True, preview=True, beside=True)


@cache
def scan(*, with_words: bool) -> bytes:
    """Give a page on which nothing is filled in but one box, with words beside it or without."""
    rng = np.random.default_rng(4)
    one = next(filled({}, {}, PEN, rng))
    [tick, *_] = template().pages[0].ticks
    corner = np.array([tick.x, tick.y])
    loops = np.linspace(0, 12 * np.pi, 200)
    words = corner + np.column_stack([48 + loops + np.cos(loops), 2 + 2 * np.sin(loops)])
    mark = corner + np.array([[0.5, 0.5], [3.5, 3.5], [0.5, 3.5], [3.5, 0.5]])
    image = one.page.image.copy()
    lines = [stroke_of(line, rng) for line in ((mark, words) if with_words else (mark,))]
    put_ink(image, one.page.px_per_mm, lines, PEN, rng)
    return cv2.imencode(".png", image)[1].tobytes()


def read(wanted: Wanted, *, with_words: bool = True) -> PageRead:
    reader = FileReader.of([printing().pdf], PageLimits(), wanted)
    [(page, _)] = reader.pages(BytesIO(scan(with_words=with_words)), 0, 1)
    return page


def test_a_question_with_a_clear_answer_has_a_draft_a_picture_and_its_page() -> None:
    page = read(AS_TAKEN_IN)
    assert [[(one.name, one.unsure) for one in of_one] for of_one in page.drafts] == [[("home", Unsure.BESIDE_BOXES)]]
    assert (page.crops, page.preview) == ((("home",),), True)
    [outcome] = page.outcomes
    assert isinstance(outcome, Read)
    assert outcome.outcome.answers["home"] == "yes"
    assert not outcome.outcome.doubts


def test_without_words_there_is_none() -> None:
    page = read(AS_TAKEN_IN, with_words=False)
    assert (page.drafts, page.crops, page.preview) == (((),), ((),), False)


def test_a_command_doubts_the_answer_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "form.pdf").write_bytes(printing().pdf)
    (tmp_path / "scan.png").write_bytes(scan(with_words=True))
    assert run(["read", str(tmp_path / "form.pdf"), str(tmp_path / "scan.png"), "--jsonl", "-"]) == 0
    page, copy = map(json.loads, capsys.readouterr().out.splitlines())
    for one in (page, copy):
        assert one["answers"]["home"] is None
        assert ("home", "beside") in {(doubt["question"], doubt["reason"]) for doubt in one["doubts"]}


def test_it_is_not_looked_for_where_nobody_asks() -> None:
    assert read(replace(NO_PICTURES, crops=True)).drafts == ()
