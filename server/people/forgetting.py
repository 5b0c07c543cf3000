"""What erasing does to the rows of each table. It works in any session whose rows are the models."""

import re
import secrets
from collections.abc import Mapping
from hashlib import sha256
from uuid import uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from forms.kinds import Question
from server.catalogue.versions import form_of
from server.models.alerts import Alert
from server.models.campaigns import Invitation
from server.models.collected import CollectedImport
from server.models.copies import Copy
from server.models.form_versions import FormVersion
from server.models.households import Household, HouseholdContact, HouseholdImport
from server.models.intake import Arrival, Crop, Page, PageState, Reading, ReceivedFile, Return, ReturnState
from server.models.responses import Answer, ContactDetails, Response
from server.models.review import Correction, Doubt, SecondLook
from server.models.sittings import Sitting
from server.queries.held import Held
from server.runs.forgetting import forget_addresses

ERASED = "erased"
"""Stands where a word must stand."""

REMOVED_FILE = "removed file"
RENAMED_FILE = "renamed file"


def forget(session: Session, held: Held, rewritten: Mapping[str, str | None]) -> set[str]:
    """Take all that tells who somebody is out of the rows; give the files that are no longer named.

    `rewritten` says what each kept file with their pages becomes: another, or none.
    """
    loose: set[str] = set()
    for household in held.of(Household):
        loose |= forget_addresses(session, household.id)
        loose |= _drop_waiting_imports(session)
    loose |= _drop_collected(session, held) | _forget_paper(session, held, rewritten)
    for sitting in held.of(Sitting):
        session.delete(sitting)
    _forget_responses(session, held)
    _forget_households(session, held)
    session.flush()
    return loose


def rename(session: Session, file: ReceivedFile, name: str) -> None:
    """Give a received file another name, under which it also came."""
    file.name = name
    session.execute(update(Arrival).where(Arrival.file_id == file.id).values(name=name))


def is_named_after(held: Held, name: str) -> bool:
    """Tell whether a file's name names somebody: by a part of their name, or by a code of theirs."""
    codes = {household.code for household in held.of(Household)} | {copy.code for copy in held.of(Copy)}
    codes |= {response.receipt for response in held.of(Response)}
    named = [contact.name for contact in held.of(HouseholdContact)]
    named += [str(details.details.get("name") or "") for details in held.of(ContactDetails)]
    parts = {part for one in named for part in _parts(one) if len(part) > 1}
    packed = "".join(_parts(name))
    return bool(parts & set(_parts(name))) or any("".join(_parts(code)) in packed for code in codes if code)


def _parts(words: str) -> list[str]:
    return [part for part in re.split(r"[\W_]+", words.casefold()) if part]


def _drop_waiting_imports(session: Session) -> set[str]:
    """Let go of imports that wait for their columns: such a file holds every household, this one too."""
    waiting = select(HouseholdImport).where(HouseholdImport.file_sha256.is_not(None))
    dropped = set()
    for one in session.scalars(waiting):
        dropped.add(str(one.file_sha256))
        one.file_sha256 = None
    return dropped


def _drop_collected(session: Session, held: Held) -> set[str]:
    """Let go of tables of answers that wait, and of rows that were refused: any of them may be this person's."""
    dropped: set[str] = set()
    for one in session.scalars(select(CollectedImport)):
        dropped |= {name for name in (one.file_sha256, one.refused_sha256) if name}
        one.refused_sha256 = None
        if is_named_after(held, one.name):
            one.name = RENAMED_FILE
        if one.applied_at is None:
            session.delete(one)
    return dropped


def _forget_paper(session: Session, held: Held, rewritten: Mapping[str, str | None]) -> set[str]:
    loose: set[str] = set()
    for file in held.files:
        kept = file.kept_sha256
        if kept is not None and kept in rewritten:
            loose.add(kept)
            file.kept_sha256 = rewritten[kept]
        _rename(session, held, file)
    for page in held.of(Page):
        if page.preview_sha256 is not None:
            loose.add(page.preview_sha256)
        page.preview_sha256 = page.set_aside_because = page.outcome = None
        page.state = PageState.REMOVED
    _forget_returns(held)
    _forget_readings(session, held)
    return loose


def _rename(session: Session, held: Held, file: ReceivedFile) -> None:
    """Take a file's name away where it is no longer kept, or names them."""
    if file.kept_sha256 is None:
        file.set_aside_because = None
        rename(session, file, REMOVED_FILE)
        return
    names = [file.name, *session.scalars(select(Arrival.name).where(Arrival.file_id == file.id))]
    if any(is_named_after(held, name) for name in names):
        rename(session, file, RENAMED_FILE)


def _forget_returns(held: Held) -> None:
    """Take out what tells whose copies came back; those that had not become responses never will."""
    for one in held.of(Return):
        one.uid = str(uuid4())
        if one.state != ReturnState.COMPLETE:
            one.state, one.decided_because = ReturnState.REJECTED, ERASED
        elif one.decided_because is not None:
            one.decided_because = ERASED


def _forget_readings(session: Session, held: Held) -> None:
    """Remove what was read on their pages; corrections stay with the response, without what was written."""
    questions = _questions(session, held)
    for correction in held.of(Correction):
        question = questions.get((correction.response_id, correction.question))
        if correction.response_id is None:
            session.delete(correction)
            continue
        correction.doubt_id = None
        if not _may_stay(question):
            correction.machine = correction.decided = None
    session.flush()
    readings = {reading.id for reading in held.of(Reading)}
    for model, is_theirs in (
        (SecondLook, SecondLook.reading_id.in_(readings)),
        (Doubt, Doubt.reading_id.in_(readings)),
        (Crop, Crop.reading_id.in_(readings)),
        (Reading, Reading.id.in_(readings)),
    ):
        session.execute(delete(model).where(is_theirs))


def _forget_responses(session: Session, held: Held) -> None:
    questions = _questions(session, held)
    for answer in held.of(Answer):
        if not _may_stay(questions.get((answer.response_id, answer.question))):
            answer.written = None
    for gone in (*held.of(ContactDetails), *held.of(Alert)):
        session.delete(gone)
    for response in held.of(Response):
        response.uid = str(uuid4())
        response.content_sha256 = sha256(secrets.token_bytes(32)).hexdigest()
        response.receipt = f"{ERASED} {secrets.token_hex(6)}"
        response.is_erased = True


def _forget_households(session: Session, held: Held) -> None:
    for contact in held.of(HouseholdContact):
        session.delete(contact)
    for household in held.of(Household):
        household.code = None
        household.uid = str(uuid4())
        household.profile = {}
        household.is_here = False
    for copy in held.of(Copy):
        copy.code = None
    for invitation in held.of(Invitation):
        if invitation.left_out_because is not None:
            invitation.left_out_because = ERASED


def _questions(session: Session, held: Held) -> dict[tuple[int | None, str], Question]:
    """Give the question of each answer, by response and name."""
    found: dict[tuple[int | None, str], Question] = {}
    for response in held.of(Response):
        version = session.get_one(FormVersion, response.form_version_id)
        for section in form_of(version).sections:
            found |= {(response.id, question.id): question for question in section.questions}
    return found


def _may_stay(question: Question | None) -> bool:
    """Tell whether an answer tells nothing of who gave it: what was chosen or agreed to, and numbers."""
    return question is not None and (question.chooses or question.kind in ("number", "consent"))
