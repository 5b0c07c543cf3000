"""Pages → returned copies: which pages belong together, over however many files they came in.

The first page of its number joins the first return of its copy that still lacks it; one that came before opens another
return beside it, which counts only when an officer says so. Pages without a code are put together within their file,
as `scanning.sheets` does it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanning.readings import PageReading, Refusal, SetAside
from scanning.sheets import Received, copies
from server.models.campaigns import Campaign
from server.models.copies import Copy, PrintRun
from server.models.intake import Batch, Page, PageState, ReceivedFile, Return, ReturnState
from server.returns.judging import judge
from server.returns.known import Known, printings
from server.returns.outcomes import reading_of
from server.store import Store
from server.store.locking import alone


@dataclass(frozen=True, slots=True)
class _Came:
    """A page that belongs to no return yet, with its reading."""

    page: Page
    reading: PageReading


def assemble(store: Store, session: Session, file: ReceivedFile) -> list[Return]:
    """Put the pages of a file that was read into returned copies, judge these, and give them.

    Doing it again changes nothing: pages that belong to a return already are left there.
    """
    pages = session.scalars(select(Page).where(Page.file_id == file.id).order_by(Page.number, Page.part)).all()
    known = printings(session, store.files)
    came = [_Came(page, reading_of(page.outcome)) for page in pages if _is_loose(page) and page.outcome is not None]
    batch = session.get_one(Batch, file.batch_id)
    touched: dict[int, Return] = {}
    for one in (*_coded(session, came, known, batch), *_uncoded(session, pages, came, known, batch)):
        touched[one.id] = one
    for one in touched.values():
        session.expire(one, ["pages"])
        judge(store, session, one, known)
    return list(touched.values())


def _is_loose(page: Page) -> bool:
    return page.state == PageState.READ and page.return_id is None


def _coded(session: Session, came: Sequence[_Came], known: Mapping[str, Known], batch: Batch) -> Iterator[Return]:
    """Put pages that bear a copy code into the returns of their copies."""
    by_code: dict[str, list[_Came]] = defaultdict(list)
    for one in came:
        if one.reading.copy is not None:
            by_code[one.reading.copy].append(one)
    alone(session, *(f"returns of {code}" for code in by_code))
    for code, group in by_code.items():
        copy = session.scalar(select(Copy).where(Copy.code == code))
        returns = _returns_of(session, copy) if copy is not None else []
        for one in group:
            yield _placed(session, one, copy, returns, known, batch)


def _returns_of(session: Session, copy: Copy) -> list[Return]:
    """Give the returns of a copy that may still count, the first first."""
    asked = select(Return).where(Return.copy_id == copy.id, Return.state != ReturnState.REJECTED).order_by(Return.id)
    return list(session.scalars(asked))


def _placed(
    session: Session,
    one: _Came,
    copy: Copy | None,
    returns: list[Return],
    known: Mapping[str, Known],
    batch: Batch,
) -> Return:
    """Put a page into the first of its copy's returns that lacks it, or into a new one."""
    printed = known[one.reading.printing]
    same = [given for given in returns if given.printed_form_id == printed.row.id]
    place = next((given for given in same if _lacks(given, one.reading.page)), None)
    if place is None:
        place = Return(batch_id=batch.id, printed_form_id=printed.row.id, copy_id=copy.id if copy else None)
        place.campaign_id = copy.campaign_id if copy else None
        if same:
            place.repeats_id, place.state = same[0].id, ReturnState.REPEATED
        session.add(place)
        returns.append(place)
    _put(session, place, [one])
    return place


def _lacks(given: Return, page: int) -> bool:
    return given.state != ReturnState.COMPLETE and all(have.form_page != page for have in given.pages)


def _put(session: Session, place: Return, group: Iterable[_Came]) -> None:
    session.flush()
    for one in group:
        one.page.return_id = place.id
    session.flush()
    session.expire(place, ["pages"])


def _uncoded(
    session: Session, pages: Sequence[Page], came: Sequence[_Came], known: Mapping[str, Known], batch: Batch
) -> Iterator[Return]:
    """Put pages without a copy code together, as far as their file leaves no doubt whose they are."""
    readings = {one.page.id: one for one in came}
    received = {page.id: Received("", page.number - 1, _outcome(page)) for page in pages}
    by_place = {id(received[key]): one for key, one in readings.items() if one.reading.copy is None}
    printed = {name: one.printed for name, one in known.items()}
    for group in copies(received.values(), printed) if by_place else ():
        mine = [by_place[id(source)] for source in group.sources if id(source) in by_place]
        if group.copy is not None or not mine:
            continue
        row = known[group.printing].row
        place = Return(
            batch_id=batch.id, printed_form_id=row.id, campaign_id=_campaign(session, batch, row.form_version_id)
        )
        place.is_equality, place.is_typed = mine[0].page.is_equality, mine[0].reading.typed
        session.add(place)
        _put(session, place, mine)
        yield place


def _outcome(page: Page) -> PageReading | SetAside:
    if page.outcome is not None and page.state == PageState.READ:
        return reading_of(page.outcome)
    return SetAside(Refusal(page.refusal or Refusal.UNREADABLE), page.set_aside_because or "")


def _campaign(session: Session, batch: Batch, form_version_id: int) -> int | None:
    """Give the campaign that a page without a code answers: its batch's, or the only one that uses its form."""
    uses = set(session.scalars(select(Campaign.id).where(Campaign.form_version_id == form_version_id)))
    if batch.campaign_id in uses:
        return batch.campaign_id
    return next(iter(uses)) if len(uses) == 1 else None


def expected_printing(session: Session, copy_id: int) -> int | None:
    """Give the id of the printed form that a copy was printed on."""
    return session.scalar(
        select(PrintRun.printed_form_id).join(Copy, Copy.print_run_id == PrintRun.id).where(Copy.id == copy_id)
    )
