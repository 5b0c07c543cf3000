"""The printings that returned paper is read by, as the store keeps them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanning.printings import NotAForm, Printed, printed_of
from server.errors import StoreError
from server.models.form_versions import PrintedForm
from server.queries.theirs import UNMARKED
from server.store.files import Files

PRINTINGS_HELD = 256
"""Kept in memory: each takes half a second to open, in a child process, and 60 kB to hold."""

GONE = "A printed form that is kept here cannot be opened: {} Restore it from a backup."


@dataclass(frozen=True, slots=True)
class Known:
    """One printing: its row, and what its PDF says of itself."""

    row: PrintedForm
    printed: Printed

    @property
    def is_unmarked(self) -> bool:
        """Tell whether it is somebody else's paper as they print it, without marks of ours."""
        return self.row.edition == UNMARKED


def printings(session: Session, files: Files) -> Mapping[str, Known]:
    """Give every printing that can be opened by the name in its codes, so that a damaged one holds up no other.

    `StoreError` where there are some and none can be opened: then it is the machine, and nothing may be set aside.
    """
    known: dict[str, Known] = {}
    failed: list[StoreError] = []
    for row in session.scalars(select(PrintedForm).order_by(PrintedForm.id)):
        try:
            known[row.name] = Known(row, _printed(files.path(row.pdf_sha256)))
        except StoreError as error:
            failed.append(error)
    if failed and not known:
        raise failed[0]
    return known


def printed_by_name(known: Mapping[str, Known], needed: Iterable[str]) -> Mapping[str, Printed]:
    """Give what each printing says of itself; `StoreError` where one of those needed could not be opened."""
    lacking = set(needed) - set(known)
    if lacking:
        raise StoreError(GONE.format(f"the printing {min(lacking)}."))
    return {name: one.printed for name, one in known.items()}


@lru_cache(maxsize=PRINTINGS_HELD)
def _printed(path: Path) -> Printed:
    found = printed_of(path)
    if isinstance(found, NotAForm):
        raise StoreError(GONE.format(found.detail))
    return found
