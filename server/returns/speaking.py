"""What is written on a returned copy that is not complete → alerts: a danger must not wait for the other answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from forms.definition import Form
from forms.kinds import Question
from server.alerting.noticing import WRITTEN, notice_draft
from server.catalogue.versions import form_of
from server.models.intake import Page, Reading, Return, ReturnState
from server.queries.printings import printed_version
from server.returns.completing import decisions
from server.returns.decisions import Decision, How
from server.returns.drafts import offered

READ_ON: Final = (
    select(Reading)
    .join(Page, Page.id == Reading.page_id)
    .where(Page.return_id == bindparam("return_id"), Reading.question.in_(bindparam("questions", expanding=True)))
    .order_by(Reading.id)
)
"""Asked for every copy. Built once: building the statement takes as long as running it."""


@dataclass(frozen=True, slots=True)
class Written:
    """What stands on a copy as the answer to a question, in the person's own words, as far as it is known."""

    question: Question
    words: str
    is_checked: bool
    """Whether an officer typed it, or the person did; else a machine read it."""
    reading_id: int


def notice_what_is_written(session: Session, one: Return, question: str | None = None) -> None:
    """Tell officers of the dangers that a copy speaks of so far, or one answer of it; whoever calls has locked it.

    The words of a copy that is complete were looked at with its response. An equality page is nobody's.
    """
    if one.state == ReturnState.COMPLETE or one.is_equality:
        return
    printed, version = printed_version(session, one.printed_form_id)
    for written in written_on(session, one, form_of(version), question):
        notice_draft(session, one, written.question.id, written.words, printed.language)


def written_on(session: Session, one: Return, form: Form, only: str | None = None) -> Iterator[Written]:
    """Give what is written on a copy, question by question: as an officer decided, or else as it was read."""
    wanted = [question for question in form.questions if only is None or question.id == only]
    own = {question.id: question for question in wanted if _is_own_words(form, question)}
    if not own:
        return
    rows = session.scalars(READ_ON, {"return_id": one.id, "questions": list(own)}).all()
    decided = decisions(session, one) if rows else {}
    for row in rows:
        said = _said(own[row.question], row, decided)
        if said is not None:
            yield said


def _is_own_words(form: Form, question: Question) -> bool:
    return question.kind in WRITTEN and not form.section_of(question.id).detachable


def _said(question: Question, row: Reading, decided: Mapping[int, Decision]) -> Written | None:
    decision = decided.get(row.id)
    if decision is not None:
        words = decision.value if decision.how is How.ANSWER else None
    elif row.answer is not None:
        words = row.answer
    else:
        drafted = offered(question, row.drafts or ())
        return Written(question, drafted, is_checked=False, reading_id=row.id) if isinstance(drafted, str) else None
    return Written(question, words, is_checked=True, reading_id=row.id) if isinstance(words, str) else None
