"""JPEG → grey, at reduced size where the page is large; what a decoder only warns of is looked into.

OpenCV and Pillow fill what is missing of a damaged JPEG with grey and say nothing, and answers would be lost in
silence. simplejpeg (libjpeg-turbo) can be told to refuse, and is no slower.
"""

import re
from io import BytesIO
from typing import BinaryIO, Final

import numpy as np
import simplejpeg
from PIL import Image as Pillow

from scanning.pages.errors import CUT_SHORT, UnreadableFile
from scanning.pages.grey import grey_of
from scanning.pages.jpeg_header import JpegHeader, header_of
from scanning.pages.jpeg_step import check_no_step
from scanning.pages.limits import PageLimits
from scanning.pages.page import REDUCED_MAX, Stored, reduction
from scanning.template import Grey

END: Final = b"\xff\xd9"
CMYK: Final = 4
NO_END: Final = "Premature end of JPEG file"
EXTRA: Final = re.compile(r"Corrupt JPEG data: (\d+) extraneous bytes before marker 0xd9")
HARMLESS: Final = ("Invalid SOS parameters", "Unknown Adobe color transform", "Warning: unknown JFIF revision")
"""Warnings about a header, of which the picture does not suffer."""


class JpegFile:
    """A JPEG: one page."""

    pages = 1

    def __init__(self, file: BinaryIO, limits: PageLimits) -> None:
        file.seek(0)
        self._content = file.read(limits.image_mb * 2**20 + 1)
        limits.check_image_bytes(len(self._content))
        self._header = checked_header(self._content, limits)

    def page(self, index: int) -> Stored:
        """Decode the picture."""
        del index
        return stored_jpeg(self._content, self._header)


def checked_header(content: bytes, limits: PageLimits) -> JpegHeader:
    """Read the header of a JPEG and hold it against the limits."""
    header = header_of(content)
    # All of a progressive JPEG has to be held in memory before it can be reduced.
    limits.check_px(header.width, header.height, reducible=not header.is_progressive)
    return header


def stored_jpeg(content: bytes, header: JpegHeader) -> Stored:
    """Decode a JPEG; raises UnreadableFile when part of it is missing."""
    size = (header.width, header.height)
    reduced = reduction(size, header.dpi)
    least = (-(-header.width // reduced), -(-header.height // reduced))
    image = _mixed(content, least) if header.components == CMYK else _decoded(content, least)
    if not header.is_progressive:
        check_no_step(image, reduced)
    return Stored(image, size, header.orientation, header.dpi, reduced)


def check_jpeg_whole(content: bytes) -> None:
    """Refuse a JPEG of which part is missing; for those that another decoder turns into a picture."""
    header = header_of(content)
    _decoded(content, (-(-header.width // REDUCED_MAX), -(-header.height // REDUCED_MAX)))


def _decoded(content: bytes, least_px: tuple[int, int]) -> Grey:
    try:
        return _grey(content, least_px, strict=True)
    except ValueError as error:
        warning = str(error)
    if warning == NO_END:
        return _without_end(content, least_px)
    if not (warning.startswith(HARMLESS) or _is_padding(content, warning)):
        raise UnreadableFile(CUT_SHORT)
    return _grey(content, least_px, strict=False)


def _grey(content: bytes, least_px: tuple[int, int], *, strict: bool) -> Grey:
    image = simplejpeg.decode_jpeg(content, "GRAY", min_width=least_px[0], min_height=least_px[1], strict=strict)
    return np.asarray(image, dtype=np.uint8)[..., 0]


def _without_end(content: bytes, least_px: tuple[int, int]) -> Grey:
    """Decode a JPEG of which perhaps nothing but its last marker is missing."""
    try:
        return _grey(content + END, least_px, strict=True)
    except ValueError:
        raise UnreadableFile(CUT_SHORT) from None


def _is_padding(content: bytes, warning: str) -> bool:
    """Tell whether what is too much before the end is only what some cameras fill files up with."""
    extra = EXTRA.match(warning)
    if extra is None:
        return False
    end = content.rfind(END)
    return len(set(content[end - int(extra[1]) : end])) == 1


def _mixed(content: bytes, least_px: tuple[int, int]) -> Grey:
    """Decode a JPEG of four inks, which libjpeg does not turn into grey."""
    if END not in content[-1024:]:
        raise UnreadableFile(CUT_SHORT)
    with Pillow.open(BytesIO(content), formats=["JPEG"]) as picture:
        picture.draft(None, least_px)
        return grey_of(picture)
