"""What each kind of file offers to `scanning.pages`."""

from typing import Protocol

from scanning.pages.page import Stored


class Source(Protocol):
    """An opened file whose header was checked."""

    @property
    def pages(self) -> int:
        """Give how many pages it has."""

    def page(self, index: int) -> Stored:
        """Decode one page; raises UnreadableFile, or whatever the decoder raises on damaged bytes."""
