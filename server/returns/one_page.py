"""One page of a kept file, read once more while somebody waits: by one form, in a limited child process."""

from dataclasses import dataclass
from threading import Lock
from typing import Final

from scanning.hints import Hint
from scanning.pages import PageLimits
from scanning.readers import PageResult, Portion, Readers, Wanted
from server.store import Store

_one_at_a_time: Final = Lock()
"""A reader takes a core and up to 1.5 GB: whoever asks while one is at work waits for it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page lies: the file that is kept, its index there from 0, and the PDF of the form to read it by."""

    file_sha256: str
    index: int
    pdf_sha256: str


def read_one_page(store: Store, place: Place, *, sampled: float, hint: Hint | None = None) -> list[PageResult]:
    """Give the slips on the page, with pictures; none where its file cannot be opened any more.

    `sampled` is the part of the questions that are clear which get a picture too.
    """
    path, form = store.files.path(place.file_sha256), store.files.path(place.pdf_sha256)
    portion = Portion(path, place.index, 1, may_change=False, hint=hint)
    limits = PageLimits(**store.settings.reading)
    wanted = Wanted(crops=True, sampled=sampled, preview=True, beside=hint is not None)
    with _one_at_a_time, Readers([form], limits=limits, wanted=wanted) as readers:
        return [one for one in readers.read([portion]) if isinstance(one, PageResult)]
