"""A scan in the making: its pixels, and where each point of the sheet is on them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from forms.layout import Box
from tests.paper import files
from tests.paper.pens import Image

Points = npt.NDArray[np.float64]
"""n points [x, y]."""

Moving = Callable[[Points], Points]


@dataclass(frozen=True, slots=True)
class Scaled:
    """Moves points by a factor for x and one for y."""

    x: float
    y: float

    def __call__(self, points: Points) -> Points:
        """Give the points moved."""
        moved: Points = points * np.array([self.x, self.y])
        return moved


@dataclass(frozen=True, slots=True)
class Mapping:
    """Page mm → px of the image. (0, 0) is the image's top left corner, not the middle of its first pixel."""

    moves: tuple[Moving, ...]

    def __call__(self, points_mm: npt.ArrayLike) -> Points:
        """Give the px of n points in mm."""
        points: Points = np.asarray(points_mm, dtype=np.float64).reshape(-1, 2)
        for move in self.moves:
            points = move(points)
        return points

    def box(self, box_mm: Box) -> tuple[float, float, float, float]:
        """Give the axis-aligned x, y, width and height in px of what a box becomes."""
        right, bottom = box_mm.right, box_mm.bottom
        corners = self([(box_mm.x, box_mm.y), (right, box_mm.y), (right, bottom), (box_mm.x, bottom)])
        (x, y), (end_x, end_y) = corners.min(axis=0), corners.max(axis=0)
        return float(x), float(y), float(end_x - x), float(end_y - y)


@dataclass(frozen=True, slots=True)
class Scan:
    """One image of a sheet. `file` is how it was stored, once a wear has put it through a lossy format."""

    image: Image
    mapping: Mapping
    px_per_mm: tuple[float, float]
    """Of the sheet, as long as it lies straight: what is done to paper is measured by it."""
    size_mm: tuple[float, float]
    lid: int
    """The grey of what lies behind the sheet."""
    back: Image | None = None
    """The other side of the sheet, as seen from there, at the same resolution."""
    back_printed: Image | None = None
    """The other side without ink."""
    dpi: tuple[float, float] = (300, 300)
    file: bytes | None = None

    def seen(self, image: Image, move: Moving) -> "Scan":
        """Give the scan with its pixels moved."""
        return replace(self, image=image, mapping=Mapping((*self.mapping.moves, move)))

    def looking(self, image: Image) -> "Scan":
        """Give the scan with other pixels in the same places."""
        return replace(self, image=image)

    def decoded(self) -> "Scan":
        """Give the scan with the pixels that its file decodes to."""
        if self.file is None:
            return self
        flags = cv2.IMREAD_GRAYSCALE if self.image.ndim == 2 else cv2.IMREAD_COLOR
        seen = cv2.imdecode(np.frombuffer(self.file, np.uint8), flags)
        if seen is None:
            raise ValueError("the file just written cannot be read")
        return self.looking(seen.astype(np.uint8, copy=False))

    @property
    def is_bitonal(self) -> bool:
        """Tell whether there are only black and white."""
        grey = self.image[:: max(1, self.image.shape[0] // 64)]
        return grey.ndim == 2 and bool(np.isin(grey, (0, 255)).all())

    def encoded(self) -> bytes:
        """Give the file that decodes to exactly this image: JPEG where the wear made one, else TIFF G4 or PNG."""
        if self.file is not None:
            return self.file
        return files.tiff_g4([self.image], self.dpi) if self.is_bitonal else files.png(self.image, self.dpi)


def paint(image: Image, grey: int) -> int | tuple[int, int, int]:
    """Give a grey as OpenCV wants it for this image."""
    return grey if image.ndim == 2 else (grey, grey, grey)
