"""PDF → grey: the picture itself where a page is one scanned picture, the page as rendered where it holds more."""

from scanning.pages.pdf.file import PdfFile

__all__ = ["PdfFile"]
