"""A returned copy on which nothing is open → its response. Until then nothing of it counts."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select, update
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
from server.models.form_versions import FormVersion, PrintedForm
from server.models.intake import Batch, Page, PageState, Reading, Return, ReturnState
from server.models.review import Correction, Doubt, DoubtState
from server.responses.apart import save_apart
from server.responses.incoming import Incoming, Origin
from server.responses.rows import prepared
from server.responses.saving import save_in
from server.returns.decisions import Decision, How
from server.returns.problems import Problem
from server.store import Store


def complete(store: Store, session: Session, one: Return) -> bool:
    """Save a return's response when no doubt and no problem is left; tell whether it is complete now."""
    del store
    lock(session, one)
    return completed(session, one)


def completed(session: Session, one: Return) -> bool:
    """Do the same for whoever has locked the return already."""
    if one.state != ReturnState.READING or one.problem is not None or open_doubts(session, one):
        return one.state == ReturnState.COMPLETE
    row = session.get_one(PrintedForm, one.printed_form_id)
    form = form_of(session.get_one(FormVersion, row.form_version_id))
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
    asked = select(func.count()).where(Doubt.return_id == one.id, Doubt.state == DoubtState.OPEN)
    return session.scalar(asked) or 0


def answers_of(session: Session, one: Return, form: Form) -> Answers:
    """Give a return's answers: as the machine read them where it was sure, as officers decided elsewhere."""
    pages = [page.id for page in one.pages]
    readings = session.scalars(select(Reading).where(Reading.page_id.in_(pages)).order_by(Reading.id)).all()
    decided = decisions(session, one)
    raw: dict[str, Any] = {}
    for row in readings:
        decision = decided.get(row.id)
        if decision is None and row.reason is None:
            _add(raw, form, row.question, row.answer)
        elif decision is not None and decision.how is How.ANSWER:
            _add(raw, form, row.question, decision.value)
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
    rows = session.execute(
        select(Doubt.reading_id, Correction.decided)
        .join(Correction, Correction.doubt_id == Doubt.id)
        .where(Doubt.return_id == one.id, Doubt.state == DoubtState.SETTLED, Correction.undone_at.is_(None))
        .order_by(Correction.id)
    )
    return {reading_id: Decision.of(decided) for reading_id, decided in rows if decided is not None}


def _save(session: Session, one: Return, row: PrintedForm, form: Form, answers: Answers) -> None:
    batch = session.get_one(Batch, one.batch_id)
    assert one.campaign_id is not None  # noqa: S101 (else it has a problem)
    assert batch.received_on is not None  # noqa: S101 (likewise)
    origin = Origin(
        campaign_id=one.campaign_id,
        form_version_id=row.form_version_id,
        channel=Channel.TYPED_PDF if one.is_typed else Channel.PAPER,
        received_on=batch.received_on,
        language=row.language,
        format=row.edition,
        copy_code=session.scalar(select(Copy.code).where(Copy.id == one.copy_id)) if one.copy_id else None,
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
