"""What somebody wrote, or a button they pressed → the alerts that officers see at once.

They are worked out before a response is written, and written with it: nothing is ever saved that was not looked at.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.definition import Form
from server.alerting.dangers import dangers_in
from server.models.alerts import Alert, AlertKind
from server.models.base import Base
from server.models.responses import Response
from server.store.locking import alone

WRITTEN: Final = ("comment", "short_text")
"""The kinds of question that are answered in a person's own words."""

CARRIED: Final = "alerts of responses that are saved anew"
"""Where a session keeps them from when the response is taken out until it is written again."""

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


def notice(session: Session, noticed: Sequence[tuple[str, int, Sequence[Row]]]) -> None:
    """Write alerts for responses just written: of each the uid, the id, and the rows.

    Of a response that was taken out in this transaction, what officers did about its alerts stays with them.
    """
    rows = [
        {"version": FIRST_VERSION, **row, "response_id": response_id}
        for uid, response_id, own in noticed
        for row in _with_carried(own, session.info.get(CARRIED, {}).pop(uid, ()))
    ]
    for row in rows:
        session.execute(ALERTS.insert(), row)


def carry(session: Session, response: Response) -> None:
    """Keep the alerts of a response that is taken out, for when it is written again within this transaction."""
    rows = session.execute(select(ALERTS).where(ALERTS.c.response_id == response.id).order_by(ALERTS.c.id)).mappings()
    kept = [{name: value for name, value in row.items() if name != "id"} for row in rows]
    session.info.setdefault(CARRIED, {})[response.uid] = kept


def _with_carried(own: Sequence[Row], carried: Sequence[Row]) -> list[Row]:
    """Give the alerts that a response calls for, as they were where they were there before, and its wishes."""
    before = {row["question"]: row for row in carried if row["kind"] == AlertKind.DANGER}
    wishes = [row for row in carried if row["kind"] == AlertKind.COMPLAINT]
    return [*(_same(row, before.get(row["question"])) for row in own), *wishes]


def _same(row: Row, before: Row | None) -> Row:
    """Give an alert as it was where it tells of no danger that it did not tell of before."""
    return before if before is not None and set(row["dangers"]) <= set(before["dangers"]) else row


def wish_to_complain(session: Session, response_id: int) -> None:
    """Tell officers that what somebody sent is to be a complaint; said twice, it is one."""
    alone(session, f"complaint {response_id}")
    wished = (Alert.response_id == response_id, Alert.kind == AlertKind.COMPLAINT)
    if session.scalar(select(Alert.id).where(*wished).limit(1)) is None:
        session.add(Alert(response_id=response_id, kind=AlertKind.COMPLAINT))
        session.flush()
