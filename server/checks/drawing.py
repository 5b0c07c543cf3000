"""Drawing by lot what is looked at a second time: each answer that can be drawn is as likely as any other."""

from collections.abc import Sequence
from random import Random, SystemRandom
from typing import Any, Final, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.definition import Form
from forms.layout.model import Kind
from server.catalogue.versions import form_of
from server.checks.comparing import as_decision
from server.errors import NotFoundError
from server.models.form_versions import FormVersion, PrintedForm
from server.models.intake import Batch, Page, Reading, Return
from server.models.officers import Officer
from server.models.review import CHECKED, LookKind, SecondLook
from server.queries.checks import Candidate, candidates, pool
from server.returns.judging import WRITTEN
from server.store import Store
from server.store.locking import alone
from server.trail.recording import note

CHANCE: Final = SystemRandom()
"""Nobody can know what will be drawn, nor draw anew until it suits."""

UNFIT: Final = (WRITTEN, CHECKED)
"""Reasons of doubts that are not shown again: two people hardly type the same words, and checks are no doubts."""

T = TypeVar("T")


def drawn(those: Sequence[T], count: int, chance: Random = CHANCE) -> list[T]:
    """Give so many of those, or all, by lot and in the order of the lot: its beginning is a fair sample too."""
    return chance.sample(those, min(count, len(those)))


def draw(store: Store, batch_id: int, kind: LookKind, count: int, officer: Officer, chance: Random = CHANCE) -> int:
    """Draw so many answers of a batch to be looked at, as far as there are any; give how many were drawn.

    Raises `NotFoundError` where there is no such batch.
    """
    with store.writing() as session:
        alone(session, f"checks of batch {batch_id}")
        batch = session.get(Batch, batch_id)
        if batch is None:
            raise NotFoundError("There is no such batch.")
        make = _accepted if kind is LookKind.ACCEPTED else _decided
        looks = make(session, batch_id, count, chance)
        for look in looks:
            session.add(look)
            session.flush()  # one by one: their numbers keep the order of the lot
        if looks:
            what = f"{kind} answers drawn for a check"
            note(store, session, what, f"batch {batch.uid}", by=officer.uid, detail={"answers": len(looks)})
        return len(looks)


def _accepted(session: Session, batch_id: int, count: int, chance: Random) -> list[SecondLook]:
    chosen = drawn(pool(session, batch_id), count, chance)
    rows = {
        row.id: (row, version_id)
        for row, version_id in session.execute(
            select(Reading, PrintedForm.form_version_id)
            .join(Page, Page.id == Reading.page_id)
            .join(Return, Return.id == Page.return_id)
            .join(PrintedForm, PrintedForm.id == Return.printed_form_id)
            .where(Return.batch_id == batch_id, Reading.id.in_(chosen))
        )
    }
    forms = {number: _form(session, number) for number in {version_id for _, version_id in rows.values()}}
    made = (
        (reading, as_decision(forms[number], reading.question, reading.answer))
        for reading, number in map(rows.__getitem__, chosen)
    )
    return [_look(batch_id, reading.id, LookKind.ACCEPTED, decision.plain()) for reading, decision in made]


def _form(session: Session, version_id: int) -> Form:
    return form_of(session.get_one(FormVersion, version_id))


def _decided(session: Session, batch_id: int, count: int, chance: Random) -> list[SecondLook]:
    fit = [one for one in candidates(session, batch_id, UNFIT) if _is_ticked(one)]
    return [
        _look(batch_id, one.reading_id, LookKind.DECIDED, one.decided, one.officer_id)
        for one in drawn(fit, count, chance)
    ]


def _is_ticked(one: Candidate) -> bool:
    """Tell whether a question is answered by ticks alone."""
    return bool(one.fields) and all(field["kind"] != Kind.TEXT for field in one.fields)


def _look(batch_id: int, reading_id: int, kind: LookKind, first: Any, first_by: int | None = None) -> SecondLook:
    return SecondLook(batch_id=batch_id, reading_id=reading_id, kind=kind, first=first, first_by=first_by, second=None)
