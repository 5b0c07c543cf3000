"""Officers' accounts: changes end sessions at once, the last administrator stays, the audit log gets ids only."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError

import pytest
from sqlalchemy import select

from server.accounts import officers, sessions
from server.accounts.errors import FieldRefusedError
from server.accounts.signing_in import sign_in
from server.errors import NotFoundError, RefusedError
from server.models.audit import AuditEvent
from server.models.officers import Officer, OfficerSession, Role
from server.store import Store
from tests.server.conftest import PASSWORD

OTHER = "kettle orbit plum"


def added(store: Store, username: str, role: Role = Role.OFFICER) -> Officer:
    return officers.add(store, username, username.title(), role, PASSWORD, by=None)


def sessions_after_signing_in(store: Store, officer: Officer) -> None:
    with store.writing() as session:
        sessions.begin(session, session.get_one(Officer, officer.id))


def count_of_sessions(store: Store) -> int:
    with store.reading() as session:
        return len(session.scalars(select(OfficerSession)).all())


def kept(store: Store, officer: Officer) -> Officer:
    with store.reading() as session:
        return session.get_one(Officer, officer.id)


def test_a_name_is_taken_whatever_its_capitals(any_store: Store) -> None:
    added(any_store, "anna")
    with pytest.raises(FieldRefusedError, match="already an officer who signs in as anna") as refused:
        officers.add(any_store, " ANNA ", "Another", Role.VIEWER, PASSWORD, by=None)
    assert refused.value.field == "username"


@pytest.mark.parametrize(
    ("username", "name", "field"),
    [
        *(("a b", "A", "username"), ("", "A", "username"), ("x" * 61, "A", "username"), ("a\0", "A", "username")),
        *(("a", " ", "name"), ("a", "x" * 121, "name"), ("a", "A\nB", "name")),
    ],
)
def test_a_name_that_cannot_be_kept_is_refused_beside_its_field(
    store: Store, username: str, name: str, field: str
) -> None:
    with pytest.raises(FieldRefusedError) as refused:
        officers.add(store, username, name, Role.VIEWER, PASSWORD, by=None)
    assert refused.value.field == field


def test_a_new_role_a_new_password_a_lost_telephone_and_disabling_end_all_sessions(any_store: Store) -> None:
    anna, ben = added(any_store, "anna"), added(any_store, "ben")
    sessions_after_signing_in(any_store, ben)
    with any_store.writing() as session:
        session.get_one(Officer, anna.id).totp_secret = "JBSWY3DPEHPK3PXP"  # noqa: S105
    acts: tuple[Callable[[], None], ...] = (
        lambda: officers.change(any_store, anna.uid, name="Anna", role=Role.MANAGER, by=ben.uid),
        lambda: officers.give_password(any_store, anna.uid, OTHER, by=ben.uid),
        lambda: officers.forget_second_factor(any_store, anna.uid, by=ben.uid),
        lambda: officers.disable(any_store, anna.uid, by=ben.uid),
    )
    for act in acts:
        sessions_after_signing_in(any_store, anna)
        assert count_of_sessions(any_store) == 2
        act()
        assert count_of_sessions(any_store) == 1
    assert kept(any_store, anna).totp_secret is None
    assert sign_in(any_store, "anna", OTHER, "", "").officer is None
    officers.enable(any_store, anna.uid, by=ben.uid)
    assert sign_in(any_store, "anna", PASSWORD, "", "").officer is None
    assert sign_in(any_store, "anna", OTHER, "", "").officer is not None


def test_a_new_name_ends_no_session(store: Store) -> None:
    anna = added(store, "anna")
    sessions_after_signing_in(store, anna)
    officers.change(store, anna.uid, name="Anna Field", role=Role.OFFICER, by=None)
    assert count_of_sessions(store) == 1
    assert kept(store, anna).name == "Anna Field"


def test_the_last_administrator_who_can_sign_in_can_be_neither_disabled_nor_demoted(any_store: Store) -> None:
    anna, ben = added(any_store, "anna", Role.ADMINISTRATOR), added(any_store, "ben", Role.ADMINISTRATOR)
    officers.disable(any_store, ben.uid, by=None)
    with pytest.raises(RefusedError, match="last administrator"):
        officers.disable(any_store, anna.uid, by=None)
    with pytest.raises(RefusedError, match="last administrator"):
        officers.change(any_store, anna.uid, name="Anna", role=Role.MANAGER, by=None)
    officers.enable(any_store, ben.uid, by=None)
    officers.change(any_store, anna.uid, name="Anna", role=Role.MANAGER, by=None)
    assert kept(any_store, anna).role == Role.MANAGER


def test_two_administrators_cannot_disable_each_other_at_once(
    any_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = [added(any_store, name, Role.ADMINISTRATOR) for name in ("anna", "ben")]
    meeting = Barrier(2)
    checked = officers._leaves_an_administrator

    def slowly(*given: object) -> None:
        checked(*given)  # type: ignore[arg-type]
        try:
            meeting.wait(timeout=1)
        except BrokenBarrierError:
            return

    def disabled(who: Officer) -> bool:
        try:
            officers.disable(any_store, who.uid, by=None)
        except RefusedError:
            return False
        return True

    monkeypatch.setattr(officers, "_leaves_an_administrator", slowly)
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(disabled, pair)) == [False, True]


def test_nobody_gets_around_the_question_for_their_own_password(store: Store) -> None:
    anna = added(store, "anna", Role.ADMINISTRATOR)
    acts: tuple[Callable[[], None], ...] = (
        lambda: officers.give_password(store, anna.uid, OTHER, by=anna.uid),
        lambda: officers.forget_second_factor(store, anna.uid, by=anna.uid),
    )
    for act in acts:
        with pytest.raises(RefusedError, match="Your account"):
            act()


def test_an_easy_password_is_not_given(store: Store) -> None:
    anna = added(store, "anna")
    with pytest.raises(FieldRefusedError, match="Three random words"):
        officers.give_password(store, anna.uid, "anna anna anna", by=None)


def test_whoever_is_not_there_is_not_found(store: Store) -> None:
    with pytest.raises(NotFoundError):
        officers.disable(store, "no such uid", by=None)


def test_the_audit_log_gets_ids_and_names_of_fields_only(store: Store) -> None:
    anna = added(store, "anna")
    officers.change(store, anna.uid, name="Anna Secret", role=Role.MANAGER, by="7")
    officers.change(store, anna.uid, name="Anna Secret", role=Role.MANAGER, by="7")
    officers.give_password(store, anna.uid, OTHER, by="7")
    officers.forget_second_factor(store, anna.uid, by="7")
    officers.disable(store, anna.uid, by="7")
    officers.disable(store, anna.uid, by="7")
    officers.enable(store, anna.uid, by="7")
    officers.enable(store, anna.uid, by="7")
    with store.reading() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.number)).all()
    assert [(event.action, event.officer_uid) for event in events] == [
        ("officer added", None),
        *((action, "7") for action in ("officer changed", "password given", "officer disabled", "officer enabled")),
    ]
    assert all(event.subject == f"officer {anna.uid}" for event in events)
    assert events[1].detail == '{"changed": "name, role", "role": "manager"}'
    assert not any(word in event.detail for event in events for word in ("Anna", "anna", OTHER))
