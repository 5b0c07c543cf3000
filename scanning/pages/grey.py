"""A decoded picture of any kind → grey.

Grey is luminance (ITU-R BT.601), for colour scans as well. It is what a colour JPEG's decoder gives for nothing, and
what a grey scanner would have given of the same sheet, so that both are read alike. Every simulated pen (JPEG, quality
60) keeps about the contrast of a faint pencil (0.39 of paper's lightness) or more: blue 0.69, green 0.60, red 0.58,
orange and pink 0.38; a yellow highlighter has 0.12. Taking the darkest of the three colours makes ink of a highlighter
(0.64), and JPEG's coarser colours then darken paper next to a coloured line by 1 to 2 %.
"""

from typing import Final

import numpy as np
from PIL import Image as Pillow

from scanning.pages.errors import UnreadableFile
from scanning.template import Grey

WITH_ALPHA: Final = frozenset({"LA", "La", "PA", "RGBA", "RGBa"})
DEEPER: Final = frozenset({"I", "F"})


def grey_of(picture: Pillow.Image) -> Grey:
    """Give a picture in grey; what is transparent in it lies on white."""
    if picture.mode == "1":
        return np.asarray(picture.convert("L"))
    if picture.mode.startswith("I;16"):
        return np.asarray(np.asarray(picture) >> 8, dtype=np.uint8)
    if picture.mode in DEEPER:
        raise UnreadableFile("The picture has 32 bits per colour; save it with 8 bits as a JPEG or PNG.")
    if picture.mode in WITH_ALPHA or "transparency" in picture.info:
        colours = picture.convert("RGBA")
        picture = Pillow.alpha_composite(Pillow.new("RGBA", colours.size, "white"), colours)
    elif picture.mode not in ("L", "RGB"):
        picture = picture.convert("RGB")
    return np.asarray(picture.convert("L"))
