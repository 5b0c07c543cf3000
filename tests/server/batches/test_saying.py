"""What is said once of a whole batch: its day and its campaign, and what comes of it at once."""

from datetime import date

import pytest
from sqlalchemy import select

from server.batches.saying import Done, Said, say
from server.errors import NotFoundError, RefusedError
from server.models.audit import AuditEvent
from server.models.intake import Batch, Return, ReturnState
from server.models.officers import Officer
from server.models.responses import Response
from server.returns.problems import Problem
from server.store import Store
from tests.server.filling import new_campaign
from tests.server.returns_made import TORN_OFF, a_batch, a_town, came, page, sure

TUESDAY, MONDAY = date(2026, 11, 24), date(2026, 11, 23)


def days(store: Store) -> set[date]:
    with store.reading() as session:
        return set(session.scalars(select(Response.received_on)))


def test_copies_that_waited_for_the_day_alone_count_once_it_is_said(any_store: Store, anna: Officer) -> None:
    town, batch = a_town(any_store), a_batch(any_store, received_on=None)
    came(any_store, batch, [sure(number, code) for code in town.codes[:2] for number in (1, 2)])
    came(
        any_store,
        batch,
        [page(1, town.codes[2], faint={"overall": "very_satisfied"}), sure(2, town.codes[2])],
        name="b",
    )
    assert say(any_store, batch.id, Said(TUESDAY), anna) == Done(moved=0, completed=2)
    assert days(any_store) == {TUESDAY}
    with any_store.reading() as session:
        left = session.scalars(select(Return).where(Return.state == ReturnState.READING)).one()
    assert left.problem is None  # its doubt waits, and nothing else


def test_a_day_changed_later_is_changed_in_the_responses_of_this_batch_only(any_store: Store, anna: Officer) -> None:
    town = a_town(any_store)
    batch, other = a_batch(any_store, received_on=TUESDAY), a_batch(any_store, received_on=TUESDAY)
    came(any_store, batch, [sure(1, town.codes[0]), sure(2, town.codes[0])])
    came(any_store, other, [sure(1, town.codes[1]), sure(2, town.codes[1])])
    assert say(any_store, batch.id, Said(MONDAY), anna) == Done(moved=1, completed=0)
    assert days(any_store) == {MONDAY, TUESDAY}


def test_what_was_said_is_in_the_audit_log_with_what_was_there_before(any_store: Store, anna: Officer) -> None:
    batch = a_batch(any_store, received_on=TUESDAY)
    say(any_store, batch.id, Said(MONDAY), anna)
    with any_store.reading() as session:
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
    assert event is not None
    assert (event.action, event.officer_uid) == ("day of a batch said", anna.uid)
    assert "2026-11-23" in event.detail
    assert "2026-11-24" in event.detail


def test_the_same_said_again_changes_nothing_and_is_not_in_the_log(any_store: Store, anna: Officer) -> None:
    batch = a_batch(any_store, received_on=TUESDAY)
    with any_store.reading() as session:
        before = len(session.scalars(select(AuditEvent)).all())
    assert say(any_store, batch.id, Said(TUESDAY, name="Post of Tuesday"), anna) == Done(0, 0)
    with any_store.reading() as session:
        assert len(session.scalars(select(AuditEvent)).all()) == before
        assert session.get_one(Batch, batch.id).name == "Post of Tuesday"


def test_papers_without_a_code_answer_the_campaign_that_is_said_of_their_batch(any_store: Store, anna: Officer) -> None:
    a_town(any_store)
    winter = new_campaign(any_store, "Winter")
    batch = a_batch(any_store)
    (one,) = came(any_store, batch, [sure(TORN_OFF)])
    assert one.problem == Problem.NO_CAMPAIGN
    assert say(any_store, batch.id, Said(batch.received_on or MONDAY, campaign_id=winter.id), anna).completed == 1
    with any_store.reading() as session:
        assert session.get_one(Return, one.id).campaign_id == winter.id


def test_a_campaign_that_is_gone_and_a_batch_that_is_not_there_are_refused(any_store: Store, anna: Officer) -> None:
    batch = a_batch(any_store, received_on=None)
    with pytest.raises(RefusedError):
        say(any_store, batch.id, Said(MONDAY, campaign_id=99), anna)
    with pytest.raises(NotFoundError):
        say(any_store, 99, Said(MONDAY), anna)
    with any_store.reading() as session:
        assert session.get_one(Batch, batch.id).received_on is None
