"""One doubt as its page shows it: read from the store in one go."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from server.models.base import now
from server.models.intake import PageState
from server.models.review import DoubtState
from server.queries.review import (
    Found,
    Opinion,
    Wish,
    doubt_found,
    doubts_waiting,
    name_of_officer,
    next_doubt,
    opinions,
)
from server.review.asking import Asked, asked_of
from server.review.framing import Framed, framed
from server.store import Store


@dataclass(frozen=True, slots=True)
class Screen:
    """All that the page of a doubt shows."""

    found: Found
    asked: Asked
    page: Framed | None
    """The picture of its page; none where there is none, or none yet."""
    can_be_pictured: bool
    """Whether pictures lack that can be made."""
    left: int
    next_picture: int | None
    """The reading whose picture comes next, to be fetched ahead."""
    with_whom: str | None
    """The name of another officer who has it before them."""
    opinions: tuple[Opinion, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for a decision."""
        return self.found.doubt.state == DoubtState.OPEN

    @property
    def place(self) -> str:
        """Say where it is: batch, copy and page."""
        batch, copy, page = self.found.batch, self.found.copy_code, self.found.page.form_page
        parts = (batch.name or f"Batch {batch.id}", f"copy {copy}" if copy else "no copy code", f"page {page}")
        return " · ".join(parts)


def screen(store: Store, session: Session, doubt_id: int, officer_id: int, wish: Wish) -> Screen:
    """Give what a doubt's page shows; `NotFoundError` where there is none."""
    found = doubt_found(session, doubt_id)
    doubt, is_open = found.doubt, found.doubt.state == DoubtState.OPEN
    is_theirs = is_open and doubt.leased_by not in (None, officer_id) and (doubt.leased_until or now()) > now()
    lacks = not (found.has_crop or doubt.question == "") or found.page.preview_sha256 is None
    following = next_doubt(session, wish, officer_id, doubt)
    return Screen(
        found=found,
        asked=asked_of(found, store.settings.who()),
        page=page_framed(store, found),
        can_be_pictured=lacks and can_be_read_again(found),
        left=doubts_waiting(session, wish.batch_id),
        next_picture=following.pictured_id if following is not None else None,
        with_whom=name_of_officer(session, doubt.leased_by) if is_theirs else None,
        opinions=() if is_open else tuple(opinions(session, doubt.id)),
    )


def page_framed(store: Store, found: Found) -> Framed | None:
    """Give the picture of a doubt's page with its place; none where there is no picture."""
    name = found.page.preview_sha256
    if name is None or not store.files.has(name):
        return None
    with store.files.open(name) as picture:
        return framed(picture, found.page.outcome or {}, found.doubt.question)


def can_be_read_again(found: Found) -> bool:
    """Tell whether the page's scan is still there to make pictures of."""
    outcome = found.page.outcome
    return found.is_kept and outcome is not None and not outcome.get("typed") and found.page.state != PageState.REMOVED
