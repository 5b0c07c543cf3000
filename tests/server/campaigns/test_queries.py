"""Campaigns with what has come of them, and what waits today, on both databases."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.campaigns import inviting, opening
from server.campaigns.inputs import Invite
from server.campaigns.next_step import next_step
from server.errors import NotFoundError
from server.models.copies import Copy, PrintRun, RunState
from server.models.households import HouseholdImport
from server.models.responses import ResponseState
from server.queries.campaigns import Progress, household_choices, left_out_page, progress_page, standing
from server.queries.today import needs_of_today, open_campaigns
from server.store import Store
from server.web.words import today
from tests.server.campaigns.made import OFFICER, campaign, code_of, households, response, run

EVERYBODY = Invite.model_validate({"how": "census", "tenures": [], "areas": [], "schemes": []})


def step(store: Store, campaign_id: int) -> str:
    with store.reading() as session:
        return next_step(standing(session, campaign_id), today()).words


def test_a_list_shows_the_open_ones_first_with_responses_that_stand_and_who_is_asked(any_store: Store) -> None:
    closed = campaign(any_store, is_open=True)
    opening.close_now(any_store, closed.id, closed.version, by=OFFICER)
    drafted, opened = campaign(any_store), campaign(any_store, is_open=True)
    here = households(any_store, 3)
    inviting.invite(any_store, opened.id, EVERYBODY, by=OFFICER)
    inviting.leave_out(any_store, opened.id, code_of(any_store, here[0]), "void", by=OFFICER)
    response(any_store, opened)
    response(any_store, opened, state=ResponseState.CLASH)
    response(any_store, drafted)
    with any_store.reading() as session:
        listing = progress_page(session, 1)
    rows = [row for row in listing.rows if isinstance(row, Progress)]
    assert [(row.campaign.id, row.responses, row.invited) for row in rows] == [
        (opened.id, 1, 2),
        (drafted.id, 1, 0),
        (closed.id, 0, 0),
    ]
    assert listing.total == 3


def test_a_campaigns_page_tells_channels_clashes_copies_and_reasons(any_store: Store) -> None:
    made, other = campaign(any_store, is_open=True), campaign(any_store, is_open=True)
    here = households(any_store, 4)
    inviting.invite(any_store, made.id, EVERYBODY, by=OFFICER)
    for one in here[:2]:
        inviting.leave_out(any_store, made.id, code_of(any_store, one), "void", by=OFFICER)
    inviting.leave_out(any_store, made.id, code_of(any_store, here[2]), "asked last month", by=OFFICER)
    for channel in ("paper", "paper", "kiosk"):
        response(any_store, made, channel)
    response(any_store, made, state=ResponseState.CLASH)
    response(any_store, other)
    run(any_store, made, RunState.READY)
    with any_store.writing() as session:
        session.add(
            Copy(code="A1", campaign_id=made.id, print_run_id=session.scalars(select(PrintRun.id)).one(), number=1)
        )
    with any_store.reading() as session:
        found = standing(session, made.id)
        left_out = left_out_page(session, made.id, 1)
    assert found.by_channel == {"paper": 2, "kiosk": 1}
    assert (found.responses, found.clashes, found.invited, found.copies) == (3, 1, 1, 1)
    assert found.left_out == (("void", 2), ("asked last month", 1))
    assert left_out.total == 3


def test_a_campaign_that_is_not_there_is_said_to_be_missing(any_store: Store) -> None:
    with any_store.reading() as session, pytest.raises(NotFoundError):
        standing(session, 404)


def test_households_can_be_narrowed_by_what_those_who_are_here_have(any_store: Store) -> None:
    households(any_store, 2, tenure="sheltered", area="Melton", scheme="Gretton Court")
    households(any_store, 1, tenure="general needs", area="Melton")
    households(any_store, 1, tenure="leasehold", area="Asfordby", is_here=False)
    with any_store.reading() as session:
        choices = household_choices(session)
    assert choices.tenures == (("general needs", 1), ("sheltered", 2))
    assert choices.areas == (("Melton", 3),)
    assert choices.schemes == (("", 1), ("Gretton Court", 2))
    assert choices.total == 3


def test_the_next_step_follows_what_is_missing(any_store: Store) -> None:
    draft = campaign(any_store)
    assert step(any_store, draft.id) == "Invite households"
    households(any_store, 1)
    inviting.invite(any_store, draft.id, EVERYBODY, by=OFFICER)
    assert step(any_store, draft.id) == "Open it"
    opened = opening.open_now(any_store, draft.id, draft.version, today(), by=OFFICER)
    assert step(any_store, opened.id) == "Print copies"
    response(any_store, opened, state=ResponseState.CLASH)
    assert step(any_store, opened.id) == "Settle the clashes"
    opening.close_now(any_store, opened.id, opened.version, by=OFFICER)
    assert step(any_store, opened.id) == "Nothing more"


def test_the_next_step_of_a_campaign_whose_days_or_channels_are_wrong(store: Store) -> None:
    past: dict[str, Any] = {"opens_on": today() - timedelta(days=9), "closes_on": today() - timedelta(days=1)}
    assert step(store, campaign(store, **past).id) == "Change its dates"
    assert step(store, campaign(store, **past, is_open=True).id) == "Close it"
    assert step(store, campaign(store, channels=[]).id) == "Choose its channels"
    assert step(store, campaign(store, channels=["kiosk"], audience="anyone", is_open=True).id) == "Wait for answers"


def test_a_new_installation_needs_only_its_first_steps(any_store: Store) -> None:
    with any_store.reading() as session:
        needs = needs_of_today(session, today())
    assert not needs.first_steps.has_households
    assert not needs.first_steps.has_campaigns
    assert needs.is_nothing


def test_today_tells_open_campaigns_from_those_past_their_last_day_and_from_drafts(any_store: Store) -> None:
    running = campaign(any_store, is_open=True, closes_on=today())
    overdue = campaign(
        any_store, is_open=True, opens_on=today() - timedelta(days=5), closes_on=today() - timedelta(days=1)
    )
    drafted = campaign(any_store)
    response(any_store, running)
    with any_store.reading() as session:
        needs = needs_of_today(session, today())
        for_viewers = open_campaigns(session)
    assert [(one.campaign.id, one.responses) for one in needs.running] == [(running.id, 1)]
    assert [one.campaign.id for one in needs.overdue] == [overdue.id]
    assert [one.id for one in needs.drafts] == [drafted.id]
    assert {one.campaign.id for one in for_viewers} == {running.id, overdue.id}
    assert not needs.is_nothing


def test_today_counts_clashes_runs_imports_and_what_came_in(any_store: Store) -> None:
    made = campaign(any_store, is_open=True)
    for state in (RunState.WAITING, RunState.FAILED, RunState.FAILED, RunState.READY):
        run(any_store, made, state)
    for _ in range(2):
        response(any_store, made, "kiosk", state=ResponseState.CLASH)
    for channel in ("kiosk", "paper"):
        response(any_store, made, channel)
    response(any_store, made, received_on=today() - timedelta(days=1))
    with any_store.writing() as session:
        session.add(HouseholdImport(file_sha256="0" * 64))
        session.add(HouseholdImport())  # given up: its file is gone
    with any_store.reading() as session:
        needs = needs_of_today(session, today())
    assert [(one.id, count) for one, count in needs.clashes] == [(made.id, 2)]
    assert (needs.runs_waiting, needs.runs_failed, needs.imports_waiting) == (1, 2, 1)
    assert needs.came_today == (("kiosk", 3), ("paper", 1))
