"""What people answered, how to reach them, and who lived in homes that are no longer on the list."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from server.models.households import Household, HouseholdContact
from server.models.intake import Page, ReceivedFile, Return
from server.models.responses import ContactDetails, Response
from server.retention.counting import Found, counted
from server.retention.pages import Cuts, cuts, removed
from server.store import Store


def _due_contacts(before: datetime) -> ColumnElement[bool]:
    came_before = select(Response.id).where(Response.received_on < before.date())
    never = and_(ContactDetails.replied_at.is_(None), ContactDetails.response_id.in_(came_before))
    return or_(ContactDetails.replied_at < before, never)


def find_contacts(session: Session, before: datetime) -> Found:
    """Count the contact details that are due, by the day of their response."""
    both = ContactDetails.__table__.join(Response.__table__)
    return counted(session, Response.received_on, _due_contacts(before), of=both)


def remove_contacts(store: Store, session: Session, before: datetime, _: Mapping[str, str | None]) -> set[str]:
    """Remove the contact details; the response stays."""
    del store
    session.execute(delete(ContactDetails).where(_due_contacts(before)))
    return set()


def _due_responses(before: datetime) -> ColumnElement[bool]:
    return Response.received_on < before.date()


def _their_pages(before: datetime) -> ColumnElement[bool]:
    return Page.response_id.in_(select(Response.id).where(_due_responses(before)))


def find_responses(session: Session, before: datetime) -> Found:
    """Count the responses that are due."""
    return counted(session, Response.received_on, _due_responses(before))


def prepare_responses(store: Store, session: Session, before: datetime) -> Cuts:
    """Make what files become without the pages of the responses that are due."""
    return cuts(store, session, _their_pages(before))


def remove_responses(store: Store, session: Session, before: datetime, prepared: Cuts) -> set[str]:
    """Remove responses with their answers, contact details and pages; a response whose scan is in use waits."""
    del store
    loose = removed(session, _their_pages(before), prepared)
    still = (
        select(Page.response_id)
        .join(Page.file)
        .where(Page.response_id.is_not(None), ReceivedFile.kept_sha256.in_(_named_still(session, before, prepared)))
    )
    going = select(Response.id).where(_due_responses(before), Response.id.not_in(still))
    session.execute(delete(Page).where(Page.response_id.in_(going)))
    _remove_returns(session, select(Return.id).where(Return.response_id.in_(going)))
    session.execute(delete(Response).where(_due_responses(before), Response.id.not_in(still)))
    return loose


def _remove_returns(session: Session, which: Select[int]) -> None:
    """Remove copies as they came back; another return of the same copy, which did not count, waits for its own time."""
    session.execute(update(Page).where(Page.return_id.in_(which)).values(return_id=None))
    session.execute(update(Return).where(Return.repeats_id.in_(which)).values(repeats_id=None))
    session.execute(delete(Return).where(Return.id.in_(which)))


def _named_still(session: Session, before: datetime, prepared: Cuts) -> set[str]:
    """Give the files with pages of due responses that were not prepared: they came in just now."""
    named = session.scalars(
        select(ReceivedFile.kept_sha256).join(ReceivedFile.pages).where(_their_pages(before)).distinct()
    )
    return {name for name in named if name is not None} - {name for name in prepared.values() if name is not None}


def _gone(before: datetime) -> ColumnElement[bool]:
    return and_(Household.is_here.is_(False), Household.updated_at < before)


def find_gone(session: Session, before: datetime) -> Found:
    """Count the gone households whose names and addresses are due."""
    both = HouseholdContact.__table__.join(Household.__table__)
    return counted(session, Household.updated_at, _gone(before), of=both)


def remove_gone(store: Store, session: Session, before: datetime, _: Mapping[str, str | None]) -> set[str]:
    """Remove their names and addresses; the household stays, for what its area answered."""
    del store
    homes = select(Household.id).where(_gone(before))
    session.execute(delete(HouseholdContact).where(HouseholdContact.household_id.in_(homes)))
    return set()
