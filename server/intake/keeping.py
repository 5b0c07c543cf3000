"""What the readers give → rows, several pages in one transaction; a file that is whole is put into returned copies.

Pages are kept in their order and never in part: whatever stops this, the next worker goes on after the last one kept.
"""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from scanning.readers import FileRefused, PageResult
from server.intake import attempts
from server.intake.attempts import Attempts
from server.models.base import now
from server.models.intake import FileState, ReceivedFile
from server.queries.intake import last_read
from server.returns.assembling import COPIES_AT_ONCE, assemble
from server.returns.known import Known
from server.returns.pages import READER, keep_page
from server.store import Store
from server.trail.recording import note

PAGES_TOGETHER: Final = 16
"""Kept in one transaction: waiting for the disk then costs little beside the reading."""

WAIT_SECONDS: Final = 1.0
"""A page that is read is kept after this at the latest, if others come meanwhile."""

log = logging.getLogger("sayso.intake")


@dataclass(frozen=True, slots=True)
class _Image:
    """All that was found on one page of a file: several slips may lie on it."""

    file_id: int
    slips: list[PageResult]

    @property
    def is_whole(self) -> bool:
        """Tell whether all that was found on it is here."""
        return len(self.slips) == self.slips[0].slips


class Keeper:
    """Keeps what comes of the files that were handed out, in their order."""

    def __init__(self, store: Store, known: Mapping[str, Known], counts: Attempts, *, at_once: bool) -> None:
        """Take where to keep it; `at_once` keeps each page before the next is read, for files that are suspected."""
        self._store, self._known, self._counts = store, known, counts
        self._together = 1 if at_once else PAGES_TOGETHER
        self._handed_out: list[int] = []
        self._images: list[_Image] = []
        self._ended: dict[int, str | None] = {}
        """Files to whose end the reading has come, with why not further, if so."""
        self._kept_at_s = time.monotonic()

    def hand_out(self, file_id: int) -> None:
        """Take down that a file's results will come after those of the files before."""
        self._handed_out.append(file_id)

    def add(self, came: tuple[int, PageResult | FileRefused]) -> None:
        """Take in the next result, with the number of its file, which was handed out."""
        file_id, result = came
        while self._handed_out[0] != file_id:
            self._ended[self._handed_out.pop(0)] = None
        if isinstance(result, FileRefused):
            self._ended[self._handed_out.pop(0)] = result.detail
        elif self._images and not self._images[-1].is_whole:
            self._images[-1].slips.append(result)
        else:
            self._images.append(_Image(file_id, [result]))
        if len(self._images) >= self._together or time.monotonic() - self._kept_at_s > WAIT_SECONDS:
            self.keep()

    def end(self) -> None:
        """Keep the rest: all of what was handed out has come."""
        self._ended |= dict.fromkeys(self._handed_out)
        self._handed_out.clear()
        self.keep()

    def keep(self) -> None:
        """Keep what is whole."""
        self._kept_at_s = time.monotonic()
        images = [image for image in self._images if image.is_whole]
        ended = dict(self._ended)
        if not images and not ended:
            return
        previews = [_preview(self._store, image) for image in images]
        with self._store.writing() as session:
            files = {number: session.get_one(ReceivedFile, number) for number in {image.file_id for image in images}}
            for image, preview in zip(images, previews, strict=True):
                self._keep_image(session, files[image.file_id], image, preview)
            for number, why in ended.items():
                self._close(session, number, why)
        del self._images[: len(images)]
        self._ended.clear()
        put_together(self._store, list(ended), self._known)

    def _keep_image(self, session: Session, file: ReceivedFile, image: _Image, preview: str | None) -> None:
        number = image.slips[0].index + 1
        for part, slip in enumerate(image.slips):
            keep_page(session, file, slip, (number, part), READER, self._known, preview)
        self._counts.progressed(file)

    def _close(self, session: Session, number: int, why: str | None) -> None:
        """Say that a file was read to its end, or that it cannot be read at all, or no further."""
        file = session.get_one(ReceivedFile, number)
        attempts.forget_pages_to_come(session, number)
        self._counts.progressed(file)
        if why is None:
            file.state, file.read_at = FileState.READ, now()
        else:
            attempts.set_aside(file, why)
        detail = {"pages": last_read(session, number), "set aside": why is not None}
        note(self._store, session, "file read", f"received file {file.uid}", detail=detail)


def _preview(store: Store, image: _Image) -> str | None:
    """Keep the picture of a whole page, where there is one, before the row that names it."""
    picture = image.slips[0].preview
    return store.files.add(picture) if picture is not None else None


def put_together(store: Store, file_ids: Sequence[int], known: Mapping[str, Known]) -> None:
    """Put the pages of files that were read into returned copies, some copies in each transaction.

    What cannot be put together because of a mistake in Sayso is left, and told to the log: other files go on.
    """
    waiting = list(file_ids)
    try:
        while waiting:
            del waiting[: _put_some_together(store, waiting, known)]
    except (DBAPIError, OSError):
        raise
    except Exception as error:  # noqa: BLE001 (one file must not hold up all others)
        if len(waiting) == 1:
            log.error("received file %d cannot be put together: %s", waiting[0], type(error).__name__)
            return
        for number in waiting:
            put_together(store, [number], known)


def _put_some_together(store: Store, waiting: Sequence[int], known: Mapping[str, Known]) -> int:
    """Do as many as make up one transaction; give how many files are done with."""
    done = copies = 0
    with store.writing() as session:
        while done < len(waiting) and copies < COPIES_AT_ONCE:
            made = len(assemble(store, session, session.get_one(ReceivedFile, waiting[done]), known))
            copies += made
            done += not made
    return done
