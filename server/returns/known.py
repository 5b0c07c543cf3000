"""The printings that returned paper is read by, as the store keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanning.printings import NotAForm, Printed, printed_of
from server.errors import StoreError
from server.models.form_versions import PrintedForm
from server.store.files import Files

PRINTINGS_HELD = 256
"""Kept in memory: each takes half a second to open, in a child process, and 60 kB to hold."""


@dataclass(frozen=True, slots=True)
class Known:
    """One printing: its row, and what its PDF says of itself."""

    row: PrintedForm
    printed: Printed


def printings(session: Session, files: Files) -> Mapping[str, Known]:
    """Give every printing by the name in its codes; `StoreError` for one whose PDF is no form any more."""
    rows = session.scalars(select(PrintedForm).order_by(PrintedForm.id))
    return {row.name: Known(row, _printed(files.path(row.pdf_sha256))) for row in rows}


@lru_cache(maxsize=PRINTINGS_HELD)
def _printed(path: Path) -> Printed:
    found = printed_of(path)
    if isinstance(found, NotAForm):
        raise StoreError(f"A printed form that is kept here cannot be opened: {found.detail} Restore it from a backup.")
    return found
