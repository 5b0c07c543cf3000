"""Erasures that were made since a backup: they are made again on what is restored from it."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.models.audit import Erasure
from server.people import erasing
from server.store import Store, erasure_journal
from server.store.erasure_journal import Erased


def known(store: Store, session: Session, copied: Path | None) -> list[Erased]:
    """Give every erasure that is known here: of the journal, of the database and of a journal copied from elsewhere."""
    rows = session.execute(select(Erasure.made_at, Erasure.household_uid, Erasure.response_uids).order_by(Erasure.id))
    found = [
        *erasure_journal.read(store),
        *(Erased(made_at=at, household_uid=household, response_uids=tuple(uids)) for at, household, uids in rows),
        *(erasure_journal.read_file(copied) if copied else ()),
    ]
    return list({one.same(): one for one in reversed(found)}.values())[::-1]


def make_again(staging: Store, erased: list[Erased]) -> set[str]:
    """Erase again in what is to be restored; give the files that are no longer named."""
    loose: set[str] = set()
    with staging.writing() as session:
        noted = {one.same() for one in known(staging, session, None)}
        for one in erased:
            loose |= erasing.erase_again(staging.files, session, one.household_uid, one.response_uids)
            if one.same() not in noted:
                session.add(
                    Erasure(
                        made_at=one.made_at,
                        household_uid=one.household_uid,
                        response_uids=list(one.response_uids),
                    )
                )
    return loose


def note_in_journal(store: Store, erased: list[Erased]) -> None:
    """Put those into the journal that are not in it, so that the next restore makes them again too."""
    noted = {one.same() for one in erasure_journal.read(store)}
    for one in erased:
        if one.same() not in noted:
            erasure_journal.append(store, one.household_uid, one.response_uids, made_at=one.made_at)
