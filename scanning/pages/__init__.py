"""Files → page images, within limits: the one place where scanning reads files.

Meant to run in a limited child process: what a header promises is checked before anything is decoded, but a decoder
may still fail in ways that only the child's limits stop.
"""

from collections.abc import Iterator
from typing import BinaryIO

from scanning.pages.errors import DAMAGED, UnreadableFile
from scanning.pages.limits import PageLimits
from scanning.pages.opening import opened
from scanning.pages.page import PageImage, UnreadablePage, page_image
from scanning.pages.source import Source
from scanning.pages.strictness import strictly

__all__ = ["PageImage", "PageLimits", "UnreadableFile", "UnreadablePage", "page_images", "pages_in"]


def pages_in(file: BinaryIO, limits: PageLimits) -> int:
    """Give how many pages a file has, without decoding any; raises UnreadableFile."""
    with strictly():
        return opened(file, limits).pages


def page_images(
    file: BinaryIO, limits: PageLimits, first: int = 0, count: int | None = None
) -> Iterator[PageImage | UnreadablePage]:
    """Give the pages of a file one by one: `count` of them, or all, from the one with the index `first` on.

    Raises UnreadableFile with the first page when the file as a whole cannot be read. A page that cannot be read by
    itself takes its place as an UnreadablePage.
    """
    with strictly():
        source = opened(file, limits)
    last = source.pages if count is None else min(source.pages, first + count)
    for index in range(first, last):
        yield _page(source, index)


def _page(source: Source, index: int) -> PageImage | UnreadablePage:
    try:
        with strictly():
            return page_image(index, source.page(index))
    except UnreadableFile as error:
        return UnreadablePage(index, str(error))
    except MemoryError:
        return UnreadablePage(index, "The page needs more memory than it may have; scan it again at 300 dpi.")
    except Exception:  # noqa: BLE001  a stranger's bytes may make a library raise anything
        return UnreadablePage(index, DAMAGED)
