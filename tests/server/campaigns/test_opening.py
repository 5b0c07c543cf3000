"""Opening and closing campaigns, on both databases."""

from datetime import timedelta

import pytest

from server.campaigns import opening
from server.campaigns.errors import ChangedMeanwhileError
from server.errors import NotFoundError, RefusedError
from server.models.campaigns import CampaignState
from server.store import Store
from server.web.words import today
from tests.server.campaigns.made import OFFICER, campaign


def test_a_draft_is_opened_and_then_closed(any_store: Store) -> None:
    made = campaign(any_store)
    opened = opening.open_now(any_store, made.id, made.version, today(), by=OFFICER)
    assert opened.state == CampaignState.OPEN
    assert opening.close_now(any_store, opened.id, opened.version, by=OFFICER).state == CampaignState.CLOSED


def test_it_can_still_be_opened_on_its_last_day_but_not_after(any_store: Store) -> None:
    made = campaign(any_store)
    with pytest.raises(RefusedError, match="last day is past"):
        opening.open_now(any_store, made.id, made.version, made.closes_on + timedelta(days=1), by=OFFICER)
    assert opening.open_now(any_store, made.id, made.version, made.closes_on, by=OFFICER).state == CampaignState.OPEN


def test_without_a_channel_it_cannot_be_opened(any_store: Store) -> None:
    made = campaign(any_store, channels=[])
    with pytest.raises(RefusedError, match="no channel"):
        opening.open_now(any_store, made.id, made.version, today(), by=OFFICER)


def test_what_is_open_cannot_be_opened_and_a_draft_cannot_be_closed(any_store: Store) -> None:
    made, opened = campaign(any_store), campaign(any_store, is_open=True)
    with pytest.raises(RefusedError, match="open already"):
        opening.open_now(any_store, opened.id, opened.version, today(), by=OFFICER)
    with pytest.raises(RefusedError, match="Only a campaign that is open"):
        opening.close_now(any_store, made.id, made.version, by=OFFICER)


def test_nobody_opens_what_was_changed_since_they_saw_it(any_store: Store) -> None:
    made = campaign(any_store)
    with pytest.raises(ChangedMeanwhileError):
        opening.open_now(any_store, made.id, made.version + 1, today(), by=OFFICER)


def test_a_campaign_that_is_not_there_cannot_be_opened(any_store: Store) -> None:
    with pytest.raises(NotFoundError):
        opening.open_now(any_store, 404, 1, today(), by=OFFICER)
