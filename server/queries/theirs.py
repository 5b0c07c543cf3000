"""Paper that others printed, without marks of ours: which batches may hold some, and of which form."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from server.models.campaigns import Campaign, CampaignState
from server.models.form_versions import FormVersion, PrintedForm
from server.models.intake import Batch, FileState, Page, PageState, ReceivedFile

UNMARKED: Final = "unmarked"
"""Stands for the edition in the row of a printing that is somebody else's paper as they print it."""


@dataclass(frozen=True, slots=True)
class Lot:
    """Files that are read by the same forms: all that bear our marks, and one that bears none, if any."""

    form_version_id: int | None = None
    """The form whose paper without marks may be among them: the one that their batch's campaign asks."""

    def holds(self) -> ColumnElement[bool]:
        """Give the condition that holds for its batches."""
        return _theirs_of_batch().is_not_distinct_from(self.form_version_id)


def _theirs_of_batch() -> ColumnElement[int | None]:
    asked = select(Campaign.form_version_id).where(Campaign.id == Batch.campaign_id, is_theirs_asked())
    return asked.correlate(Batch).scalar_subquery()


def is_theirs_asked() -> ColumnElement[bool]:
    """Give the condition that a campaign asks a form of which there is paper without marks."""
    return Campaign.form_version_id.in_(select(PrintedForm.form_version_id).where(PrintedForm.edition == UNMARKED))


def lots_waiting(session: Session) -> Sequence[Lot]:
    """Give the lots of which files or single pages wait to be read, first what bears our marks."""
    files = select(ReceivedFile.batch_id).where(ReceivedFile.state == FileState.WAITING)
    pages = select(ReceivedFile.batch_id).join(ReceivedFile.pages).where(Page.state == PageState.WAITING)
    asked = select(_theirs_of_batch()).where(Batch.id.in_(files.union(pages)))
    found = set(session.scalars(asked.distinct()))
    return [Lot(one) for one in sorted(found, key=lambda one: one or 0)]


def others_asked(session: Session, form_version_id: int) -> Sequence[str]:
    """Give the names of paper without marks of all other forms that campaigns ask, the newest first."""
    used = select(Campaign.form_version_id).where(Campaign.state != CampaignState.DRAFT)
    asked = select(PrintedForm.name).where(
        PrintedForm.edition == UNMARKED,
        PrintedForm.form_version_id != form_version_id,
        PrintedForm.form_version_id.in_(used),
    )
    return session.scalars(asked.order_by(PrintedForm.id.desc())).all()


def has_unmarked(session: Session, content_sha256: str) -> bool:
    """Tell whether paper of the form of that content can be read that bears no marks of ours."""
    asked = (
        select(func.count()).select_from(PrintedForm).join(FormVersion, FormVersion.id == PrintedForm.form_version_id)
    )
    asked = asked.where(PrintedForm.edition == UNMARKED, FormVersion.content_sha256 == content_sha256)
    return bool(session.scalar(asked))
