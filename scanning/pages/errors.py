"""What is wrong with a stranger's file or one page of it."""

from typing import Final

from scanning.errors import ScanningError


class UnreadableFile(ScanningError):  # noqa: N818  as it is named in a sentence
    """A file, or a page in it, that cannot be read; the message is one sentence for a person."""


CUT_SHORT: Final = "Part of the page is missing or damaged in the file; scan the page again, or copy the file again."
DAMAGED: Final = "The page is damaged in the file; scan it again, or copy the file again."
