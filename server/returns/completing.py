"""A returned copy on which nothing is open → its response. Until then nothing of it counts."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from forms.answers import Answers, collect
from forms.definition import Form
from forms.kinds.contact import ContactQuestion
from forms.paper.fields import PART
from server.alerting.noticing import hand_over
from server.catalogue.versions import form_of
from server.models.base import now
from server.models.campaigns import Campaign, Channel
from server.models.copies import Copy
from server.models.form_versions import PrintedForm
from server.models.intake import Batch, Page, PageState, Reading, Return, ReturnState
from server.models.review import Correction, Doubt, DoubtState
from server.queries.printings import printed_version
from server.responses.apart import save_apart
from server.responses.incoming import Incoming, Origin
from server.responses.rows import prepared
from server.responses.saving import save_in
from server.returns.decisions import Decision, How
from server.returns.problems import Problem

OPEN: Final = select(func.count()).where(Doubt.return_id == bindparam("return_id"), Doubt.state == DoubtState.OPEN)
DECIDED: Final = (
    select(Doubt.reading_id, Correction.decided)
    .join(Correction, Correction.doubt_id == Doubt.id)
    .where(Doubt.return_id == bindparam("return_id"), Doubt.state == DoubtState.SETTLED, Correction.undone_at.is_(None))
    .order_by(Correction.id)
)
"""Asked at every key and for every copy. Built once: building the statement takes as long as running it."""


def complete_if_ready(session: Session, one: Return) -> bool:
    """Save a return's response when no doubt and no problem is left; tell whether it is complete now.

    The caller must hold its lock.
    """
    if one.state != ReturnState.READING or one.problem is not None or open_doubts(session, one):
        return one.state == ReturnState.COMPLETE
    row, version = printed_version(session, one.printed_form_id)
    form = form_of(version)
    answers = answers_of(session, one, form)
    if answers.problems:
        one.problem = Problem.INVALID
        return False
    _save(session, one, row, form, answers)
    return True


def lock(session: Session, one: Return) -> None:
    """Hold off whoever else works on a return until this transaction ends, and see it as they left it."""
    session.flush()
    session.refresh(one, with_for_update=True)


def open_doubts(session: Session, one: Return) -> int:
    """Count a return's doubts that wait for an officer."""
    return session.scalar(OPEN, {"return_id": one.id}) or 0


def answers_of(session: Session, one: Return, form: Form) -> Answers:
    """Give a return's answers: as the machine read them where it was sure, as officers decided elsewhere."""
    asked = select(Reading.id, Reading.question, Reading.answer, Reading.reason)
    asked = asked.join(Page, Page.id == Reading.page_id).where(Page.return_id == one.id).order_by(Reading.id)
    decided = decisions(session, one)
    raw: dict[str, Any] = {}
    for reading_id, question, answer, reason in session.execute(asked):
        decision = decided.get(reading_id)
        if decision is None and reason is None:
            _add(raw, form, question, answer)
        elif decision is not None and decision.how is How.ANSWER:
            _add(raw, form, question, decision.value)
    return collect(form, raw)


def _add(raw: dict[str, Any], form: Form, name: str, value: object) -> None:
    """Add what one place of a form says; the parts of contact details come one by one, or together."""
    identifier, _, part = name.partition(PART)
    if value is None or not identifier:
        return
    if not isinstance(form.question(identifier), ContactQuestion):
        raw[identifier] = value
    elif part:
        raw.setdefault(identifier, {})[part] = value
    elif isinstance(value, Mapping):
        raw[identifier] = {**raw.get(identifier, {}), **value}


def decisions(session: Session, one: Return) -> Mapping[int, Decision]:
    """Give what officers decided of a return's doubts, by the reading that was doubted."""
    rows = session.execute(DECIDED, {"return_id": one.id})
    return {reading_id: Decision.of(decided) for reading_id, decided in rows if decided is not None}


def _save(session: Session, one: Return, row: PrintedForm, form: Form, answers: Answers) -> None:
    came = select(Batch.received_on, Copy.code).outerjoin(Copy, Copy.id == one.copy_id).where(Batch.id == one.batch_id)
    received_on, copy_code = session.execute(came).one()
    assert one.campaign_id is not None  # noqa: S101 (else it has a problem)
    assert received_on is not None  # noqa: S101 (likewise)
    origin = Origin(
        campaign_id=one.campaign_id,
        form_version_id=row.form_version_id,
        channel=Channel.TYPED_PDF if one.is_typed else Channel.PAPER,
        received_on=received_on,
        language=row.language,
        format=row.edition,
        copy_code=copy_code,
    )
    incoming = Incoming(one.uid, origin, form, answers)
    if one.is_equality:
        survey_round = session.get_one(Campaign, one.campaign_id).survey_round
        save_apart(session, survey_round, prepared(incoming).apart)
    else:
        one.response_id = save_in(session, incoming).response_id
    settle(session, one, ReturnState.COMPLETE)


def settle(session: Session, one: Return, state: ReturnState) -> None:
    """Say that nothing more is to be done with a return and its pages."""
    one.state, one.settled_at = state, now()
    session.flush()
    session.execute(
        update(Page)
        .where(Page.return_id == one.id, Page.state == PageState.READ)
        .values(state=PageState.SETTLED, settled_at=one.settled_at, response_id=one.response_id)
    )
    if one.response_id is not None:
        doubts = select(Doubt.id).where(Doubt.return_id == one.id)
        session.execute(update(Correction).where(Correction.doubt_id.in_(doubts)).values(response_id=one.response_id))
        hand_over(session, one)
    session.flush()
