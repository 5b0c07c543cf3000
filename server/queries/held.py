"""All rows that are held about one subject, whichever table they are in.

Finding, handing over and erasing all go by this one list; a test fails when a table is added that it leaves out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeVar, cast

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from server.models.alerts import Alert
from server.models.base import Base
from server.models.campaigns import Invitation
from server.models.copies import Copy
from server.models.households import Household, HouseholdContact
from server.models.intake import Crop, Page, PageState, Reading, ReceivedFile, Return
from server.models.responses import Answer, ContactDetails, Response
from server.models.review import Correction, Doubt, SecondLook
from server.models.sittings import Sitting
from server.queries.subjects import Subject, SubjectKind

M = TypeVar("M", bound=Base)

TABLES: Final[tuple[type[Base], ...]] = (
    Household,
    HouseholdContact,
    Invitation,
    Copy,
    Response,
    Answer,
    ContactDetails,
    Alert,
    Return,
    Page,
    Reading,
    Crop,
    Doubt,
    Correction,
    SecondLook,
    Sitting,
)
"""Every table with a row that leads to a person, from the household down to what was read on its paper."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is held about one subject."""

    subject: Subject
    rows: dict[type[Base], tuple[Base, ...]]
    files: tuple[ReceivedFile, ...]
    """Received files with pages of theirs, and of others: a batch is many people's."""

    def of(self, model: type[M]) -> tuple[M, ...]:
        """Give the rows of one table."""
        return cast(tuple[M, ...], self.rows[model])

    def pages_by_file(self) -> dict[str, tuple[int, ...]]:
        """Give the numbers of their pages in each file that is kept."""
        kept = {file.id: file.kept_sha256 for file in self.files}
        numbers: dict[str, set[int]] = {}
        for page in self.of(Page):
            name = kept[page.file_id]
            if name is not None and page.state != PageState.REMOVED:
                numbers.setdefault(name, set()).add(page.number)
        return {name: tuple(sorted(found)) for name, found in sorted(numbers.items())}

    def is_nothing(self) -> bool:
        """Tell whether nothing is left that could be erased."""
        return not (
            any(household.code is not None for household in self.of(Household))
            or any(copy.code is not None for copy in self.of(Copy))
            or any(not response.is_erased for response in self.of(Response))
            or any(page.state != PageState.REMOVED for page in self.of(Page))
            or self.rows[HouseholdContact]
            or self.rows[ContactDetails]
            or self.rows[Reading]
            or self.rows[Sitting]
        )


def held_about(session: Session, subject: Subject) -> Held:
    """Give all that is held about a subject."""
    copies, responses = _copies_and_responses(session, subject)
    households = {subject.id} if subject.kind == SubjectKind.HOUSEHOLD else set()
    pages, files = _pages(session, copies, responses)
    readings = _rows(session, Reading, Reading.page_id.in_(_ids(pages)))
    doubts = _rows(session, Doubt, Doubt.reading_id.in_(_ids(readings)))
    response_ids, returns = _ids(responses), _returns(session, copies, responses, pages)
    found: dict[type[Base], tuple[Base, ...]] = {
        Household: _rows(session, Household, Household.id.in_(households)),
        HouseholdContact: _rows(session, HouseholdContact, HouseholdContact.household_id.in_(households)),
        Invitation: _rows(session, Invitation, Invitation.household_id.in_(households)),
        Copy: copies,
        Response: responses,
        Answer: _rows(session, Answer, Answer.response_id.in_(response_ids)),
        ContactDetails: _rows(session, ContactDetails, ContactDetails.response_id.in_(response_ids)),
        Alert: _alerts(session, response_ids, _ids(returns)),
        Return: returns,
        Page: pages,
        Reading: readings,
        Crop: _rows(session, Crop, Crop.reading_id.in_(_ids(readings))),
        Doubt: doubts,
        Correction: _rows(
            session,
            Correction,
            or_(Correction.response_id.in_(response_ids), Correction.doubt_id.in_(_ids(doubts))),
        ),
        SecondLook: _rows(session, SecondLook, SecondLook.reading_id.in_(_ids(readings))),
        Sitting: _sittings(session, copies, responses),
    }
    return Held(subject, found, files)


def _copies_and_responses(session: Session, subject: Subject) -> tuple[tuple[Copy, ...], tuple[Response, ...]]:
    if subject.kind == SubjectKind.RESPONSE:
        return (), _rows(session, Response, Response.id == subject.id)
    if subject.kind == SubjectKind.COPY:
        copies = _rows(session, Copy, Copy.id == subject.id)
        return copies, _rows(session, Response, Response.copy_id.in_(_ids(copies)))
    copies = _rows(session, Copy, Copy.household_id == subject.id)
    through_them = Response.copy_id.in_(_ids(copies))
    responses = _rows(session, Response, or_(Response.household_id == subject.id, through_them))
    handed_out = {response.copy_id for response in responses} - _ids(copies)
    return copies + _rows(session, Copy, Copy.id.in_(handed_out - {None}), Copy.household_id.is_(None)), responses


def _alerts(session: Session, response_ids: Iterable[int], return_ids: Iterable[int]) -> tuple[Alert, ...]:
    """Give the alerts of their responses, and of their copies that have none yet; each asked for by itself."""
    named = ((Alert.response_id, response_ids), (Alert.return_id, return_ids))
    return tuple(one for column, ids in named if ids for one in _rows(session, Alert, column.in_(ids)))


def _sittings(session: Session, copies: Iterable[Copy], responses: Iterable[Response]) -> tuple[Sitting, ...]:
    """Give what they are doing at a kiosk at this moment, or have just done."""
    codes = [copy.code for copy in copies if copy.code is not None]
    receipts = [response.receipt for response in responses]
    if not codes and not receipts:
        return ()
    return _rows(session, Sitting, or_(Sitting.copy_code.in_(codes), Sitting.receipt.in_(receipts)))


def _returns(
    session: Session, copies: Iterable[Copy], responses: Iterable[Response], pages: Iterable[Page]
) -> tuple[Return, ...]:
    """Give their copies as they came back."""
    named = (
        (Return.copy_id, _ids(copies)),
        (Return.response_id, _ids(responses)),
        (Return.id, {page.return_id for page in pages} - {None}),
    )
    found = {one.id: one for column, ids in named if ids for one in _rows(session, Return, column.in_(ids))}
    return tuple(one for _, one in sorted(found.items()))


def _pages(
    session: Session, copies: Iterable[Copy], responses: Iterable[Response]
) -> tuple[tuple[Page, ...], tuple[ReceivedFile, ...]]:
    """Give their pages, whichever reader saw them and whichever row names the same file, and the files."""
    own = _own_pages(session, copies, responses)
    if not own:
        return (), ()
    files = _rows(session, ReceivedFile, ReceivedFile.id.in_({page.file_id for page in own}))
    kept = {file.id: file.kept_sha256 or str(file.id) for file in files}
    theirs = {(kept[page.file_id], page.number) for page in own}
    twins = _rows(session, ReceivedFile, ReceivedFile.kept_sha256.in_(kept.values()))
    every = {file.id: file for file in (*files, *twins)}
    kept |= {file.id: file.kept_sha256 or str(file.id) for file in twins}
    pages = _rows(session, Page, Page.file_id.in_(every))
    return tuple(page for page in pages if (kept[page.file_id], page.number) in theirs), tuple(every.values())


def _own_pages(session: Session, copies: Iterable[Copy], responses: Iterable[Response]) -> tuple[Page, ...]:
    """Give the pages that name one of these; each asked for by itself, for no index helps where a list is empty."""
    named = ((Page.copy_id, _ids(copies)), (Page.response_id, _ids(responses)))
    found = {page.id: page for column, ids in named if ids for page in _rows(session, Page, column.in_(ids))}
    return tuple(page for _, page in sorted(found.items()))


def _rows(session: Session, model: type[M], *where: ColumnElement[bool]) -> tuple[M, ...]:
    order = model.__mapper__.primary_key
    return tuple(session.scalars(select(model).where(*where).order_by(*order)))


def _ids(rows: Iterable[Copy | Response | Return | Page | Reading | Doubt]) -> set[int]:
    return {row.id for row in rows}
