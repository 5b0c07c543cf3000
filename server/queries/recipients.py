"""For whom a run is printed: which households, in the order in which the post is sorted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from server.models.campaigns import Invitation
from server.models.copies import RunKind
from server.models.households import Household, HouseholdContact
from server.models.responses import Response

IDS_AT_ONCE = 500
"""Ids in one question to the database: SQLite took 999 at the most for long."""

FIGURES = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Recipient:
    """A household that gets a copy, and where it lives."""

    household_id: int
    code: str
    name: str
    address: str
    """Its lines, one beneath the other."""
    postcode: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Give the lines of its address with the postcode last, which is not repeated where the address has it."""
        lines = [" ".join(line.split()) for line in self.address.splitlines()]
        kept = [line for line in lines if line and not self._is_postcode(line)]
        return (*kept, self.postcode) if self.postcode else tuple(kept)

    def _is_postcode(self, line: str) -> bool:
        return line.replace(" ", "").casefold() == self.postcode.replace(" ", "").casefold()


def recipients(session: Session, campaign_id: int, kind: RunKind) -> tuple[Recipient, ...]:
    """Give the households that a run of this kind goes to, in postal order; none for copies to hand out."""
    return () if kind is RunKind.COPIES else _in_postal_order(session, [_asked(campaign_id, kind)])


def count_of_recipients(session: Session, campaign_id: int, kind: RunKind) -> int:
    """Give how many households a run of this kind goes to, without reading where they live."""
    if kind is RunKind.COPIES:
        return 0
    ids = _asked(campaign_id, kind).with_only_columns(Household.id)
    return session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def _asked(campaign_id: int, kind: RunKind) -> Select[int, str | None, str, str, str]:
    asked = (
        _households()
        .join(Invitation, Invitation.household_id == Household.id)
        .where(Invitation.campaign_id == campaign_id, Invitation.left_out_because.is_(None))
    )
    if kind is RunKind.REMINDER:
        answered = exists().where(Response.campaign_id == campaign_id, Response.household_id == Household.id)
        asked = asked.where(Household.wants_no_reminder.is_(False), ~answered)
    return asked


def recipients_as_now(session: Session, chosen: Sequence[Recipient]) -> tuple[Recipient, ...]:
    """Give the chosen households as the database knows them now, held as they are until the transaction ends.

    Whoever was erased, moved or corrected since they were chosen makes this differ from `chosen`.
    """
    ids = sorted(one.household_id for one in chosen)
    parts = [ids[at : at + IDS_AT_ONCE] for at in range(0, len(ids), IDS_AT_ONCE)]
    for part in parts:
        session.execute(
            select(Household.id).where(Household.id.in_(part)).order_by(Household.id).with_for_update(read=True)
        ).all()
    return _in_postal_order(session, [_households().where(Household.id.in_(part)) for part in parts])


def _households() -> Select[int, str | None, str, str, str]:
    """Ask for households that are here and were not erased, with what the post needs to know of them."""
    return (
        select(
            Household.id,
            Household.code,
            func.coalesce(HouseholdContact.name, ""),
            func.coalesce(HouseholdContact.address, ""),
            func.coalesce(HouseholdContact.postcode, ""),
        )
        .outerjoin(HouseholdContact, HouseholdContact.household_id == Household.id)
        .where(Household.is_here, Household.code.is_not(None))
    )


def _in_postal_order(
    session: Session, questions: Sequence[Select[int, str | None, str, str, str]]
) -> tuple[Recipient, ...]:
    rows = (row for question in questions for row in session.execute(question))
    found = (Recipient(number, code or "", name, address, postcode) for number, code, name, address, postcode in rows)
    return tuple(sorted(found, key=postal_key))


def postal_key(recipient: Recipient) -> tuple[object, ...]:
    """Give what recipients are sorted by: postcode, address with number 2 before number 10, code."""
    return (
        recipient.postcode.replace(" ", "").casefold(),
        tuple(_natural(recipient.address)),
        tuple(_natural(recipient.code)),
    )


def _natural(words: str) -> Iterator[tuple[int, int, str]]:
    """Give the parts of words so that figures are compared by what they count, and come before letters."""
    for part in FIGURES.split(words.casefold()):
        if part:
            yield (0, int(part), part) if part.isdecimal() else (1, 0, part)
