"""The size at which pages are worked on, and px made square."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.pages.orientation import EXIF
from scanning.pages.page import Stored, page_image
from tests.paper import files
from tests.scanning.pages.dotted import dotted, off_px, page_of


@pytest.mark.parametrize("stored", [(1240, 1754), (2480, 3508), (2481, 3509), (4960, 7016)])
def test_a4_lands_at_a_size_that_is_quick_to_read(stored: tuple[int, int]) -> None:
    picture, places = dotted(*stored)
    for content in (files.tiff_g4([picture]), files.jpeg(picture, 90)):
        page = page_of(content)
        assert np.abs(np.subtract(page.image.shape, (1754, 1240))).max() <= 1
        assert off_px(page, places) < 0.15


@pytest.mark.parametrize("dpi", [(204, 98), (204, 391)])
def test_a_fax_gets_square_px(dpi: tuple[int, int]) -> None:
    ratio = dpi[1] / dpi[0]
    picture, places = dotted(864, round(1166 * ratio), tall=ratio)
    fax = files.tiff_g4([picture], dpi)
    for content in (fax, files.png(picture, dpi), files.pdf([fax], dpi)):
        page = page_of(content)
        assert page.stored_px == picture.shape[::-1]
        assert page.image.shape[0] / page.image.shape[1] == pytest.approx(1166 / 864, rel=0.002)
        assert off_px(page, places) < 0.3


def test_a_fax_with_centimetres_gets_square_px() -> None:
    picture, _ = dotted(600, 450)
    page = page_of(files.bare_tiff(picture.tobytes(), (600, 450), dpi=(80, 40), per_cm=True))
    assert page.image.shape == (900, 600)


@pytest.mark.parametrize("dpi", [(204, 196), (1, 2), (300, 72), (300, 0), (50, 100)])
def test_resolutions_that_cannot_be_meant_change_nothing(dpi: tuple[int, int]) -> None:
    picture, _ = dotted(600, 800)
    assert page_of(files.bare_tiff(picture.tobytes(), (600, 800), dpi=dpi)).image.shape == (800, 600)


@given(
    size=st.tuples(st.integers(100, 700), st.integers(100, 700)),
    larger=st.sampled_from([1, 5, 10]),
    dpi=st.one_of(st.none(), st.tuples(st.floats(0, 1e9), st.floats(0, 1e9)), st.just((204.0, 98.0))),
    turn=st.sampled_from(list(EXIF.values())),
)
def test_the_corners_of_a_page_are_those_of_its_image(
    size: tuple[int, int], larger: int, dpi: tuple[float, float] | None, turn: object
) -> None:
    width, height = size[0] * larger, size[1] * larger
    stored = Stored(np.zeros((height, width), np.uint8), (width, height), turn, dpi)  # type: ignore[arg-type]
    page = page_image(0, stored)
    h, w = page.image.shape
    corners = np.array([[0, 0, 1], [w, 0, 1], [w, h, 1], [0, h, 1]]) @ page.to_stored.T
    assert np.allclose(corners.min(axis=0), 0, atol=1e-6)
    assert np.all(np.abs(corners.max(axis=0) - (width, height)) <= 7.001)
