"""Names and addresses that were printed or uploaded: labels, letters, and lists of households."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from server.models.copies import PrintRun
from server.models.households import HouseholdImport
from server.retention.counting import Found, counted
from server.store import Store


def _due_runs(before: datetime) -> ColumnElement[bool]:
    has_addresses = or_(PrintRun.labels_sha256.is_not(None), PrintRun.letters_sha256.is_not(None))
    return and_(has_addresses, PrintRun.ready_at < before)


def find_runs(session: Session, before: datetime) -> Found:
    """Count the print runs whose labels or letters are due."""
    return counted(session, PrintRun.ready_at, _due_runs(before))


def remove_runs(store: Store, session: Session, before: datetime, _: Mapping[str, str | None]) -> set[str]:
    """Let go of their labels and letters; the run and its codes stay."""
    del store
    loose: set[str] = set()
    for run in session.scalars(select(PrintRun).where(_due_runs(before))):
        loose |= {name for name in (run.labels_sha256, run.letters_sha256) if name}
        run.labels_sha256 = run.letters_sha256 = None
    return loose


def _due_lists(before: datetime) -> ColumnElement[bool]:
    return and_(HouseholdImport.file_sha256.is_not(None), HouseholdImport.made_at < before)


def find_lists(session: Session, before: datetime) -> Found:
    """Count the uploaded lists that are due."""
    return counted(session, HouseholdImport.made_at, _due_lists(before))


def remove_lists(store: Store, session: Session, before: datetime, _: Mapping[str, str | None]) -> set[str]:
    """Let go of the uploaded files."""
    del store
    loose: set[str] = set()
    for one in session.scalars(select(HouseholdImport).where(_due_lists(before))):
        loose.add(str(one.file_sha256))
        one.file_sha256 = None
    return loose
