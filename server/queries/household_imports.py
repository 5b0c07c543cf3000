"""What was imported, what waits to be, and how columns were matched the last time."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.errors import NotFoundError
from server.models.households import HouseholdImport
from server.models.officers import Officer

RECENT = 10


@dataclass(frozen=True, slots=True)
class MadeImport:
    """An import and the name of whoever made it; none where the command line did."""

    made: HouseholdImport
    officer: str | None


def import_of(session: Session, number: int) -> MadeImport:
    """Give one import; `NotFoundError` when there is none of that number."""
    found = session.execute(
        select(HouseholdImport, Officer.name)
        .outerjoin(Officer, Officer.id == HouseholdImport.officer_id)
        .where(HouseholdImport.id == number)
    ).one_or_none()
    if found is None:
        raise NotFoundError("There is no such import. It may have been given up.")
    return MadeImport(found[0], found[1])


def recent_imports(session: Session) -> tuple[MadeImport, ...]:
    """Give the latest imports, those that wait among them, the latest first."""
    rows = session.execute(
        select(HouseholdImport, Officer.name)
        .outerjoin(Officer, Officer.id == HouseholdImport.officer_id)
        .order_by(HouseholdImport.id.desc())
        .limit(RECENT)
    )
    return tuple(MadeImport(made, name) for made, name in rows)


def matched_before(session: Session) -> dict[str, str]:
    """Give the fields that the headings of the last import were matched with."""
    columns = session.scalar(
        select(HouseholdImport.columns)
        .where(HouseholdImport.applied_at.is_not(None))
        .order_by(HouseholdImport.applied_at.desc(), HouseholdImport.id.desc())
        .limit(1)
    )
    return dict(columns or {})
