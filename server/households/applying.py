"""Households as the file has them → the database: new ones added, others brought up to date, missing ones marked.

All is compared in memory and written in bulk, within the caller's transaction. The file is the whole truth about a
household but for one thing: a wish not to be reminded is taken from it, and never taken back by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Row as SqlRow
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from server.households.fields import LENGTHS, Field
from server.households.homes import Home
from server.models.base import Base, now
from server.models.households import Household, HouseholdContact

HOUSEHOLDS: Final = Base.metadata.tables[Household.__tablename__]
CONTACTS: Final = Base.metadata.tables[HouseholdContact.__tablename__]
"""Rows in bulk go past the ORM, which takes twice the time for them."""

KNOWN: Final = {
    "area": Field.AREA,
    "scheme": Field.SCHEME,
    "tenure": Field.TENURE,
    "age_band": Field.AGE_BAND,
    "property_type": Field.PROPERTY_TYPE,
}
REACHED: Final = {
    "name": Field.NAME,
    "address": Field.ADDRESS,
    "postcode": Field.POSTCODE,
    "phone": Field.PHONE,
    "email": Field.EMAIL,
}


@dataclass(slots=True)
class Changes:
    """What is to be written, in rows."""

    new: list[dict[str, Any]] = field(default_factory=list)
    new_contacts: list[dict[str, Any]] = field(default_factory=list)
    """Of new households; named by `code` instead of their number."""
    changed: list[dict[str, Any]] = field(default_factory=list)
    changed_contacts: list[dict[str, Any]] = field(default_factory=list)
    missing_contacts: list[dict[str, Any]] = field(default_factory=list)
    gone: list[dict[str, Any]] = field(default_factory=list)
    updated: int = 0
    """Households of which anything changed."""
    unchanged: int = 0


def apply_homes(session: Session, homes: Mapping[str, Home]) -> Changes:
    """Write the households of a file; give what was written."""
    changes = _compared(homes, _kept(session))
    if changes.new:
        session.execute(insert(HOUSEHOLDS), changes.new)  # no RETURNING: psycopg takes seconds over its long statements
        numbers = {row.code: row.id for row in session.execute(select(Household.code, Household.id))}
        rows = [{"household_id": numbers[row.pop("code")], **row} for row in changes.new_contacts]
        session.execute(insert(CONTACTS), rows)
    if changes.missing_contacts:
        session.execute(insert(CONTACTS), changes.missing_contacts)
    for table, rows in (
        (Household, changes.changed),
        (HouseholdContact, changes.changed_contacts),
        (Household, changes.gone),
    ):
        if rows:
            session.execute(update(table), rows)
    return changes


def _kept(session: Session) -> dict[str, SqlRow[Any]]:
    """Give all households that have a code, by code, each with its contact."""
    columns = [getattr(Household, name) for name in ("id", "code", *KNOWN, "profile", "wants_no_reminder", "is_here")]
    contact = [getattr(HouseholdContact, name) for name in ("household_id", *REACHED)]
    asked = select(*columns, *contact).outerjoin(Household.contact).where(Household.code.is_not(None))
    return {row.code: row for row in session.execute(asked)}


def _compared(homes: Mapping[str, Home], kept: Mapping[str, SqlRow[Any]]) -> Changes:
    changes, moment = Changes(), now()
    for code, home in homes.items():
        if (row := kept.get(code)) is None:
            changes.new.append({"uid": str(uuid4()), "code": code, "updated_at": moment, **_known(home)})
            changes.new_contacts.append({"code": code, **_contact(home)})
        else:
            _compare(row, home, changes)
    for code, row in kept.items():
        if row.is_here and code not in homes:
            changes.gone.append({"id": row.id, "is_here": False, "updated_at": moment})
    return changes


def _compare(row: SqlRow[Any], home: Home, changes: Changes) -> None:
    known, contact = _known(home), _contact(home)
    known["wants_no_reminder"] = home.wants_no_reminder or row.wants_no_reminder
    is_known = all(getattr(row, name) == value for name, value in known.items())
    is_reached = all(getattr(row, name) == contact[name] for name in REACHED)
    if not is_known or not is_reached:
        changes.updated += 1
        changes.changed.append({"id": row.id, "updated_at": now(), **known})
    else:
        changes.unchanged += 1
    if not is_reached:
        where = changes.missing_contacts if row.household_id is None else changes.changed_contacts
        where.append({"household_id": row.id, **contact})


def _known(home: Home) -> dict[str, Any]:
    return {
        **{name: home.texts.get(what, "") for name, what in KNOWN.items()},
        "profile": dict(home.profile),
        "wants_no_reminder": home.wants_no_reminder,
        "is_here": True,
    }


def _contact(home: Home) -> dict[str, Any]:
    texts = {name: home.texts.get(what, "") for name, what in REACHED.items()}
    return {**texts, "name_folded": texts["name"].casefold()[: LENGTHS[Field.NAME]]}
