"""How large files and pages may be; checked in headers, before anything is decoded."""

from dataclasses import dataclass
from typing import Final

from scanning.pages.errors import UnreadableFile

SIDE_MIN_PX: Final = 100
"""No page is read from fewer px: a slip of A6 has 413 at 100 dpi."""

SIDE_MAX_PX: Final = 65_500
"""The longest side that a JPEG can have; A4 at 5,600 dpi."""

MEGA: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class PageLimits:
    """The most that is read of one file; settings may change it."""

    image_mb: int = 64
    document_mb: int = 1024
    """For PDF and TIFF, which hold many pages."""
    pages: int = 2000
    megapixels: int = 60
    jpeg_megapixels: int = 200
    """JPEGs can be decoded at reduced size, at a fraction of the memory."""

    def check_image_bytes(self, size: int) -> None:
        """Refuse an image that takes too many bytes."""
        _check_bytes(size, self.image_mb, "image", "scan it again at 300 dpi")

    def check_document_bytes(self, size: int) -> None:
        """Refuse a PDF or TIFF that takes too many bytes."""
        _check_bytes(size, self.document_mb, "file", "split it into smaller ones")

    def check_pages(self, count: int) -> None:
        """Refuse a file of too many pages, and one of none."""
        if count > self.pages:
            raise UnreadableFile(f"The file has more than {self.pages:,} pages; split it into smaller ones.")
        if count < 1:
            raise UnreadableFile("The file has no pages; save or scan it again.")

    def check_px(self, width: int, height: int, *, reducible: bool = False) -> None:
        """Refuse a page of too many or too few px; `reducible` is one that is decoded at reduced size."""
        self.check_most_px(width, height, reducible=reducible)
        if min(width, height) < SIDE_MIN_PX:
            raise UnreadableFile(
                f"The picture of {width:,} × {height:,} px is too small to hold a page; scan it at 300 dpi."
            )

    def check_most_px(self, width: int, height: int, *, reducible: bool = False) -> None:
        """Refuse a picture of too many px, a page or a part of one."""
        most = self.jpeg_megapixels if reducible else self.megapixels
        if width * height > most * MEGA or max(width, height) > SIDE_MAX_PX:
            raise UnreadableFile(
                f"The picture of {width:,} × {height:,} px is too large (at most {most} million); scan it at 300 dpi."
            )


def _check_bytes(size: int, most_mb: int, what: str, advice: str) -> None:
    if size > most_mb * 2**20:
        raise UnreadableFile(f"The {what} is larger than {most_mb:,} MB; {advice}.")
