"""Pictures of dots at known places, to see where a file's pages put them."""

import io

import cv2
import numpy as np
import numpy.typing as npt

from scanning.pages import PageImage, PageLimits, UnreadablePage, page_images
from tests.paper.pens import Image

Places = npt.NDArray[np.float64]
FRACTION = 8


def dotted(width: int, height: int, *, wide: float = 1.0, tall: float = 1.0) -> tuple[Image, Places]:
    """Give a white picture with 20 black dots (ellipses of that shape) all over, and their places in px."""
    rng = np.random.default_rng(width + height)
    grid = np.array([(x, y) for x in range(4) for y in range(5)]) + 0.5
    places = (grid + rng.uniform(-0.2, 0.2, grid.shape)) / (4, 5) * (width, height)
    picture: Image = np.full((height, width), 255, np.uint8)
    radius = min(width, height) / 40
    for x, y in places:
        part = picture[int(y - 2 * radius * tall) :, int(x - 2 * radius * wide) :][: int(4 * radius * tall) + 2]
        part = part[:, : int(4 * radius * wide) + 2]
        rows, columns = np.mgrid[: part.shape[0], : part.shape[1]] + 0.5
        rows += int(y - 2 * radius * tall)
        columns += int(x - 2 * radius * wide)
        part[((columns - x) / wide) ** 2 + ((rows - y) / tall) ** 2 < radius**2] = 0
    return picture, np.array([_middle(picture, place, radius * 1.5 * max(wide, tall)) for place in places])


def off_px(page: PageImage, places: Places) -> float:
    """Give how far (stored px) the worst dot of a page is from where it was drawn, by the page's own mapping."""
    back = cv2.invertAffineTransform(page.to_stored)
    reach = max(8.0, min(page.stored_px) / 40 * 1.6 * float(np.linalg.norm(back[:, :2], 2)))
    found = np.array([_middle(page.image, back @ (*place, 1.0), reach) for place in places])
    stored = found @ page.to_stored[:, :2].T + page.to_stored[:, 2]
    return float(np.linalg.norm(stored - places, axis=1).max())


def _middle(picture: Image, near: Places, reach: float) -> Places:
    """Give the middle of the darkness around a place."""
    height, width = picture.shape
    left, top = np.clip(np.floor(near - reach), 0, (width, height)).astype(int)
    right, bottom = np.clip(np.ceil(near + reach), 0, (width, height)).astype(int)
    dark = 255.0 - picture[top:bottom, left:right]
    dark[dark < 40] = 0
    assert dark.sum() > 255, "there is no dot where there should be one"
    rows, columns = np.mgrid[top:bottom, left:right] + 0.5
    middle: Places = np.array([(dark * columns).sum(), (dark * rows).sum()]) / dark.sum()
    return middle


def pages_of(content: bytes, limits: PageLimits | None = None) -> list[PageImage | UnreadablePage]:
    """Give all pages of a file."""
    return list(page_images(io.BytesIO(content), limits or PageLimits()))


def page_of(content: bytes) -> PageImage:
    """Give the only page of a file."""
    (page,) = pages_of(content)
    assert isinstance(page, PageImage), page
    return page
