"""Making and changing campaigns, on both databases."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from forms import library
from server.campaigns import drafting, opening
from server.campaigns.errors import ChangedMeanwhileError, NameTakenError
from server.campaigns.inputs import Changes
from server.errors import NotFoundError, RefusedError
from server.models.audit import AuditEvent
from server.models.campaigns import Campaign, CampaignState, Site
from server.store import Store
from server.web.words import today
from tests.server.campaigns.made import OFFICER, campaign, draft


def changes(of: Campaign, **more: object) -> Changes:
    usual: dict[str, object] = {
        "name": of.name,
        "closes_on": of.closes_on,
        "channels": of.channels,
        "sites": [],
        "version": of.version,
    }
    return Changes.model_validate(usual | more)


def test_a_campaign_begins_as_a_draft_with_the_form_as_it_is_now(any_store: Store) -> None:
    with any_store.writing() as session:
        session.add(Site(id=3, name="Parkside"))
    made = campaign(any_store, sites=[3])
    with any_store.reading() as session:
        kept = session.get_one(Campaign, made.id)
        assert kept.state == CampaignState.DRAFT
        assert kept.form_version.content_sha256 == library.find("poll").content_hash
        assert [site.name for site in kept.sites] == ["Parkside"]
        assert kept.channels == ["paper", "kiosk"]


def test_a_survey_round_left_empty_is_the_reporting_year_or_the_campaigns_name(any_store: Store) -> None:
    assert campaign(any_store, form="tsm-2026-27/library").survey_round == "2026-27"
    assert campaign(any_store, name="Winter poll").survey_round == "Winter poll"
    assert campaign(any_store, survey_round="spring").survey_round == "spring"


def test_two_campaigns_cannot_have_one_name(any_store: Store) -> None:
    campaign(any_store, name="Winter")
    other = campaign(any_store)
    with pytest.raises(NameTakenError):
        campaign(any_store, name="Winter")
    with pytest.raises(NameTakenError):
        drafting.change(any_store, other.id, changes(other, name="Winter"), by=OFFICER)


def test_a_form_that_is_not_there_cannot_be_used(any_store: Store) -> None:
    with pytest.raises(NotFoundError):
        campaign(any_store, form="nothing/library")


def test_once_open_a_campaign_keeps_its_form_but_may_run_longer(any_store: Store) -> None:
    opened = campaign(any_store, is_open=True)
    with pytest.raises(RefusedError, match="can no longer be changed"):
        drafting.change(any_store, opened.id, draft(form="priorities/library", version=opened.version), by=OFFICER)
    later = opened.closes_on + timedelta(days=7)
    changed = drafting.change(any_store, opened.id, changes(opened, closes_on=later), by=OFFICER)
    assert changed.closes_on == later
    assert changed.form_version_id == opened.form_version_id


def test_an_open_campaign_cannot_end_before_it_begins(any_store: Store) -> None:
    opened = campaign(any_store, is_open=True)
    with pytest.raises(RefusedError, match="before the first"):
        drafting.change(any_store, opened.id, changes(opened, closes_on=today() - timedelta(days=1)), by=OFFICER)


def test_a_closed_campaign_stays_as_it_was(any_store: Store) -> None:
    opened = campaign(any_store, is_open=True)
    closed = opening.close_now(any_store, opened.id, opened.version, by=OFFICER)
    with pytest.raises(RefusedError, match="closed"):
        drafting.change(any_store, closed.id, changes(closed, name="Other"), by=OFFICER)


def test_whoever_changes_what_somebody_changed_meanwhile_is_told(any_store: Store) -> None:
    seen = campaign(any_store)
    drafting.change(any_store, seen.id, changes(seen, name="First"), by=OFFICER)
    stale = changes(seen, name="Second")
    stale = stale.model_copy(update={"version": 1})
    with pytest.raises(ChangedMeanwhileError):
        drafting.change(any_store, seen.id, stale, by=OFFICER)
    with any_store.reading() as session:
        assert session.get_one(Campaign, seen.id).name == "First"


def test_a_change_at_the_very_same_moment_is_told_too(any_store: Store) -> None:
    made = campaign(any_store)

    def change_what_another_process_changes() -> None:
        with drafting.changing(any_store, made.id, made.version) as (session, held):
            session.execute(update(Campaign).values(version=99).execution_options(synchronize_session=False))
            held.name = "Second"

    with pytest.raises(ChangedMeanwhileError):
        change_what_another_process_changes()


def test_the_log_says_who_made_and_changed_it_but_not_its_words(any_store: Store) -> None:
    made = campaign(any_store, name="Mrs Smith's campaign")
    drafting.change(any_store, made.id, changes(made, name="Mr Smith's"), by=OFFICER)
    with any_store.reading() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.number)).all()
    assert [(event.action, event.subject, event.officer_uid) for event in events] == [
        ("campaign made", f"campaign {made.uid}", OFFICER),
        ("campaign changed", f"campaign {made.uid}", OFFICER),
    ]
    assert not any("Smith" in event.detail for event in events)


# What counts at a kiosk only.


def at_kiosk(store: Store, campaign_id: int) -> tuple[bool, bool, int]:
    with store.reading() as session:
        kept = session.get_one(Campaign, campaign_id)
        return kept.keeps_unfinished, kept.shows_results, kept.rest_seconds


ALL: dict[str, Any] = {"at_kiosk": ["keeps_unfinished", "shows_results"], "rest_seconds": "30"}


def test_a_campaign_says_what_its_kiosks_do_and_the_audit_log_tells_it(any_store: Store) -> None:
    assert at_kiosk(any_store, campaign(any_store, audience="anyone").id) == (False, False, 0)
    made = campaign(any_store, audience="anyone", **ALL)
    assert at_kiosk(any_store, made.id) == (True, True, 30)
    with any_store.reading() as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc()).limit(1)).one()
    assert '"unfinished kept": true' in last.detail
    assert '"rest seconds": 30' in last.detail


def test_without_a_kiosk_there_is_nothing_to_say_of_one(store: Store) -> None:
    assert at_kiosk(store, campaign(store, audience="anyone", channels=["paper"], **ALL).id) == (False, False, 0)


def test_only_where_anyone_may_answer_a_kiosk_rests(store: Store) -> None:
    assert at_kiosk(store, campaign(store, audience="invited", **ALL).id) == (True, True, 0)


def test_what_kiosks_do_can_be_changed_while_a_campaign_is_open(any_store: Store) -> None:
    made = campaign(any_store, is_open=True, audience="anyone", **ALL)
    drafting.change(any_store, made.id, changes(made, at_kiosk=["shows_results"], rest_seconds=""), by=OFFICER)
    assert at_kiosk(any_store, made.id) == (False, True, 0)
