"""What is printed on a page for people → copy code and foot, where both machine codes are lost.

Tesseract is started for this and costs as much as many pages: nothing else in reading may call it.
"""

import re
from typing import Final

import cv2
import numpy as np

from forms import wording
from forms.codes.copy_code import COPY_ALPHABET, is_copy_code, spelt
from forms.paper.editions import MARK_MM, Size
from forms.paper.marks import code_places_mm
from scanning.registration import Registration
from scanning.template import Grey

SCALES_PX_PER_MM: Final = (8.0, 11.0)
"""The two resolutions at which a copy code is read; capitals are then 30 and 42 px high, which Tesseract likes best."""

FOOT_PX_PER_MM: Final = 9.0

CLEAR_MM: Final = 1.0
"""Left out beside marks and codes."""

FOOT_ABOVE_MM: Final = 14.0
"""How far above the machine code a foot of many lines begins: four lines of giant print."""

TIMEOUT_S: Final = 8.0
"""For one call of Tesseract, which takes 0.1 to 0.3 s."""

ONE_LINE: Final = f"--psm 7 -c tessedit_char_whitelist={COPY_ALPHABET}"
ONE_BLOCK: Final = "--psm 6"

ZERO: Final = "[09O]{1,2}"
"""How Tesseract reads a zero with a stroke through it, as the forms' type has it: 0, 9 or 90."""


def copy_code(image: Grey, registration: Registration, size: Size) -> str | None:
    """Give the copy code printed at a page's top; None unless read twice alike, with the right check character."""
    near = size.mark_inset_mm
    right_mm = code_places_mm(size)[0][0]
    box = (near + MARK_MM + CLEAR_MM, near - CLEAR_MM, right_mm - CLEAR_MM, near + MARK_MM + CLEAR_MM)
    first, second = (
        "".join(_read(_cut(image, registration, box, scale), ONE_LINE).split()) for scale in SCALES_PX_PER_MM
    )
    return spelt(first) if first == second and is_copy_code(first) else None


def foot(image: Grey, registration: Registration, size: Size) -> str:
    """Give the words at a page's foot as read, right of its machine code."""
    left_mm, top_mm = code_places_mm(size)[1]
    right_mm = size.width_mm - size.mark_inset_mm - MARK_MM - CLEAR_MM
    box = (left_mm + size.code_mm + CLEAR_MM, top_mm - FOOT_ABOVE_MM, right_mm, size.height_mm - CLEAR_MM)
    return _read(_cut(image, registration, box, FOOT_PX_PER_MM), ONE_BLOCK)


def names(words: str, form: str, version: str, page: int, pages: int) -> bool:
    """Tell whether a foot's words name this page of this many, of this form and version, in any of our languages."""
    counts = [wording.say("page_of", language, page=page, pages=pages) for language in wording.languages()]
    return any(_says(words, count) for count in counts) and _says(words, f"{form} v{version}")


def _says(words: str, wanted: str) -> bool:
    """Tell whether words hold these, white left out; what follows must not lengthen a number."""
    pattern = r"\s*".join(ZERO if letter == "0" else re.escape(letter) for letter in wanted if not letter.isspace())
    return re.search(rf"(?<!\d){pattern}(?!\d)", words) is not None


def _cut(image: Grey, registration: Registration, box_mm: tuple[float, float, float, float], px_per_mm: float) -> Grey:
    """Give a part of the page straightened, left, top, right and bottom in mm."""
    left, top, right, bottom = box_mm
    size = round((right - left) * px_per_mm), round((bottom - top) * px_per_mm)
    to_mm = np.array([[1 / px_per_mm, 0, left], [0, 1 / px_per_mm, top], [0, 0, 1]])
    how = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    cut = cv2.warpPerspective(image, registration.matrix @ to_mm, size, flags=how, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, dtype=np.uint8)


def _read(cut: Grey, config: str) -> str:
    """Give what Tesseract reads; nothing where it is missing, fails or takes too long."""
    import pytesseract  # noqa: PLC0415  (takes 0.1 s, and few pages need it)

    try:
        return str(pytesseract.image_to_string(cut, lang="eng", config=config, timeout=TIMEOUT_S))
    except (pytesseract.TesseractError, pytesseract.TesseractNotFoundError, RuntimeError, OSError):
        return ""
