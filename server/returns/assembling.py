"""Pages → returned copies: which pages belong together, over however many files they came in.

The first page of its number joins the first return of its copy that still lacks it; one that came before opens another
return beside it, which counts only when an officer says so. Pages without a code are put together within their file,
as `scanning.sheets` does it; paper without marks as `server.returns.following` does it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanning.readings import PageReading, Refusal, SetAside
from scanning.sheets import Received, copies
from server.models.campaigns import Campaign
from server.models.copies import Copy
from server.models.intake import Batch, Page, PageState, ReceivedFile, Return, ReturnState
from server.returns.judging import judge
from server.returns.known import Known, printed_by_name, printings
from server.returns.outcomes import reading_of
from server.returns.unmarked import is_loose, put_in_order
from server.store import Store
from server.store.locking import alone

COPIES_AT_ONCE: Final = 10
"""Put together in one transaction: others wait while it lasts, and a copy of four pages takes some 20 ms."""


def assemble(
    store: Store, session: Session, file: ReceivedFile, known: Mapping[str, Known] | None = None
) -> list[Return]:
    """Put pages of a file that was read into returned copies, judge these, and give them: those of some copies at once.

    It is done until nothing comes of it any more. Doing it again changes nothing: pages that belong to a return already
    are left there.
    """
    pages = select(Page).where(Page.file_id == file.id).order_by(Page.number, Page.part)
    loose = session.scalars(pages.where(Page.state == PageState.READ, Page.return_id.is_(None))).all()
    if not any(map(is_loose, loose)):
        return []
    known = known or printings(session, store.files)
    batch = session.get_one(Batch, file.batch_id)
    touched: dict[int, Return] = {}
    made = _coded(session, _marked(loose, known), batch)
    if not made:
        made = list(_uncoded(session, _marked(session.scalars(pages).all(), known), known, batch))
    for one in made or put_in_order(session, file, known, batch, _campaigns(session, batch, known)):
        touched[one.id] = one
    for one in touched.values():
        judge(store, session, one, known)
    return list(touched.values())


def _marked(pages: Sequence[Page], known: Mapping[str, Known]) -> list[Page]:
    """Leave out pages of paper without marks."""
    unmarked = {one.row.id for one in known.values() if one.is_unmarked}
    return [page for page in pages if page.printed_form_id not in unmarked]


def _campaigns(session: Session, batch: Batch, known: Mapping[str, Known]) -> Mapping[int, int | None]:
    """Give the campaigns that paper without marks answers, by its printed form."""
    unmarked = (one.row for one in known.values() if one.is_unmarked)
    return {row.id: _campaign(session, batch, row.form_version_id) for row in unmarked}


def _code(page: Page) -> str | None:
    return page.outcome["copy"] if page.outcome is not None else None


def _coded(session: Session, pages: Sequence[Page], batch: Batch) -> list[Return]:
    """Put pages that bear a copy code into the returns of their copies, as many copies as are done at once."""
    waiting: dict[str, list[Page]] = defaultdict(list)
    for page in filter(is_loose, pages):
        if (code := _code(page)) is not None:
            waiting[code].append(page)
    by_code = {code: waiting[code] for code in islice(waiting, COPIES_AT_ONCE)}
    alone(session, *(f"returns of {code}" for code in by_code))
    return list(_by_copy(session, by_code, batch))


def _by_copy(session: Session, by_code: Mapping[str, Sequence[Page]], batch: Batch) -> Iterator[Return]:
    issued = {copy.code: copy for copy in session.scalars(select(Copy).where(Copy.code.in_(by_code)))}
    returns = _returns_of(session, [copy.id for copy in issued.values()])
    placed: list[tuple[Page, Return]] = []
    for code, group in by_code.items():
        copy = issued.get(code)
        places = returns[copy.id] if copy is not None else []
        placed += [(page, _placed(session, page, copy, places, batch)) for page in group]
    _put(session, placed)
    yield from dict.fromkeys(place for _, place in placed)


@dataclass(frozen=True, slots=True)
class _Place:
    """A return that may still count, with the numbers of the pages that it has."""

    row: Return
    numbers: set[int | None]


def _returns_of(session: Session, copy_ids: Sequence[int]) -> Mapping[int, list[_Place]]:
    """Give the returns of copies that may still count, of each copy the first first."""
    found: dict[int, list[_Place]] = defaultdict(list)
    asked = select(Return).where(Return.copy_id.in_(copy_ids), Return.state != ReturnState.REJECTED)
    for row in session.scalars(asked.order_by(Return.id)):
        found[row.copy_id or 0].append(_Place(row, {page.form_page for page in row.pages}))
    return found


def _placed(session: Session, page: Page, copy: Copy | None, places: list[_Place], batch: Batch) -> Return:
    """Give the first of a copy's returns that lacks a page, or a new one."""
    same = [place for place in places if place.row.printed_form_id == page.printed_form_id]
    place = next((place for place in same if _lacks(place, page.form_page)), None)
    if place is None:
        row = Return(batch_id=batch.id, printed_form_id=page.printed_form_id, copy_id=copy.id if copy else None)
        row.campaign_id = copy.campaign_id if copy else None
        session.add(row)
        if same:
            session.flush()  # the first of them may be new itself
            row.repeats_id, row.state = same[0].row.id, ReturnState.REPEATED
        place = _Place(row, set())
        places.append(place)
    place.numbers.add(page.form_page)
    return place.row


def _lacks(place: _Place, page: int | None) -> bool:
    return place.row.state != ReturnState.COMPLETE and page not in place.numbers


def _put(session: Session, placed: Sequence[tuple[Page, Return]]) -> None:
    session.flush()
    for page, place in placed:
        page.return_id = place.id
    session.flush()
    for _, place in placed:
        session.expire(place, ["pages"])


def _uncoded(session: Session, pages: Sequence[Page], known: Mapping[str, Known], batch: Batch) -> Iterator[Return]:
    """Put pages without a copy code together, as far as their file leaves no doubt whose they are."""
    received = {page.id: Received("", page.number - 1, _outcome(page)) for page in pages}
    by_place = {id(received[page.id]): page for page in filter(is_loose, pages)}
    read = (one.outcome for one in received.values() if isinstance(one.outcome, PageReading))
    for group in copies(received.values(), printed_by_name(known, (one.printing for one in read))):
        mine = [(by_place[id(source)], source.outcome) for source in group.sources if id(source) in by_place]
        if group.copy is not None or not mine:
            continue
        row = known[group.printing].row
        place = Return(
            batch_id=batch.id, printed_form_id=row.id, campaign_id=_campaign(session, batch, row.form_version_id)
        )
        page, outcome = mine[0]
        place.is_equality, place.is_typed = page.is_equality, isinstance(outcome, PageReading) and outcome.typed
        session.add(place)
        _put(session, [(page, place) for page, _ in mine])
        yield place


def _outcome(page: Page) -> PageReading | SetAside:
    if page.outcome is not None and page.state in (PageState.READ, PageState.SETTLED):
        return reading_of(page.outcome)
    return SetAside(Refusal(page.refusal or Refusal.UNREADABLE), page.set_aside_because or "")


def _campaign(session: Session, batch: Batch, form_version_id: int) -> int | None:
    """Give the campaign that a page without a code answers: its batch's, or the only one that uses its form."""
    uses = set(session.scalars(select(Campaign.id).where(Campaign.form_version_id == form_version_id)))
    if batch.campaign_id in uses:
        return batch.campaign_id
    return next(iter(uses)) if len(uses) == 1 else None
