"""The audit log: whatever is changed, removed or put in is found, and Sayso itself never covers it up."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from server.models.audit import AuditEvent, AuditHead
from server.models.base import now
from server.store import Store
from server.store.keys import KeyName
from server.trail import chain
from server.trail.recording import begin_log, note

EVENTS = 6


def filled(store: Store, events: int = EVENTS) -> Store:
    for number in range(1, events + 1):
        with store.writing() as session:
            note(store, session, "campaign opened", f"campaign {number}", detail={"copies": number})
    return store


def wrong(store: Store) -> list[str]:
    with store.reading() as session:
        return [fault.words for fault in chain.faults(session, store.keys.get(KeyName.AUDIT))]


def numbers(store: Store) -> list[int]:
    with store.reading() as session:
        return list(session.scalars(select(AuditEvent.number).order_by(AuditEvent.number)))


def changed(store: Store, *statements: str) -> None:
    """Do to the log what somebody does who can write to the database and has no key."""
    with store.writing() as session:
        for statement in statements:
            session.execute(text(statement))


def forget(store: Store, age: timedelta) -> int:
    with store.writing() as session:
        return chain.forget_before(session, store.keys.get(KeyName.AUDIT), now() - age)


def aged(store: Store, events: int = EVENTS, old: int = 3) -> Store:
    """Give a log whose first events are a year old, sealed as they would have been then."""
    moments = iter([now() - timedelta(days=365)] * old + [now()] * (events - old))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chain, "now", lambda: next(moments))
        return filled(store, events)


# Whole, or not.


def test_a_new_log_is_whole_and_so_is_one_with_events(any_store: Store) -> None:
    assert wrong(any_store) == []
    assert wrong(filled(any_store)) == []
    assert numbers(any_store) == [1, 2, 3, 4, 5, 6]


def test_events_of_many_at_once_are_one_chain(any_store: Store) -> None:
    def one(number: int) -> None:
        with any_store.writing() as session:
            note(any_store, session, "signed in", f"officer {number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(40)))
    assert numbers(any_store) == list(range(1, 41))
    assert wrong(any_store) == []


def test_what_is_not_kept_leaves_no_event(any_store: Store) -> None:
    filled(any_store)
    with suppress(ZeroDivisionError), any_store.writing() as session:
        note(any_store, session, "campaign opened", "campaign 9")
        raise ZeroDivisionError
    assert numbers(any_store) == [1, 2, 3, 4, 5, 6]
    assert wrong(any_store) == []


COLUMNS = "at, officer_uid, action, subject, detail, seal"
ROW = f"{COLUMNS} from audit_events"

CHANGES = {
    "update audit_events set action = 'campaign closed' where number = 3": "was changed",
    "update audit_events set subject = 'campaign 9' where number = 1": "was changed",
    "update audit_events set detail = '{\"copies\": 7}' where number = 6": "was changed",
    "update audit_events set officer_uid = '' where number = 3": "was changed",
    "update audit_events set seal = '0' where number = 3": "was changed",
    "update audit_events set seal = 'Ω' where number = 6": "was changed",
    "update audit_events set at = '2026-01-01 00:00:00.000000' where number = 3": "was changed",
    "update audit_events set number = 60 where number = 6": "event 6 is not there",
    "delete from audit_events where number = 1": "event 1 is not there",
    "delete from audit_events where number = 3": "event 3 is not there",
    "delete from audit_events where number = 6": "should end at 6",
    "delete from audit_events": "should end at 6",
    "update audit_head set last_number = 5": "head was changed",
    "update audit_head set first_number = 2": "head was changed",
    "update audit_head set before_first = '1'": "head was changed",
    "update audit_head set last_seal = '1'": "head was changed",
    "update audit_head set seal = ''": "head was changed",
    "update audit_head set id = 2": "lost its head",
    "delete from audit_head": "lost its head",
    "insert into audit_head select 2, first_number, before_first, last_number, last_seal, seal from audit_head": (
        "more than one head"
    ),
    f"insert into audit_events (number, {COLUMNS}) select 0, {ROW} where number = 1": "event 1 is not there",
    f"insert into audit_events (number, {COLUMNS}) select 7, {ROW} where number = 6": "was changed",
}

CHANGES_OF_SQLITE = (
    "update audit_events set at = replace(at, ' ', 'T') where number = 3",
    "update audit_events set at = cast(at as blob) where number = 3",
    "update audit_events set at = 'never' where number = 3",
    "update audit_events set action = cast(x'ff41' as text) where number = 3",
    "update audit_events set action = x'41' where number = 3",
    "update audit_head set last_number = 'x'",
)
"""It lets in what no other database would."""


def wrong_after(store: Store, how: str) -> list[str]:
    """Give what is found wrong after a change, which is then undone."""
    with store.reading() as session:
        session.execute(text(how))
        return [fault.words for fault in chain.faults(session, store.keys.get(KeyName.AUDIT))]


def test_every_change_is_found(any_store: Store) -> None:
    filled(any_store)
    found = {how: wrong_after(any_store, how) for how in CHANGES}
    assert not {how for how, words in CHANGES.items() if not any(words in fault for fault in found[how])}
    assert wrong(any_store) == []


def test_what_only_sqlite_lets_in_is_found_too(store: Store) -> None:
    filled(store)
    assert not [how for how in CHANGES_OF_SQLITE if not wrong_after(store, how)]
    assert wrong(store) == []


def test_two_events_exchanged_are_found(any_store: Store) -> None:
    filled(any_store)
    with any_store.writing() as session:
        columns = [AuditEvent.at, AuditEvent.action, AuditEvent.subject, AuditEvent.detail, AuditEvent.seal]
        rows = {row[0]: tuple(row)[1:] for row in session.execute(select(AuditEvent.number, *columns))}
        for number, other in ((2, 5), (5, 2)):
            new = {column.key: value for column, value in zip(columns, rows[other], strict=True)}
            session.execute(update(AuditEvent).where(AuditEvent.number == number).values(new))
    assert len(wrong(any_store)) >= 2


def test_another_key_fits_nothing(any_store: Store) -> None:
    filled(any_store).keys.put(KeyName.AUDIT, b"another" * 5)
    assert len(wrong(any_store)) == EVENTS + 1


# What Sayso does itself never makes a changed log whole again.


def cut_off(session: Session) -> None:
    """Take the last events away, and have the head say that the log ends before them: all but the head's own seal."""
    seal = session.scalar(select(AuditEvent.seal).where(AuditEvent.number == 4))
    session.execute(delete(AuditEvent).where(AuditEvent.number > 4))
    session.execute(update(AuditHead).values(last_number=4, last_seal=seal))


def emptied(session: Session) -> None:
    session.execute(delete(AuditEvent))
    session.execute(delete(AuditHead))


@pytest.mark.parametrize("how", [cut_off, emptied])
def test_a_log_that_was_cut_off_is_never_sealed_again(any_store: Store, how: Callable[[Session], None]) -> None:
    filled(any_store)
    with any_store.writing() as session:
        how(session)
    assert wrong(any_store) != []
    filled(any_store)
    forget(any_store, timedelta(days=-1))
    filled(any_store)
    assert wrong(any_store) != []


def test_a_log_that_lost_its_head_after_somebody_was_added_does_not_begin_again(any_store: Store) -> None:
    from server.accounts import officers  # noqa: PLC0415
    from server.models.officers import Role  # noqa: PLC0415

    officers.add(any_store, "anna", "Anna", Role.OFFICER, "three random words", by=None)
    with any_store.writing() as session:
        emptied(session)
    begin_log(any_store)
    assert wrong(any_store) == ["the log has lost its head"]


# Forgetting.


def test_old_events_are_forgotten_and_the_rest_stays_whole(any_store: Store) -> None:
    aged(any_store)
    assert forget(any_store, timedelta(days=30)) == 3
    assert numbers(any_store) == [4, 5, 6]
    assert wrong(any_store) == []
    filled(any_store, 1)
    assert numbers(any_store) == [4, 5, 6, 7]
    assert wrong(any_store) == []


def test_all_events_can_be_forgotten_and_the_numbers_go_on(any_store: Store) -> None:
    aged(any_store, old=EVENTS)
    assert forget(any_store, timedelta(days=30)) == EVENTS
    assert numbers(any_store) == []
    assert wrong(any_store) == []
    filled(any_store, 2)
    assert numbers(any_store) == [7, 8]
    assert wrong(any_store) == []


def test_nothing_old_is_nothing_to_forget(any_store: Store) -> None:
    aged(any_store)
    assert forget(any_store, timedelta(days=30)) == 3
    assert forget(any_store, timedelta(days=30)) == 0
    assert numbers(any_store) == [4, 5, 6]


def test_forgetting_does_not_remove_the_traces_of_a_change(any_store: Store) -> None:
    aged(any_store)
    key, moment = any_store.keys.get(KeyName.AUDIT), now() - timedelta(days=30)
    for how in (
        "update audit_events set subject = 'campaign 9' where number = 2",
        "update audit_events set at = '2020-01-01 00:00:00.000000' where number = 4",
        "delete from audit_events where number = 3",
        "delete from audit_events where number < 4",
        "update audit_head set first_number = 2",
    ):
        with any_store.reading() as session:
            session.execute(text(how))
            assert chain.forget_before(session, key, moment) == 0, how
            assert list(chain.faults(session, key)), how


def test_an_event_made_to_look_old_takes_none_before_it_along(any_store: Store) -> None:
    changed(aged(any_store, old=0), "update audit_events set at = '2020-01-01 00:00:00.000000'")
    assert forget(any_store, timedelta(days=30)) == 0
    with any_store.reading() as session:
        assert session.scalar(select(func.count()).select_from(AuditEvent)) == EVENTS


def test_the_log_refuses_an_event_under_a_number_that_is_taken(any_store: Store) -> None:
    """An event put in behind the last stops the next one loudly instead of being built upon."""
    filled(any_store)
    with any_store.writing() as session:
        row = {"number": 7, "at": now(), "action": "a", "subject": "b", "detail": "{}", "seal": "0"}
        session.execute(insert(AuditEvent), [row])
    with pytest.raises(Exception, match=r"(?i)unique"):
        filled(any_store, 1)
