"""HEIC, as phones store photos → grey."""

from typing import BinaryIO, Final

import pillow_heif

from scanning.pages.grey import grey_of
from scanning.pages.hevc import check_hevc_whole
from scanning.pages.limits import PageLimits
from scanning.pages.page import Stored

BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
"""What stands at bytes 8 to 12 of such a file, after `ftyp`."""

pillow_heif.options.DECODE_THREADS = 1


class HeifFile:
    """A HEIC file: its main picture.

    HEIC turns its pictures by itself, and what EXIF says of that is to be left alone. So "as stored" is how every
    viewer shows it.
    """

    pages = 1

    def __init__(self, file: BinaryIO, limits: PageLimits) -> None:
        limits.check_image_bytes(file.seek(0, 2))
        file.seek(0)
        self._content = file.read()
        self._opened = pillow_heif.open_heif(self._content)
        limits.check_px(*self._opened.size)

    def page(self, index: int) -> Stored:
        """Decode the picture."""
        del index
        check_hevc_whole(self._content)
        picture = self._opened.to_pillow()
        return Stored(grey_of(picture), picture.size)
