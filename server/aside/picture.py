"""The picture of a page as it is shown, turned as the officer wishes, and four corners put on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, UnidentifiedImageError

from scanning.hints import Corner
from server.errors import NotFoundError
from server.models.intake import Page
from server.store import Store

QUARTERS: Final = 4


@dataclass(frozen=True, slots=True)
class Picture:
    """A page's picture: its size in px as it lies in its file, and how often it is turned to the right by 90°."""

    page_id: int
    width: int
    height: int
    turn: int = 0

    @property
    def shown(self) -> tuple[int, int]:
        """Give its width and height as it is shown."""
        return (self.height, self.width) if self.turn % 2 else (self.width, self.height)

    @property
    def transform(self) -> str:
        """Give what turns it, as SVG has it."""
        width, height = self.shown
        moves = {0: "", 1: f"translate({width} 0)", 2: f"translate({width} {height})", 3: f"translate(0 {height})"}
        return f"{moves[self.turn]} rotate({90 * self.turn})".strip()


def picture_of(store: Store, page: Page, turn: int = 0) -> Picture | None:
    """Give the picture of a page; none where there is none."""
    if page.preview_sha256 is None:
        return None
    try:
        with Image.open(BytesIO(store.files.read(page.preview_sha256)), formats=("JPEG",)) as image:
            return Picture(page.id, *image.size, turn % QUARTERS)
    except (NotFoundError, UnidentifiedImageError):
        return None


def unturned(corners: Sequence[Corner], turn: int) -> tuple[Corner, Corner, Corner, Corner]:
    """Give corners that were put on a turned picture where they are on the picture as it lies in its file."""
    found = list(corners)
    for _ in range(turn % QUARTERS):
        found = [(down, 1 - across) for across, down in found]
    one, two, three, four = found
    return one, two, three, four
