"""Inviting households and leaving some out, on both databases."""

import json
from typing import Any

import pytest
from sqlalchemy import select, update

from server.campaigns import inviting, opening
from server.campaigns.inputs import Invite
from server.errors import NotFoundError, RefusedError
from server.models.audit import AuditEvent
from server.models.households import Household
from server.store import Store
from tests.server.campaigns.made import OFFICER, campaign, code_of, households, invitations


def wanted(**more: Any) -> Invite:
    usual: dict[str, Any] = {"how": "census", "tenures": [], "areas": [], "schemes": []}
    return Invite.model_validate(usual | more)


def test_a_census_invites_every_household_that_is_here(any_store: Store) -> None:
    made, here = campaign(any_store), households(any_store, 3)
    households(any_store, 2, is_here=False)
    assert inviting.invite(any_store, made.id, wanted(), by=OFFICER) == 3
    assert invitations(any_store, made.id) == dict.fromkeys(here)


def test_it_can_be_narrowed_to_tenures_areas_and_schemes_together(any_store: Store) -> None:
    made = campaign(any_store)
    meant = households(any_store, 2, tenure="general needs", area="Melton", scheme="Gretton Court")
    households(any_store, 1, tenure="sheltered", area="Melton", scheme="Gretton Court")
    households(any_store, 1, tenure="general needs", area="Asfordby", scheme="Gretton Court")
    households(any_store, 1, tenure="general needs", area="Melton", scheme="")
    narrowed = wanted(tenures=["general needs"], areas=["Melton"], schemes=["Gretton Court"])
    inviting.invite(any_store, made.id, narrowed, by=OFFICER)
    assert sorted(invitations(any_store, made.id)) == meant


def test_a_sample_draws_as_many_as_asked_for_and_others_each_time(any_store: Store) -> None:
    here = households(any_store, 60)
    drawn = []
    for _ in range(2):
        made = campaign(any_store, sampling="sample")
        inviting.invite(any_store, made.id, wanted(how="sample", number=20), by=OFFICER)
        drawn.append(set(invitations(any_store, made.id)))
    assert [len(one) for one in drawn] == [20, 20]
    assert drawn[0] <= set(here)
    assert drawn[0] != drawn[1]  # the same by chance once in 10 to the 15


def test_a_sample_never_draws_who_is_left_out_or_invited_already(any_store: Store) -> None:
    made, here = campaign(any_store), households(any_store, 10)
    inviting.leave_out(any_store, made.id, code_of(any_store, here[0]), "moving out", by=OFFICER)
    inviting.invite(any_store, made.id, wanted(how="sample", number=5), by=OFFICER)
    assert inviting.invite(any_store, made.id, wanted(), by=OFFICER) == 4
    assert invitations(any_store, made.id)[here[0]] == "moving out"


def test_a_sample_larger_than_what_there_is_is_refused(any_store: Store) -> None:
    made = campaign(any_store)
    households(any_store, 3)
    with pytest.raises(RefusedError, match="only 3 households"):
        inviting.invite(any_store, made.id, wanted(how="sample", number=4), by=OFFICER)
    assert invitations(any_store, made.id) == {}


def test_an_invited_household_can_be_left_out_and_taken_back_in(any_store: Store) -> None:
    made, (one,) = campaign(any_store), households(any_store, 1)
    inviting.invite(any_store, made.id, wanted(), by=OFFICER)
    inviting.leave_out(any_store, made.id, code_of(any_store, one), "void", by=OFFICER)
    assert invitations(any_store, made.id) == {one: "void"}
    inviting.take_back_in(any_store, made.id, one, by=OFFICER)
    assert invitations(any_store, made.id) == {one: None}
    with pytest.raises(NotFoundError):
        inviting.take_back_in(any_store, made.id, one, by=OFFICER)


def test_a_code_that_no_household_has_is_refused(any_store: Store) -> None:
    made = campaign(any_store)
    with pytest.raises(NotFoundError, match="No household has this code"):
        inviting.leave_out(any_store, made.id, "H-none", "void", by=OFFICER)


def test_invitations_can_be_taken_back_only_while_it_is_a_draft(any_store: Store) -> None:
    made, here = campaign(any_store), households(any_store, 3)
    inviting.invite(any_store, made.id, wanted(), by=OFFICER)
    inviting.leave_out(any_store, made.id, code_of(any_store, here[1]), "void", by=OFFICER)
    assert inviting.withdraw(any_store, made.id, by=OFFICER) == 2
    assert invitations(any_store, made.id) == {here[1]: "void"}
    opened = campaign(any_store, is_open=True)
    with pytest.raises(RefusedError, match="stay once a campaign is open"):
        inviting.withdraw(any_store, opened.id, by=OFFICER)


def test_nobody_is_invited_to_what_is_closed(any_store: Store) -> None:
    opened = campaign(any_store, is_open=True)
    opening.close_now(any_store, opened.id, opened.version, by=OFFICER)
    households(any_store, 1)
    with pytest.raises(RefusedError, match="closed"):
        inviting.invite(any_store, opened.id, wanted(), by=OFFICER)


def test_the_log_holds_counts_only(any_store: Store) -> None:
    made, here = campaign(any_store), households(any_store, 2)
    inviting.invite(any_store, made.id, wanted(), by=OFFICER)
    with any_store.writing() as session:
        session.execute(update(Household).where(Household.id == here[0]).values(code="Secret street 1"))
    inviting.leave_out(any_store, made.id, "Secret street 1", "a sad reason", by=OFFICER)
    with any_store.reading() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.number)).all()
    assert [json.loads(event.detail) for event in events[1:]] == [
        {"households": 2, "how": "census"},
        {"households": 1},
    ]
