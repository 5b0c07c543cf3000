"""Second looks, one by one: which comes next, what one stands on, and on which answers the readings differ."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from server.errors import NotFoundError
from server.models.base import now
from server.models.copies import Copy
from server.models.form_versions import FormVersion, PrintedForm
from server.models.intake import Batch, Crop, Page, Reading, ReceivedFile, Return
from server.models.officers import Officer
from server.models.review import CHECKED, Correction, Doubt, LookKind, SecondLook
from server.queries.review import Found

Third = aliased(SecondLook)


@dataclass(frozen=True, slots=True)
class Difference:
    """A second look that differs from the first reading, with what became of it."""

    look: SecondLook
    third: SecondLook | None
    """The look that settled it; none while nobody took one."""
    names: tuple[str | None, str | None, str | None]
    """Who read it first (none for the machine), second and third."""
    has_crop: bool
    counts: Any
    """What an officer decided that counts in its response; none where the machine's reading does."""


def next_look(session: Session, batch_id: int | None, officer_id: int, after: int | None = None) -> int | None:
    """Give the look that comes next, of those that no other officer has: at best not at what the officer decided."""
    asked = (
        select(SecondLook.id)
        .join(Crop, Crop.reading_id == SecondLook.reading_id)
        .where(SecondLook.looked_at.is_(None), SecondLook.kind != LookKind.THIRD, is_free(officer_id))
    )
    asked = asked if batch_id is None else asked.where(SecondLook.batch_id == batch_id)
    is_own = case((SecondLook.first_by == officer_id, 1), else_=0)
    asked = asked.order_by(is_own, SecondLook.id).limit(1)
    if after is None:
        return session.scalar(asked)
    return session.scalar(asked.where(SecondLook.id > after)) or session.scalar(asked.where(SecondLook.id != after))


def is_free(officer_id: int) -> ColumnElement[bool]:
    """Say, of a look, that no other officer has it before them."""
    return or_(SecondLook.leased_until.is_(None), SecondLook.leased_until < now(), SecondLook.leased_by == officer_id)


def waiting(session: Session, batch_id: int | None = None) -> int:
    """Count the looks that were drawn and that nobody took yet."""
    asked = (
        select(func.count())
        .select_from(SecondLook)
        .join(Crop, Crop.reading_id == SecondLook.reading_id)
        .where(SecondLook.looked_at.is_(None), SecondLook.kind != LookKind.THIRD)
    )
    return session.scalar(asked if batch_id is None else asked.where(SecondLook.batch_id == batch_id)) or 0


def reading_of(session: Session, look_id: int | None) -> int | None:
    """Give the reading that a look is at; None of none."""
    return session.scalar(select(SecondLook.reading_id).where(SecondLook.id == look_id))


def look_found(session: Session, look_id: int) -> tuple[SecondLook, Found]:
    """Give a look and what it stands on; `NotFoundError` where there is none, or its picture was removed."""
    row = session.execute(
        select(
            *(SecondLook, Reading, Page, Return, Batch, FormVersion),
            *(PrintedForm.language, Copy.code, ReceivedFile.kept_sha256),
        )
        .join(Reading, Reading.id == SecondLook.reading_id)
        .join(Crop, Crop.reading_id == Reading.id)
        .join(Page, Page.id == Reading.page_id)
        .join(ReceivedFile, ReceivedFile.id == Page.file_id)
        .join(Return, Return.id == Page.return_id)
        .join(Batch, Batch.id == SecondLook.batch_id)
        .join(PrintedForm, PrintedForm.id == Return.printed_form_id)
        .join(FormVersion, FormVersion.id == PrintedForm.form_version_id)
        .outerjoin(Copy, Copy.id == Return.copy_id)
        .where(SecondLook.id == look_id)
    ).one_or_none()
    if row is None:
        raise NotFoundError("There is no such check any more: its picture was removed. Go on to the next.")
    look, reading, page, returned, batch, version, language, code, kept = row
    return look, Found(
        doubt=Doubt(reading_id=reading.id, question=reading.question, reason=CHECKED),
        reading=reading,
        page=page,
        returned=returned,
        batch=batch,
        version=version,
        language=language,
        copy_code=code,
        has_crop=True,
        is_kept=kept is not None,
    )


def differences(session: Session, batch_id: int) -> list[Difference]:
    """Give a batch's looks that differ from the first reading, those that nobody settled at the top."""
    names = tuple(aliased(Officer) for _ in range(3))
    looks = (SecondLook.first_by, SecondLook.second_by, Third.second_by)
    columns: tuple[Any, ...] = (SecondLook, Third, *(one.name for one in names), Crop.reading_id, _counting())
    asked: Select[*tuple[Any, ...]] = (
        select(*columns)
        .outerjoin(Third, and_(Third.reading_id == SecondLook.reading_id, Third.kind == LookKind.THIRD))
        .outerjoin(Crop, Crop.reading_id == SecondLook.reading_id)
        .where(SecondLook.batch_id == batch_id, SecondLook.agrees.is_(False), SecondLook.kind != LookKind.THIRD)
        .order_by(Third.looked_at.is_not(None), SecondLook.id)
    )
    for officer, who in zip(names, looks, strict=True):
        asked = asked.outerjoin(officer, officer.id == who)
    return [
        Difference(look, third, (first, second, last), crop is not None, counts)
        for look, third, first, second, last, crop, counts in session.execute(asked)
    ]


def _counting() -> Any:
    """Ask for what an officer decided last, and did not take back, of a look's answer."""
    return (
        select(Correction.decided)
        .join(Doubt, Doubt.id == Correction.doubt_id)
        .where(Doubt.reading_id == SecondLook.reading_id, Correction.undone_at.is_(None))
        .order_by(Correction.id.desc())
        .limit(1)
        .correlate(SecondLook)
        .scalar_subquery()
    )


def third_of(session: Session, look: SecondLook) -> SecondLook | None:
    """Give the look that settles, or is to settle, a difference."""
    asked = select(SecondLook).where(SecondLook.reading_id == look.reading_id, SecondLook.kind == LookKind.THIRD)
    return session.scalar(asked.limit(1))


def original_of(session: Session, third: SecondLook) -> SecondLook:
    """Give the look that a third one settles."""
    asked = select(SecondLook).where(SecondLook.reading_id == third.reading_id, SecondLook.kind != LookKind.THIRD)
    return session.scalars(asked.order_by(SecondLook.id.desc()).limit(1)).one()
