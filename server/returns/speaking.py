"""What is written on a returned copy that is not complete → alerts: a danger must not wait for the other answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.definition import Form
from forms.kinds import Question
from server.alerting.noticing import WRITTEN, notice_draft
from server.catalogue.versions import form_of
from server.models.form_versions import FormVersion, PrintedForm
from server.models.intake import Page, Reading, Return, ReturnState
from server.returns.completing import decisions
from server.returns.decisions import Decision, How
from server.returns.drafts import offered


@dataclass(frozen=True, slots=True)
class Written:
    """What stands on a copy as the answer to a question, in the person's own words, as far as it is known."""

    question: Question
    words: str
    is_checked: bool
    """Whether an officer typed it, or the person did; else a machine read it."""
    reading_id: int


def notice_what_is_written(session: Session, one: Return) -> None:
    """Tell officers of the dangers that a copy speaks of so far; whoever calls has locked it.

    The words of a copy that is complete were looked at with its response. An equality page is nobody's.
    """
    if one.state == ReturnState.COMPLETE or one.is_equality:
        return
    printed = session.get_one(PrintedForm, one.printed_form_id)
    form = form_of(session.get_one(FormVersion, printed.form_version_id))
    for written in written_on(session, one, form):
        notice_draft(session, one, written.question.id, written.words, printed.language)


def written_on(session: Session, one: Return, form: Form) -> Iterator[Written]:
    """Give what is written on a copy, question by question: as an officer decided, or else as it was read."""
    asked = select(Reading).join(Page, Page.id == Reading.page_id).where(Page.return_id == one.id)
    own = {question.id: question for question in form.questions if _is_own_words(form, question)}
    rows = [row for row in session.scalars(asked.order_by(Reading.id)) if row.question in own]
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
