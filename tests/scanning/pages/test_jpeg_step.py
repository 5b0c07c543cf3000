"""Faults of a JPEG that its decoder cannot see: all that follows is lighter or darker."""

import numpy as np
import pytest

from scanning.pages.errors import UnreadableFile
from scanning.pages.jpeg_step import check_no_step
from scanning.template import Grey

RNG = np.random.default_rng(5)
HEIGHT, WIDTH = 1752, 1240


def page() -> Grey:
    """Give paper with noise, lines of words and a printed rule."""
    paper = RNG.normal(235, 1, (HEIGHT, WIDTH))
    for top in range(120, 1600, 60):
        paper[top : top + 16, 100:800] -= 150 * (RNG.random((16, 700)) < 0.3)
    paper[400:403, 100:1140] = 40
    return np.clip(paper, 0, 255).astype(np.uint8)


def stepped(row: int, column: int, step: int) -> Grey:
    """Give the page, lighter or darker from one block of 4 px on."""
    image = page().astype(np.int16)
    image[row : row + 4, column:] += step
    image[row + 4 :] += step
    return np.clip(image, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("step", [-60, -8, 8])
@pytest.mark.parametrize("column", [0, 600, 1200])
def test_a_page_that_is_darker_or_lighter_from_one_block_on_is_refused(step: int, column: int) -> None:
    with pytest.raises(UnreadableFile, match="Part of the page is missing or damaged"):
        check_no_step(stepped(800, column, step), 2)


def test_words_and_rules_are_no_fault() -> None:
    check_no_step(page(), 2)


@pytest.mark.parametrize("offset", range(4))
def test_the_edge_of_a_shadow_is_no_fault(offset: int) -> None:
    image = page().astype(np.float64)
    image *= (1 - 0.3 / (1 + np.exp(-(np.arange(HEIGHT) - 800 - offset) / 1.5)))[:, None]
    check_no_step(image.astype(np.uint8), 2)


@pytest.mark.parametrize("offset", range(4))
def test_a_band_across_the_whole_page_is_no_fault(offset: int) -> None:
    image = page()
    image[800 + offset : 830 + offset] //= 2
    check_no_step(image, 2)


@pytest.mark.parametrize("offset", range(4))
def test_a_tinted_panel_between_white_margins_is_no_fault(offset: int) -> None:
    image = page()
    image[40 : 800 + offset, 70 : WIDTH - 70] -= 12
    check_no_step(image, 2)


def test_a_fault_is_seen_between_the_black_that_a_scanner_shows_beside_a_sheet() -> None:
    image = stepped(800, 600, -30)
    image[:, :60] = image[:, -60:] = 0
    with pytest.raises(UnreadableFile):
        check_no_step(image, 2)


def test_a_band_near_the_foot_above_the_shadow_of_the_edge_is_no_fault() -> None:
    image = page().astype(np.int16)
    image[1716:1720] -= 5
    image[1720:] -= 2
    check_no_step(image.astype(np.uint8), 2)


def test_a_small_picture_is_left_alone() -> None:
    check_no_step(np.zeros((40, 40), np.uint8), 8)
