"""Erasing a person: nothing that tells who they are is left; what they chose goes on counting.

First the pages are taken out of copies of the received files, which may take a while and holds nobody up. Then one
transaction changes all rows. The journal is written just before it is kept: an erasure that stands in the journal
alone is only made once more. Last the old files are removed and the database's own leavings overwritten.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.errors import NotFoundError, RefusedError
from server.models.audit import Erasure
from server.models.households import Household
from server.models.intake import Page
from server.models.officers import Officer
from server.models.responses import Response
from server.people.forgetting import forget
from server.people.taking_out import without_pages
from server.people.tidying import tidy
from server.queries.held import Held, held_about
from server.queries.subjects import Subject, SubjectKind, subject_named, subject_of_response
from server.store import Store, erasure_journal
from server.store.files import Files
from server.store.references import remove_unnamed
from server.trail.recording import note

TRIES: Final = 5
"""How often pages that came in meanwhile are looked for again; a batch comes in every few minutes at most."""

Cut = tuple[str, tuple[int, ...]]
"""A kept file, and the numbers of the pages to take out of it."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What an erasure did, in counts."""

    responses: int
    pages: int
    files: int
    is_tidy: bool
    """Whether the database's file was written anew, so that no byte of it is left there."""


def erase(store: Store, reference: str, *, by: Officer | None) -> Gone:
    """Erase everything that tells who a subject is; `NotFoundError` when nothing is left to erase.

    Raises `RefusedError` when a received file cannot be taken apart, or while the paper of a copy that was handed out
    still waits for its response; then nothing was changed.
    """
    began = datetime.now(UTC)
    made: dict[Cut, str | None] = {}
    try:
        for _ in range(TRIES):
            erased = _tried(store, reference, made, by)
            if erased is not None:
                held, loose = erased
                files = remove_unnamed(store, loose, untouched_since=began)
                return Gone(len(held.of(Response)), len(held.of(Page)), files, tidy(store))
    finally:
        remove_unnamed(store, [name for name in made.values() if name], untouched_since=datetime.now(UTC))
    raise RefusedError("More paper of theirs is coming in at this moment. Nothing was erased. Try again in a minute.")


def _tried(
    store: Store, reference: str, made: dict[Cut, str | None], by: Officer | None
) -> tuple[Held, set[str]] | None:
    """Erase, and give what was held and the files no longer named; None when a page came in meanwhile."""
    with store.files.keeping():
        with store.reading() as session:
            held = _something(session, reference)
        _take_out(store.files, held, made)
        with store.writing() as session:
            held = _something(session, reference)
            if not _cuts(held) <= made.keys():
                return None
            return held, _erased(store, session, held, made, by)


def erase_again(files: Files, session: Session, household_uid: str | None, response_uids: Sequence[str]) -> set[str]:
    """Make one erasure of the journal again in a database that was restored; give the files no longer named.

    Where the database knows none of these uids, it does nothing.
    """
    households = session.scalars(select(Household.id).where(Household.uid == household_uid))
    subjects = {Subject(SubjectKind.HOUSEHOLD, household) for household in households}
    for response in session.scalars(select(Response).where(Response.uid.in_(response_uids))):
        subjects.add(subject_of_response(session, response))
    loose: set[str] = set()
    for subject in sorted(subjects):
        held = held_about(session, subject)
        made: dict[Cut, str | None] = {}
        _take_out(files, held, made)
        loose |= forget(session, held, _by_name(made))
    return loose


def _something(session: Session, reference: str) -> Held:
    """Give what is held about a subject, which must be something that can be erased now."""
    held = held_about(session, subject_named(session, reference))
    if held.is_nothing():
        raise NotFoundError(f"Nothing is held under {held.subject} that could be erased: it was erased before.")
    if held.subject.kind == SubjectKind.COPY and not held.of(Response):
        raise RefusedError(
            f"The paper of {held.subject} has no response yet. Let an officer finish reviewing it, then erase it."
        )
    return held


def _erased(store: Store, session: Session, held: Held, made: Mapping[Cut, str | None], by: Officer | None) -> set[str]:
    """Change all rows, note it, and write the journal as the last thing before the transaction is kept."""
    uids = sorted({response.uid for response in held.of(Response) if not response.is_erased})
    household_uid = next((household.uid for household in held.of(Household)), None)
    counts = {"responses": len(uids), "pages": len(held.of(Page))}
    loose = forget(session, held, _by_name(made))
    session.add(Erasure(officer_id=by.id if by else None, household_uid=household_uid, response_uids=uids))
    session.flush()
    note(
        store,
        session,
        "person erased",
        f"household {household_uid}" if household_uid else str(held.subject).replace("-", " "),
        by=by.uid if by else None,
        detail=counts,
    )
    erasure_journal.append(store, household_uid, uids)
    return loose


def _cuts(held: Held) -> set[Cut]:
    return set(held.pages_by_file().items())


def _take_out(files: Files, held: Held, made: dict[Cut, str | None]) -> None:
    """Add what each file becomes without their pages; None for a file that holds nothing else, or is lost already."""
    for name, numbers in sorted(_cuts(held) - made.keys()):
        made[name, numbers] = without_pages(files, name, numbers) if files.has(name) else None


def _by_name(made: Mapping[Cut, str | None]) -> dict[str, str | None]:
    return {name: new for (name, _), new in made.items()}
