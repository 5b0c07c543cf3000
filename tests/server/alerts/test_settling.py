"""What officers do about alerts: once, told in the audit log by uid, and nobody's work overwritten."""

import pytest
from sqlalchemy import select

from server.alerts.outcomes import Outcome
from server.alerts.settling import DoneMeanwhileError, acknowledge, open_again, settle
from server.errors import NotFoundError
from server.models.audit import AuditEvent
from server.queries.alerts import open_alerts, settled_page
from server.store import Store
from tests.server.alerts.made import alerts, an_officer, saved


def audited(store: Store) -> list[tuple[str, str, str]]:
    with store.reading() as session:
        asked = select(AuditEvent).where(AuditEvent.action.like("alert%")).order_by(AuditEvent.number)
        return [(one.action, one.subject, one.detail) for one in session.scalars(asked)]


def waiting(store: Store) -> list[int]:
    with store.reading() as session:
        return [one.alert.id for one in open_alerts(session)]


def test_an_alert_is_passed_on_settled_and_opened_again(any_store: Store) -> None:
    saved(any_store)
    anna = an_officer(any_store)
    (one,) = alerts(any_store)
    acknowledge(any_store, one.id, 1, by=anna)
    assert waiting(any_store) == [one.id]
    settle(any_store, one.id, 2, Outcome.DEALT_WITH, by=anna)
    (after,) = alerts(any_store)
    assert (after.acknowledged_by, after.settled_by, after.outcome) == (anna.id, anna.id, "dealt_with")
    assert after.acknowledged_at is not None
    assert after.settled_at is not None
    assert waiting(any_store) == []
    open_again(any_store, one.id, 3, by=anna)
    assert waiting(any_store) == [one.id]
    assert [(action, subject) for action, subject, _ in audited(any_store)] == [
        ("alert acknowledged", f"alert {one.uid}"),
        ("alert settled", f"alert {one.uid}"),
        ("alert opened again", f"alert {one.uid}"),
    ]
    assert "gas" not in "".join(detail for *_, detail in audited(any_store))


def test_who_comes_second_is_told_and_changes_nothing(any_store: Store) -> None:
    saved(any_store)
    anna, ben = an_officer(any_store), an_officer(any_store, "ben")
    (one,) = alerts(any_store)
    settle(any_store, one.id, one.version, Outcome.DEALT_WITH, by=anna)
    with pytest.raises(DoneMeanwhileError):
        settle(any_store, one.id, one.version, Outcome.NOTHING, by=ben)
    for act in (acknowledge, open_again):
        with pytest.raises(DoneMeanwhileError):
            act(any_store, one.id, one.version, by=ben)
    (after,) = alerts(any_store)
    assert (after.settled_by, after.outcome, after.acknowledged_by) == (anna.id, "dealt_with", None)
    assert len(audited(any_store)) == 1


def test_an_alert_that_is_gone_is_said_to_be(store: Store) -> None:
    anna = an_officer(store)
    with pytest.raises(NotFoundError):
        settle(store, 99, 1, Outcome.NOTHING, by=anna)


def test_settled_alerts_come_the_last_first(store: Store) -> None:
    saved(store)
    anna = an_officer(store)
    (one,) = alerts(store)
    settle(store, one.id, 1, Outcome.NOTHING, by=anna)
    with store.reading() as session:
        page = settled_page(session, 1)
    assert page.total == 1
    assert [told.alert.id for told in page.rows] == [one.id]  # type: ignore[attr-defined]
