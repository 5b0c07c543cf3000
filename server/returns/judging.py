"""A returned copy judged as a whole: what each question was read as, what is doubted, what else is in its way."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from scanning.readings import PageReading
from scanning.sheets import CopyReading, Received, copies
from server.models.copies import Copy, PrintRun
from server.models.intake import Batch, Page, Reading, Return, ReturnState
from server.models.review import Doubt, DoubtState
from server.returns.completing import complete_if_ready, lock
from server.returns.drafts import is_beside_boxes
from server.returns.known import Known, printed_by_name, printings
from server.returns.outcomes import reading_of
from server.returns.pages import written_questions
from server.returns.problems import Problem
from server.returns.speaking import notice_what_is_written
from server.store import Store

WRITTEN: Final = "written"
"""The reason of a doubt about writing: it is to be typed, or a draft to be looked at."""

BESIDE_BOXES: Final = "written_beside"
"""The reason of a doubt about boxes that are clear, beside which somebody wrote: it may say "see letter"."""

EXPECTED: Final = (
    select(PrintRun.printed_form_id).join(Copy, Copy.print_run_id == PrintRun.id).where(Copy.id == bindparam("copy_id"))
)
DOUBTS: Final = select(Doubt).where(Doubt.return_id == bindparam("return_id"))
READINGS: Final = select(Reading).where(Reading.page_id.in_(bindparam("page_ids", expanding=True)))
"""Asked for every copy. Built once: building the statement takes as long as running it."""


def judge(store: Store, session: Session, one: Return, known: Mapping[str, Known] | None = None) -> None:
    """Judge a return by all of its pages, and save its response when nothing is open.

    What an officer has decided stays decided. A return that is complete, or that was rejected, is left as it is.
    """
    lock(session, one)
    if one.state in (ReturnState.COMPLETE, ReturnState.REJECTED):
        return
    known = known or printings(session, store.files)
    pages = [(page, reading_of(page.outcome)) for page in one.pages if page.outcome is not None]
    printed = printed_by_name(known, (reading.printing for _, reading in pages))
    received = [Received("", number, reading) for number, (_, reading) in enumerate(pages)]
    found = copies(received, printed)
    if found:
        _judge_questions(session, one, pages, found[0])
        one.pages_missing = [str(number) for number in found[0].missing]
    look_at(session, one)
    if not complete_if_ready(session, one):
        notice_what_is_written(session, one)


def _reason_of_writing(row: Reading, is_written: bool) -> str | None:
    if is_written:
        return WRITTEN
    return BESIDE_BOXES if is_beside_boxes(row.drafts or ()) else None


def _doubt(one: Return, row: Reading, reason: str) -> Doubt:
    return Doubt(reading_id=row.id, return_id=one.id, batch_id=one.batch_id, question=row.question, reason=reason)


def look_at(session: Session, one: Return) -> None:
    """Work out what stands in a return's way besides doubts."""
    batch = session.get_one(Batch, one.batch_id)
    checks = (
        (Problem.UNKNOWN_COPY, one.copy_id is None and one.campaign_id is None and _has_code(one)),
        (Problem.NO_CAMPAIGN, one.campaign_id is None),
        (Problem.FOREIGN_PAGE, one.copy_id is not None and _is_foreign(session, one)),
        (Problem.MISSING_PAGES, bool(one.pages_missing) and not one.pages_given_up),
        (Problem.NO_DATE, batch.received_on is None),
    )
    one.problem = next((str(problem) for problem, holds in checks if holds), None)
    session.flush()


def _has_code(one: Return) -> bool:
    return any(page.outcome is not None and page.outcome.get("copy") for page in one.pages)


def _is_foreign(session: Session, one: Return) -> bool:
    expected = session.scalar(EXPECTED, {"copy_id": one.copy_id})
    return expected is not None and expected != one.printed_form_id


def _judge_questions(session: Session, one: Return, pages: list[tuple[Page, PageReading]], found: CopyReading) -> None:
    """Bring readings and doubts up to what the whole copy says."""
    reasons = {doubt.question: str(doubt.reason) for doubt in found.doubts}
    standing = {doubt.reading_id: doubt for doubt in session.scalars(DOUBTS, {"return_id": one.id})}
    wanted: set[int] = set()
    rows = session.scalars(READINGS, {"page_ids": [page.id for page, _ in pages]}).all()
    for page, reading in pages:
        written = set(written_questions(reading))
        for row in [row for row in rows if row.page_id == page.id]:
            doubt = standing.get(row.id)
            if doubt is None or doubt.state == DoubtState.OPEN:
                row.answer, row.reason = found.answers.get(row.question), reasons.get(row.question)
            reason = reasons.get(row.question) or _reason_of_writing(row, row.question in written)
            if reason is None:
                continue
            wanted.add(row.id)
            if doubt is None:
                session.add(_doubt(one, row, reason))
            elif doubt.state == DoubtState.OPEN:
                doubt.reason = reason
    gone = [key.id for key in standing.values() if key.state == DoubtState.OPEN and key.reading_id not in wanted]
    if gone:
        session.execute(delete(Doubt).where(Doubt.id.in_(gone)))
