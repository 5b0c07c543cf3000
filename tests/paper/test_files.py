"""Files of several pages hold the pages' own pixels."""

import io

import numpy as np
import pypdfium2
import pytest
from PIL import Image as Pillow

from tests.paper import files
from tests.paper.pens import Image


@pytest.fixture
def pages() -> list[Image]:
    """Give two small black-and-white pages."""
    rng = np.random.default_rng(0)
    return [np.repeat(np.repeat(rng.integers(0, 2, (40, 30)) * 255, 5, 0), 5, 1).astype(np.uint8) for _ in range(2)]


def test_a_tiff_holds_every_page(pages: list[Image]) -> None:
    for content in (files.tiff_g4(pages, (204, 98)), files.tiff(pages)):
        with Pillow.open(io.BytesIO(content)) as opened:
            assert getattr(opened, "n_frames") == 2  # noqa: B009  Pillow's stubs leave it out
            opened.seek(1)
            assert np.array_equal(np.array(opened.convert("L")), pages[1])


def stored(page: Image, kind: str) -> bytes:
    if kind == "g4":
        return files.tiff_g4([page])
    return files.jpeg(page) if kind == "jpeg" else files.png(page)


@pytest.mark.parametrize("kind", ["g4", "jpeg", "png"])
def test_a_pdf_holds_every_page_as_one_image(kind: str, pages: list[Image]) -> None:
    with pypdfium2.PdfDocument(files.pdf([stored(page, kind) for page in pages])) as pdf:
        assert len(pdf) == 2
        page = pdf[1]
        image = next(iter(page.get_objects()))
        seen = image.get_bitmap().to_numpy().reshape(*pages[1].shape, -1)[..., 0]
        assert page.get_width() == pytest.approx(pages[1].shape[1] * 72 / 300, abs=0.01)
        page.close()
    assert np.abs(seen.astype(int) - pages[1]).mean() < (3 if kind == "jpeg" else 0.001)
