"""Officers, as a list and one by one."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.errors import NotFoundError
from server.models.officers import Officer


def officers_listed(session: Session) -> tuple[Officer, ...]:
    """Give all officers by name, those whose accounts are disabled last."""
    return tuple(
        session.scalars(select(Officer).order_by(Officer.disabled_at.is_not(None), Officer.name, Officer.username))
    )


def officer_with_uid(session: Session, uid: str) -> Officer:
    """Give one officer; `NotFoundError` when there is none of that uid."""
    officer = session.scalar(select(Officer).where(Officer.uid == uid))
    if officer is None:
        raise NotFoundError("There is no such officer. Go back to the list of officers.")
    return officer


def officer_signing_in_as(session: Session, username: str) -> Officer:
    """Give the officer of a username; `NotFoundError` when there is none."""
    officer = session.scalar(select(Officer).where(Officer.username == username.strip().casefold()))
    if officer is None:
        raise NotFoundError(f"there is no officer who signs in as {username}. List them with: sayso user list")
    return officer
