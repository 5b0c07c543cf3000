"""An officer settles the doubts of what is over, one page of Review after the other, knowing what was meant."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select

from server.models.intake import Page, ReceivedFile
from server.queries.review import doubt_found
from server.returns.decisions import How
from server.review.asking import Kind, asked_of
from tests.demo.browser import Answer, Browser, DemoError
from tests.demo.post import Post
from tests.paper.truth import Case

SEVERAL: Final = (Case.TWO_MARKED, Case.TOO_MANY, Case.NOT_ALONE)
"""Where more is marked than may be; of the others nobody can tell, and the officer takes them as blank."""


def settle(browser: Browser, post: Post, batches: Sequence[int]) -> int:
    """Settle all doubts of those batches; give how many."""
    settled = 0
    for batch in batches:
        page = browser.send("/review/", {"order": "sheet", "batch": batch})
        while (doubt := _doubt_on(page)) is not None:
            page = browser.send(f"/review/{doubt}", decision(post, doubt))
            settled += 1
    return settled


def _doubt_on(page: Answer) -> int | None:
    last = page.path.rpartition("/")[2]
    return int(last) if last.isdecimal() else None


def decision(post: Post, doubt_id: int) -> Mapping[str, Any]:
    """Give what the page of a doubt sends when it is settled as it was meant."""
    store = post.store
    with store.reading() as session:
        found = doubt_found(session, doubt_id)
        sha256, number = session.execute(
            select(ReceivedFile.sha256, Page.number).join(Page.file).where(Page.id == found.page.id)
        ).one()
    asked = asked_of(found, store.settings.who())
    page = post.files[sha256][number - 1]
    if asked.kind is Kind.PAGE:
        return {"as": How.SEEN.value}
    name = found.doubt.question
    if asked.kind is Kind.WRITING:
        return {"written": page.words[name]} if name in page.words else {"as": How.BLANK.value}
    truth = page.truths.get(name)
    if truth is None:
        raise DemoError(f"Nothing is known of {name} on page {page.number}.")
    if truth.ambiguous in SEVERAL and asked.may_mean_several:
        return {"as": How.SEVERAL.value}
    if not truth.value:
        return {"as": How.BLANK.value}
    return {"answer": list(truth.value) if isinstance(truth.value, tuple) else [truth.value]}
