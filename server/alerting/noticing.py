"""What somebody wrote, or a button they pressed → the alerts that officers see at once.

They are worked out before a response is written, and written with it: nothing is ever saved that was not looked at.
What is read on paper is looked at as soon as it is read: its copy may wait long for other answers or pages.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from forms.definition import Form
from server.alerting.danger import Danger
from server.alerting.dangers import dangers_in
from server.models.alerts import Alert, AlertKind
from server.models.base import Base, now
from server.models.intake import Page, ReceivedFile, Return
from server.store.locking import alone

WRITTEN: Final = ("comment", "short_text")
"""The kinds of question that are answered in a person's own words."""

ALERTS: Final = Base.metadata.tables["alerts"]
FIRST_VERSION: Final = 1

Row = dict[str, Any]


def alert_rows(form: Form, answers: Mapping[str, object], language: str) -> tuple[Row, ...]:
    """Give the rows of the alerts that a response's answers call for; they lack the response's id."""
    found = (
        (question, dangers_in(value, language))
        for question, value in answers.items()
        if isinstance(value, str) and form.question(question).kind in WRITTEN
    )
    return tuple(
        {"kind": AlertKind.DANGER, "question": question, "dangers": [str(danger) for danger in dangers]}
        for question, dangers in found
        if dangers
    )


def notice(session: Session, noticed: Sequence[tuple[int, Sequence[Row]]]) -> None:
    """Write alerts for responses just written: of each the id, and the rows."""
    for response_id, rows in noticed:
        for row in rows:
            session.execute(ALERTS.insert(), {"version": FIRST_VERSION, **row, "response_id": response_id})


def notice_draft(session: Session, returned: Return, question: str, words: str, language: str) -> None:
    """Tell officers of what was read on a copy that is not complete; whoever calls holds the copy.

    Read again, a question has the alert that it had. What it does not say any more stays told: an officer decides.
    """
    dangers = dangers_in(words, language)
    if not dangers:
        return
    same = (Alert.return_id == returned.id, Alert.kind == AlertKind.DANGER, Alert.question == question)
    before = session.scalar(_held(select(Alert).where(*same).limit(1)))
    if before is not None:
        _tell_also(before, dangers)
    else:
        came_at, told = _came_at(session, returned), [str(danger) for danger in dangers]
        kept = {"return_id": returned.id, "question": question, "dangers": told, "came_at": came_at}
        session.add(Alert(kind=AlertKind.DANGER, **kept))
    session.flush()


def hand_over(session: Session, returned: Return) -> None:
    """Make the alerts of a copy those of its response just written, each with what officers did about it.

    A question has one alert: where the response says a danger that was not told yet, it waits again.
    """
    told = session.scalars(_held(select(Alert).where(Alert.return_id == returned.id))).all()
    if not told:
        return
    new = {one.question: one for one in session.scalars(select(Alert).where(Alert.response_id == returned.response_id))}
    for alert in told:
        if alert.kind == AlertKind.DANGER and (same := new.get(alert.question)) is not None:
            _tell_also(alert, same.dangers)
            session.delete(same)
    session.flush()
    moved = update(Alert).where(Alert.return_id == returned.id)
    session.execute(moved.values(response_id=returned.response_id, return_id=None))


def take_back(session: Session, response_id: int, returned: Return) -> None:
    """Make the alerts of a response that is taken out those of its copy, until that is complete again."""
    moved = update(Alert).where(Alert.response_id == response_id)
    session.execute(moved.values(response_id=None, return_id=returned.id))


def _held(asked: Select[Alert]) -> Select[Alert]:
    """Ask for alerts as they are now, and hold off the officer who would settle one at this moment."""
    return asked.with_for_update().execution_options(populate_existing=True)


def _tell_also(alert: Alert, dangers: Collection[str]) -> None:
    """Have an alert tell of these dangers too; one that it did not tell of makes it wait again."""
    if set(dangers) <= set(alert.dangers):
        return
    alert.dangers = [str(danger) for danger in Danger if danger in {*alert.dangers, *dangers}]
    alert.acknowledged_at = alert.acknowledged_by = alert.settled_at = alert.settled_by = None
    alert.outcome = ""


def _came_at(session: Session, returned: Return) -> datetime:
    """Give when the first file with a page of a copy came; now where it has none."""
    asked = select(func.min(ReceivedFile.received_at)).join(Page, Page.file_id == ReceivedFile.id)
    return session.scalar(asked.where(Page.return_id == returned.id)) or now()


def wish_to_complain(session: Session, response_id: int) -> None:
    """Tell officers that what somebody sent is to be a complaint; said twice, it is one."""
    alone(session, f"complaint {response_id}")
    wished = (Alert.response_id == response_id, Alert.kind == AlertKind.COMPLAINT)
    if session.scalar(select(Alert.id).where(*wished).limit(1)) is None:
        session.add(Alert(response_id=response_id, kind=AlertKind.COMPLAINT))
        session.flush()
