"""What the pages of a batch tell of the scanner."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.errors import NotFoundError
from server.models.intake import Page, PageState, ReceivedFile


@dataclass(frozen=True, slots=True)
class Condition:
    """What one page tells of the scanner, as `scanning.condition` wrote it."""

    page_id: int
    told: dict[str, Any]
    has_picture: bool


def conditions(session: Session, batch_id: int) -> list[Condition]:
    """Give what the pages of a batch tell of the scanner, in the order in which they were scanned."""
    rows = session.execute(
        select(Page.id, Page.condition, Page.preview_sha256.is_not(None), Page.state != PageState.REMOVED)
        .join(ReceivedFile, ReceivedFile.id == Page.file_id)
        .where(ReceivedFile.batch_id == batch_id, Page.part == 0)
        .order_by(ReceivedFile.id, Page.number)
    )
    return [Condition(page, told, pictured and kept) for page, told, pictured, kept in rows if told]


def page_shown(session: Session, batch_id: int, page_id: int) -> Page:
    """Give a page of a batch; `NotFoundError` where it is none of its pages."""
    page = session.scalar(select(Page).join(Page.file).where(Page.id == page_id, ReceivedFile.batch_id == batch_id))
    if page is None:
        raise NotFoundError("This page is not of this batch.")
    return page
