"""Second looks, counted: what there is to check, what can be drawn, and what came of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from server.models.campaigns import Campaign
from server.models.intake import Batch, Crop, Page, Reading, Return, ReturnState
from server.models.review import CHECKED, Correction, Doubt, DoubtState, LookKind, SecondLook

Columns = TypeVarTuple("Columns")

Key = tuple[int, int | None]
"""A batch and the campaign that its copies answer."""

Third = aliased(SecondLook)


@dataclass(frozen=True, slots=True)
class Looked:
    """Second looks of one kind, counted."""

    drawn: int = 0
    checked: int = 0
    agreed: int = 0
    first_right: int = 0
    """Of those that differ: a third look found that the first reading was right."""
    first_wrong: int = 0
    """The same where it was wrong."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A settled doubt that can be shown again."""

    reading_id: int
    decided: Any
    officer_id: int
    fields: Sequence[dict[str, Any]]


def accepted(asked: Select[*Columns]) -> Select[*Columns]:
    """Narrow what is asked of readings to accepted answers of complete copies that were scanned."""
    return (
        asked.join(Page, Page.id == Reading.page_id)
        .join(Return, Return.id == Page.return_id)
        .outerjoin(Doubt, Doubt.reading_id == Reading.id)
        .where(
            Return.state == ReturnState.COMPLETE,
            Return.is_typed.is_(False),
            Reading.reason.is_(None),
            or_(Doubt.id.is_(None), Doubt.reason == CHECKED),
        )
    )


def decided(asked: Select[*Columns], unfit: Iterable[str]) -> Select[*Columns]:
    """Narrow what is asked of doubts to settled ones of complete copies, but for those of reasons that are unfit."""
    standing = Correction.undone_at.is_(None), Correction.decided.is_not(None)
    return (
        asked.join(Return, Return.id == Doubt.return_id)
        .join(Reading, Reading.id == Doubt.reading_id)
        .join(Correction, and_(Correction.doubt_id == Doubt.id, *standing))
        .where(
            Return.state == ReturnState.COMPLETE,
            Doubt.state == DoubtState.SETTLED,
            Doubt.question != "",
            Doubt.reason.not_in(list(unfit)),
        )
    )


def sizes(session: Session, kind: LookKind, unfit: Iterable[str], batch_id: int | None = None) -> dict[Key, int]:
    """Count what there is to check, by batch and campaign: accepted answers, or decisions."""
    key = (Return.batch_id, Return.campaign_id)
    if kind is LookKind.ACCEPTED:
        asked = accepted(select(*key, func.count(Reading.id)).select_from(Reading))
    else:
        asked = decided(select(*key, func.count(func.distinct(Doubt.id))).select_from(Doubt), unfit)
    asked = asked if batch_id is None else asked.where(Return.batch_id == batch_id)
    return {(batch, campaign): count for batch, campaign, count in session.execute(asked.group_by(*key))}


def pool(session: Session, batch_id: int) -> list[int]:
    """Give the readings of a batch's accepted answers that chance chose when they were read, and nobody drew yet."""
    drawn = select(SecondLook.reading_id).where(SecondLook.batch_id == batch_id, SecondLook.kind == LookKind.ACCEPTED)
    asked = accepted(select(Reading.id).select_from(Reading)).join(Crop, Crop.reading_id == Reading.id)
    fit = (Return.batch_id == batch_id, Crop.is_sampled.is_(True), Doubt.id.is_(None), Reading.id.not_in(drawn))
    return list(session.scalars(asked.where(*fit).order_by(Reading.id)))


def pool_sizes(session: Session, batch_id: int | None = None) -> dict[Key, int]:
    """Count the same by batch and campaign, drawn or not."""
    key = (Return.batch_id, Return.campaign_id)
    asked = accepted(select(*key, func.count(Reading.id)).select_from(Reading)).join(Crop)
    asked = asked.where(Crop.is_sampled.is_(True))
    asked = asked if batch_id is None else asked.where(Return.batch_id == batch_id)
    return {(batch, campaign): count for batch, campaign, count in session.execute(asked.group_by(*key))}


def candidates(session: Session, batch_id: int, unfit: Iterable[str]) -> list[Candidate]:
    """Give a batch's decisions that nobody drew yet, each by the last that counts."""
    drawn = select(SecondLook.reading_id).where(SecondLook.batch_id == batch_id, SecondLook.kind == LookKind.DECIDED)
    columns = (Doubt.reading_id, Correction.decided, Correction.officer_id, Reading.fields)
    asked = decided(select(*columns).select_from(Doubt), unfit).join(Crop, Crop.reading_id == Doubt.reading_id)
    rows = session.execute(
        asked.where(Return.batch_id == batch_id, Doubt.reading_id.not_in(drawn)).order_by(Doubt.id, Correction.id)
    )
    return list({row[0]: Candidate(*row) for row in rows}.values())


def looked(session: Session, kind: LookKind, batch_id: int | None = None) -> dict[Key, Looked]:
    """Count second looks by batch and campaign."""
    key = (SecondLook.batch_id, Return.campaign_id)
    asked = (
        select(
            *key,
            func.count(),
            func.count(SecondLook.looked_at),
            *map(_count_if, (SecondLook.agrees, _settled(is_right=True), _settled(is_right=False))),
        )
        .select_from(SecondLook)
        .join(Reading, Reading.id == SecondLook.reading_id)
        .join(Page, Page.id == Reading.page_id)
        .outerjoin(Return, Return.id == Page.return_id)
        .outerjoin(Third, and_(Third.reading_id == SecondLook.reading_id, Third.kind == LookKind.THIRD))
        .where(SecondLook.kind == kind)
        .group_by(*key)
    )
    asked = asked if batch_id is None else asked.where(SecondLook.batch_id == batch_id)
    return {(batch, campaign): Looked(*counts) for batch, campaign, *counts in session.execute(asked)}


def _settled(*, is_right: bool) -> ColumnElement[bool]:
    """Say, of a look that differs, that a third one settled it so."""
    return and_(SecondLook.agrees.is_(False), Third.agrees.is_(is_right))


def _count_if(holds: Any) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((holds, 1), else_=0)), 0)


def campaigns_named(session: Session, ids: Iterable[int]) -> list[Campaign]:
    """Give these campaigns, the latest first."""
    return list(session.scalars(select(Campaign).where(Campaign.id.in_(list(ids))).order_by(Campaign.id.desc())))


def batches_checked(session: Session, ids: Iterable[int]) -> list[Batch]:
    """Give these batches."""
    return list(session.scalars(select(Batch).where(Batch.id.in_(list(ids)))))
