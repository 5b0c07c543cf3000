"""What officers do once a campaign's paper is read: name the pages that were set aside, settle what is in doubt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from server.models.intake import Batch, Page, PageState, ReceivedFile
from server.web.words import today
from tests.demo.browser import Browser, DemoError
from tests.demo.office import Office
from tests.demo.post import Post
from tests.demo.settling import settle
from tests.demo.sheets import PageIn

WHOLE_PICTURE: Final = {"x1": 0, "y1": 0, "x2": 100, "y2": 0, "x3": 100, "y3": 100, "x4": 0, "y4": 100}
"""The corners of the sheet where an officer puts them on the scan of a sheet that was fed straight."""

WAYS: Final[Sequence[Mapping[str, object]]] = ({"where": "look"}, {"where": "corners", **WHOLE_PICTURE})
"""First the machine looks again for the page that it is told of, then it is told where the sheet lies too."""


@dataclass(frozen=True, slots=True)
class Settled:
    """How much officers had to do."""

    doubts: int
    named: int
    unread: int
    """Pages that could not be read even so."""


def settled(office: Office, officer: Browser, post: Post, printing: str) -> Settled:
    """Have somebody say when the paper came, name what was set aside, and settle all doubts."""
    with post.store.reading() as session:
        batches = session.scalars(select(Batch.id)).all()
    for batch in batches:
        office.say_when_it_came(batch, today())
    named = [_named(officer, page, true, printing) for page, true in _aside(post)]
    return Settled(settle(officer, post, batches), sum(named), len(named) - sum(named))


def _aside(post: Post) -> list[tuple[int, PageIn]]:
    """Give the pages that were set aside, with what is true of each."""
    with post.store.reading() as session:
        rows = session.execute(
            select(Page.id, Page.number, ReceivedFile.sha256).join(Page.file).where(Page.state == PageState.SET_ASIDE)
        )
        return [(page, post.files[sha256][number - 1]) for page, number, sha256 in rows]


def _named(officer: Browser, page: int, true: PageIn, printing: str) -> bool:
    """Say which page of which copy it is, as anybody can read it on the sheet; tell whether it could be read then."""
    says = {"printing": printing, "number": true.number, "copy_code": true.copy, "turn": 0}
    for way in WAYS:
        try:
            officer.get(f"/needs-you/pages/{page}")
            officer.send(f"/needs-you/pages/{page}", {**says, **way})
        except DemoError:
            continue
        return True
    return False
