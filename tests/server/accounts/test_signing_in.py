"""Signing in says nothing of what is wrong, takes as long either way, slows guessing down and shuts nobody out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pyotp
import pytest
from sqlalchemy import func, select

from server.accounts import officers, passwords, signing_in
from server.accounts.signing_in import Outcome, sign_in
from server.accounts.throttling import FREE_FAILURES, WAIT_SECONDS_MAX
from server.models.audit import AuditEvent
from server.models.officers import Officer, OfficerSession, Role, Throttle
from server.store import Store
from tests.server.accounts.conftest import Clock
from tests.server.conftest import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 (of this test's telephone)


@pytest.fixture
def attempt(any_store: Store, clock: Clock) -> Callable[..., Outcome]:
    """Give a way to sign in to a store in which there is Anna."""
    del clock
    officers.add(any_store, "anna", "Anna Field", Role.OFFICER, PASSWORD, by=None)

    def attempt(password: str = "wrong", code: str = "", name: str = "anna", address: str = "10.0.0.1") -> Outcome:  # noqa: S107
        return sign_in(any_store, name, password, code, address)

    return attempt


def set_up_telephone(store: Store) -> None:
    with store.writing() as session:
        session.scalars(select(Officer)).one().totp_secret = SECRET


def test_the_right_password_begins_a_session_and_is_noted(attempt: Callable[..., Outcome], any_store: Store) -> None:
    outcome = attempt(PASSWORD, name="ANNA")
    assert outcome.officer is not None
    assert outcome.officer.username == "anna"
    with any_store.reading() as session:
        kept = session.scalars(select(OfficerSession)).one()
        assert outcome.token not in (kept.token_sha256, "")
        assert session.scalars(select(AuditEvent.action)).all() == ["officer added", "signed in"]


def test_a_wrong_password_and_an_unknown_a_disabled_and_an_impossible_name_end_the_same(
    attempt: Callable[..., Outcome], any_store: Store
) -> None:
    ben = officers.add(any_store, "ben", "Ben", Role.OFFICER, PASSWORD, by=None)
    officers.disable(any_store, ben.uid, by=None)
    assert attempt() == attempt(name="nobody") == attempt(PASSWORD, name="ben") == attempt(name="') --") == Outcome()


def test_a_hash_is_made_whether_or_not_somebody_has_the_name(
    attempt: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes: list[str] = []
    checked = passwords.HASHER

    class Counting:
        def verify(self, kept: str, password: str) -> bool:
            hashes.append(kept)
            return checked.verify(kept, password)

    monkeypatch.setattr(passwords, "HASHER", Counting())
    attempt(name="anna")
    attempt(name="nobody")
    assert len(hashes) == 2
    assert hashes[1] == passwords.NOBODYS


def test_the_hash_that_is_checked_for_nobody_is_as_dear_as_every_other(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("monkeypatch").undo()  # the tests' own quick passwords
    assert not passwords.HASHER.check_needs_rehash(passwords.NOBODYS)


def test_after_a_few_failures_the_right_password_must_wait_too_and_longer_each_time(
    attempt: Callable[..., Outcome], clock: Clock
) -> None:
    waits = []
    for _ in range(FREE_FAILURES["name"]):
        assert attempt() == Outcome()
    for _ in range(10):
        wait = attempt(PASSWORD).wait_seconds
        waits.append(wait)
        clock.passes(seconds=wait)
        assert attempt() == Outcome()
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, WAIT_SECONDS_MAX, WAIT_SECONDS_MAX]


def test_a_name_is_never_locked_out(attempt: Callable[..., Outcome], clock: Clock) -> None:
    for number in range(20):
        attempt(address=f"10.0.1.{number}")
        clock.passes(seconds=WAIT_SECONDS_MAX)
    assert attempt(PASSWORD).officer is not None
    assert attempt() == attempt() == Outcome(), "the failures under the name are forgotten after signing in"


def test_a_try_that_is_made_to_wait_does_not_lengthen_the_wait(attempt: Callable[..., Outcome], clock: Clock) -> None:
    for _ in range(FREE_FAILURES["name"]):
        attempt()
    for _ in range(20):
        assert attempt().wait_seconds == 2
    clock.passes(seconds=2)
    assert attempt(PASSWORD).officer is not None


def test_an_old_failure_is_forgotten(attempt: Callable[..., Outcome], clock: Clock, any_store: Store) -> None:
    for _ in range(FREE_FAILURES["name"]):
        attempt()
    clock.passes(hours=1)
    assert attempt() == attempt() == Outcome()
    clock.passes(hours=1)
    attempt(name="nobody", address="10.9.9.9")
    with any_store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Throttle)) == 2, "nothing is left of old failures"


def test_a_different_name_from_the_same_address_waits_too(attempt: Callable[..., Outcome]) -> None:
    for number in range(FREE_FAILURES["address"]):
        assert attempt(name=f"guess{number}") == Outcome()
    assert attempt(PASSWORD).wait_seconds == 2
    assert attempt(PASSWORD, address="10.0.0.2").officer is not None


def test_tries_sent_all_at_once_are_counted_one_by_one(
    attempt: Callable[..., Outcome], any_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd = 8
    meeting = Barrier(crowd, timeout=20)

    def slowly(kept: str | None, password: str) -> bool:
        del kept, password
        meeting.wait()
        return False

    monkeypatch.setattr(signing_in, "is_right", slowly)
    with ThreadPoolExecutor(crowd) as pool:
        outcomes = [future.result() for future in [pool.submit(attempt) for _ in range(crowd)]]
    assert sum(outcome == Outcome() for outcome in outcomes) == FREE_FAILURES["name"]
    with any_store.reading() as session:
        assert set(session.scalars(select(Throttle.failures))) == {FREE_FAILURES["name"]}


def test_neither_names_nor_addresses_are_kept_with_the_failures(
    attempt: Callable[..., Outcome], any_store: Store
) -> None:
    attempt(name="nobody")
    with any_store.reading() as session:
        keys = session.scalars(select(Throttle.key)).all()
    assert all(len(key) == 64 and not {"nobody", "10.0.0.1"} & {key} for key in keys)
    assert len(set(keys)) == 2


def test_a_refusal_is_noted_by_uid_where_there_is_one(attempt: Callable[..., Outcome], any_store: Store) -> None:
    attempt()
    attempt(name="nobody")
    with any_store.reading() as session:
        uid = session.scalars(select(Officer.uid)).one()
        refused = session.scalars(select(AuditEvent.subject).where(AuditEvent.action == "sign-in refused")).all()
    assert refused == [f"officer {uid}", "an unknown name"]


def test_a_code_is_wanted_only_after_the_right_password(attempt: Callable[..., Outcome], any_store: Store) -> None:
    set_up_telephone(any_store)
    assert attempt() == Outcome()
    assert attempt(PASSWORD) == Outcome(wants_code=True)


def test_a_code_is_taken_once(attempt: Callable[..., Outcome], any_store: Store, clock: Clock) -> None:
    set_up_telephone(any_store)
    code = pyotp.TOTP(SECRET).at(clock.at)
    assert attempt(PASSWORD, f"{code[:3]} {code[3:]}").officer is not None
    assert attempt(PASSWORD, code) == Outcome(wants_code=True)
    clock.passes(seconds=30)
    assert attempt(PASSWORD, code) == Outcome(wants_code=True)
    assert attempt(PASSWORD, pyotp.TOTP(SECRET).at(clock.at)).officer is not None


def test_a_telephones_clock_may_be_one_step_off(
    attempt: Callable[..., Outcome], any_store: Store, clock: Clock
) -> None:
    set_up_telephone(any_store)
    codes = [pyotp.TOTP(SECRET).at(clock.at + timedelta(seconds=30 * steps)) for steps in (-2, -1, 0, 1, 2)]
    taken = [attempt(PASSWORD, code).officer is not None for code in codes]
    assert taken == [False, True, True, True, False]


def test_guessing_codes_is_slowed_down_as_well(attempt: Callable[..., Outcome], any_store: Store) -> None:
    set_up_telephone(any_store)
    for code in ("000000", "111111", "222222"):
        assert attempt(PASSWORD, code) == Outcome(wants_code=True)
    assert attempt(PASSWORD, "333333").wait_seconds == 2
