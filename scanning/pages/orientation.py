"""How an image is turned and mirrored as stored, and how to set it upright."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from scanning.template import Grey, Points


@dataclass(frozen=True, slots=True)
class Orientation:
    """What sets a stored image upright: first rows and columns are swapped, then it is mirrored."""

    transposed: bool = False
    mirrored_x: bool = False
    mirrored_y: bool = False

    def upright(self, image: Grey) -> Grey:
        """Give the image as a person should see it."""
        match (self.transposed, self.mirrored_x, self.mirrored_y):
            case (False, False, False):
                return image
            case (True, True, False):
                return np.asarray(cv2.rotate(image, cv2.ROTATE_90_CLOCKWISE), dtype=np.uint8)
            case (True, False, True):
                return np.asarray(cv2.rotate(image, cv2.ROTATE_90_COUNTERCLOCKWISE), dtype=np.uint8)
        seen = cv2.transpose(image) if self.transposed else image
        if self.mirrored_x or self.mirrored_y:
            how = -1 if self.mirrored_x and self.mirrored_y else int(self.mirrored_x)
            seen = cv2.flip(seen, how)
        return np.asarray(seen, dtype=np.uint8)

    def to_stored(self, width: int, height: int) -> Points:
        """Give the affine (2, 3) from px of the upright image, of that width and height, to px of the stored one."""
        along_x = (-1.0, 0.0, float(width)) if self.mirrored_x else (1.0, 0.0, 0.0)
        along_y = (0.0, -1.0, float(height)) if self.mirrored_y else (0.0, 1.0, 0.0)
        return np.array([along_y, along_x] if self.transposed else [along_x, along_y])


UPRIGHT: Final = Orientation()

EXIF: Final = {
    1: UPRIGHT,
    2: Orientation(mirrored_x=True),
    3: Orientation(mirrored_x=True, mirrored_y=True),
    4: Orientation(mirrored_y=True),
    5: Orientation(transposed=True),
    6: Orientation(transposed=True, mirrored_x=True),
    7: Orientation(transposed=True, mirrored_x=True, mirrored_y=True),
    8: Orientation(transposed=True, mirrored_y=True),
}
"""By the value of the tag `Orientation` (274) of EXIF and TIFF."""
