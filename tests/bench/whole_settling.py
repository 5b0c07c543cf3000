"""What officers do once a campaign's paper is read: scan again what could not be read, settle what is in doubt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from server.models.intake import Batch, Page, PageState, ReceivedFile
from server.web.words import today
from tests.demo.browser import Browser
from tests.demo.office import Office
from tests.demo.post import Post
from tests.demo.settling import settle
from tests.demo.sheets import PageIn


@dataclass(frozen=True, slots=True)
class Settled:
    """How much officers had to do."""

    doubts: int
    scanned_again: int
    """Pages that were set aside."""


def settled(office: Office, officer: Browser, post: Post, again: Callable[[PageIn], PageIn]) -> Settled:
    """Have officers scan `again` what was set aside, say when the paper came, and settle all doubts."""
    unread = _aside(post)
    for page, _ in unread:
        officer.get(f"/needs-you/pages/{page}")
        officer.send(f"/needs-you/pages/{page}/ask-again", {})
    if unread:
        post.drop("again", [again(true) for _, true in unread])
        post.wait_until_read()
    with post.store.reading() as session:
        batches: Sequence[int] = session.scalars(select(Batch.id)).all()
    for batch in batches:
        office.say_when_it_came(batch, today())
    return Settled(settle(officer, post, batches), len(unread))


def _aside(post: Post) -> list[tuple[int, PageIn]]:
    """Give the pages that were set aside, with what is true of each."""
    with post.store.reading() as session:
        rows = session.execute(
            select(Page.id, Page.number, ReceivedFile.sha256).join(Page.file).where(Page.state == PageState.SET_ASIDE)
        )
        return [(page, post.files[sha256][number - 1]) for page, number, sha256 in rows]
