"""Taking names and addresses out of what was printed for a household."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from server.models.copies import Copy, PrintRun
from server.models.households import Household


def forget_addresses(session: Session, household_id: int) -> set[str]:
    """Let go of the labels and letters of all runs with this household; give the files that no row names any more.

    The household is held until the transaction ends: a run that is being made just then is kept before it, and so
    found, or is made anew without it.
    """
    session.execute(select(Household.id).where(Household.id == household_id).with_for_update()).all()
    with_household = select(Copy.print_run_id).where(Copy.household_id == household_id)
    named: set[str] = set()
    for run in session.scalars(select(PrintRun).where(PrintRun.id.in_(with_household))):
        named |= {name for name in (run.labels_sha256, run.letters_sha256) if name}
        run.labels_sha256 = run.letters_sha256 = None
    session.flush()
    return {name for name in named if not _is_named(session, name)}


def _is_named(session: Session, name: str) -> bool:
    """Tell whether another run still names a file: the same content is kept once."""
    asked = select(PrintRun.id).where(or_(PrintRun.labels_sha256 == name, PrintRun.letters_sha256 == name)).limit(1)
    return session.scalar(asked) is not None
