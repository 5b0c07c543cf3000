"""The measurements of paper measure: the quick ones hold their figures, and each would notice if one were missed."""

from pathlib import Path

import numpy as np
import pytest

from tests.bench import paper, paper_copies, paper_edges, paper_filled
from tests.forms.paper import EVERY_KIND, Case, printing
from tests.forms.paper.area import Area


def test_the_quick_figures_are_held(capsys: pytest.CaptureFixture[str]) -> None:
    assert paper.main(["--quick"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("shift_mm", [0.0, 0.04, -0.2])
def test_an_edge_is_found_to_a_hundredth_of_a_mm(shift_mm: float) -> None:
    scale = 300 / 25.4
    grey = drawn_square(Area(10, 10, 16.5 + shift_mm, 16.5), scale)
    gaps = paper_edges.side_gaps_mm(grey, (scale, scale), Area(10, 10, 16.5, 16.5))
    assert gaps == pytest.approx((0, shift_mm, 0, 0), abs=0.01)


def test_a_box_that_is_not_printed_is_noticed() -> None:
    with pytest.raises(ValueError, match="no line"):
        paper_edges.side_gaps_mm(np.zeros((400, 400)), (10, 10), Area(10, 10, 16.5, 16.5))


def drawn_square(inner: Area, scale: float) -> paper_edges.Grey:
    """Draw a frame of 1 pt around a square, each pixel as dark as it is covered."""
    outside, inside = (covered(area, scale) for area in (inner.grown(25.4 / 72), inner))
    return outside - inside


def covered(area: Area, scale: float) -> paper_edges.Grey:
    edges = np.arange(300)
    across = np.clip(np.minimum(edges + 1, area.right * scale) - np.maximum(edges, area.left * scale), 0, 1)
    down = np.clip(np.minimum(edges + 1, area.bottom * scale) - np.maximum(edges, area.top * scale), 0, 1)
    return np.outer(down, across)


def test_an_answer_that_is_lost_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = paper_filled.read_back
    monkeypatch.setattr(paper_filled, "read_back", lambda pdf: real(pdf) | {"street": None})
    trip = paper_filled.round_trip(EVERY_KIND)
    assert trip.equal == trip.fields - 1
    monkeypatch.setattr(paper_filled, "read_back", lambda pdf: {**real(pdf), "another": None})
    with pytest.raises(AssertionError, match="differ"):
        paper_filled.round_trip(EVERY_KIND)


def test_values_are_the_same_when_read_as_a_strangers_file(tmp_path: Path) -> None:
    given = paper_filled.answers(Case("poll", "ar"), 0)
    pdf = paper_filled.fill(printing(Case("poll", "ar")).pdf, given)
    assert paper_filled.read_back_guarded(pdf, tmp_path / "filled.pdf") == given


def test_a_copy_code_that_is_not_the_pages_own_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paper_copies, "copy_in_text", lambda _: "K7PM 4TXJ")
    assert paper_copies.measured(3, 2, tmp_path).codes_read == 0


def test_a_figure_missed_is_told_by_the_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    missed = paper.Figures("one")
    missed.add("what", "1", "2", held=False)
    monkeypatch.setattr(paper, "tables", lambda **_: [missed])
    assert paper.main([]) == 1
