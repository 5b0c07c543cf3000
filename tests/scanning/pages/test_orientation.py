"""However a picture is turned as stored, its page is upright, and each dot is told where it is as stored."""

import io

import cv2
import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image as Pillow
from PIL import ImageOps

from tests.paper import files
from tests.paper.pens import Image
from tests.scanning.pages.dotted import dotted, off_px, page_of, pages_of

SMALL = (600, 900)
LARGE = (2001, 2903)
TURNS = {
    "as it is": "",
    "mirrored": "-1 0 0 1 1 0",
    "flipped": "1 0 0 -1 0 1",
    "turned over": "-1 0 0 -1 1 1",
    "to the left": "0 1 -1 0 1 0",
    "to the right": "0 -1 1 0 0 1",
    "rows for columns": "0 1 1 0 0 0",
    "and mirrored": "0 -1 -1 0 1 1",
}


def seen_by_pillow(picture: Image, orientation: int) -> Image:
    opened = Pillow.open(io.BytesIO(files.photo(picture, orientation)))
    return np.array(ImageOps.exif_transpose(opened))


def differs(one: Image, other: Image) -> float:
    """Give the mean difference in grey levels of two pictures of nearly the same size."""
    same = cv2.resize(one, other.shape[::-1], interpolation=cv2.INTER_AREA)
    return float(np.abs(same.astype(float) - other).mean())


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_a_photo_is_upright_whatever_its_exif_says(orientation: int, size: tuple[int, int]) -> None:
    picture, places = dotted(*size)
    page = page_of(files.photo(picture, orientation, quality=95))
    assert page.stored_px == size
    assert off_px(page, places) < 0.1
    assert differs(seen_by_pillow(picture, orientation), page.image) < 2


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_tiff_is_upright_whatever_its_tag_says(orientation: int) -> None:
    picture, places = dotted(*SMALL)
    page = page_of(files.bare_tiff(picture.tobytes(), SMALL, orientation=orientation))
    assert off_px(page, places) < 0.01
    assert differs(seen_by_pillow(picture, orientation), page.image) < 1


@pytest.mark.parametrize("rotate_deg", [0, 90, 180, 270, -90, 450])
@pytest.mark.parametrize("turned", TURNS.values(), ids=TURNS.keys())
def test_a_pdf_is_upright_however_its_page_and_picture_are_turned(rotate_deg: int, turned: str) -> None:
    picture, places = dotted(600, 600)
    content = files.pdf([files.jpeg(picture, 95)], (100, 100), rotate_deg=rotate_deg, turned=turned)
    page = page_of(content)
    assert page.stored_px == (600, 600)
    assert off_px(page, places) < 0.1
    with pypdfium2.PdfDocument(content) as pdf:
        viewed = pdf[0].render(scale=100 / 72, grayscale=True).to_numpy().reshape(600, 600)
    assert differs(viewed, page.image) < 2


def test_exif_inside_a_pdf_does_not_count() -> None:
    picture, places = dotted(*SMALL)
    page = page_of(files.pdf([files.photo(picture, 6, quality=95)]))
    assert page.image.shape == picture.shape
    assert off_px(page, places) < 0.1


def test_a_picture_that_leans_on_its_page_is_rendered() -> None:
    picture, _ = dotted(*SMALL)
    (page,) = pages_of(files.pdf([files.jpeg(picture)], turned="0.98 0.1 -0.1 0.98 0 0"))
    assert getattr(page, "stored_px", None) == (400, 600)


def test_a_page_under_a_turned_parent_is_upright() -> None:
    picture, _ = dotted(*SMALL)
    with pikepdf.open(io.BytesIO(files.pdf([files.jpeg(picture)]))) as pdf:
        del pdf.pages[0].Rotate
        pdf.Root.Pages.Rotate = 90
        out = io.BytesIO()
        pdf.save(out)
    assert page_of(out.getvalue()).image.shape == picture.shape[::-1]
