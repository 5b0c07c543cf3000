"""For whom a run is: who gets a first copy, who a reminder, and in which order."""

from datetime import date

import pytest

from server.models.base import now
from server.models.campaigns import Campaign
from server.models.copies import RunKind
from server.models.households import Household
from server.models.responses import Response
from server.queries.recipients import Recipient, count_of_recipients, postal_key, recipients, recipients_as_now
from server.store import Store
from tests.server.runs.conftest import add_campaign, add_household


def codes(store: Store, campaign_id: int, kind: RunKind) -> list[str]:
    with store.reading() as session:
        found = [one.code for one in recipients(session, campaign_id, kind)]
        assert count_of_recipients(session, campaign_id, kind) == len(found)
        return found


def answered(store: Store, campaign_id: int, household_id: int) -> None:
    with store.writing() as session:
        session.add(
            Response(
                uid=f"u{campaign_id}-{household_id}",
                content_sha256="0" * 64,
                receipt=f"R{campaign_id}-{household_id}",
                campaign_id=campaign_id,
                form_version_id=session.get_one(Campaign, campaign_id).form_version_id,
                household_id=household_id,
                channel="paper",
                received_on=date(2026, 11, 20),
                saved_at=now(),
                language="en",
                format="clear",
            )
        )


def test_a_run_goes_to_the_invited_households_that_are_here_and_not_left_out(any_store: Store) -> None:
    campaign, other = add_campaign(any_store), add_campaign(any_store, "Another")
    add_household(any_store, campaign, "invited")
    add_household(any_store, campaign, "wants no reminder", wants_no_reminder=True)
    add_household(any_store, campaign, "no address", contact=None)
    add_household(any_store, campaign, "left out", left_out_because="moves out")
    add_household(any_store, campaign, "gone", is_here=False)
    add_household(any_store, other, "of another campaign")
    erased = add_household(any_store, campaign, "erased")
    with any_store.writing() as session:
        session.get_one(Household, erased).code = None
    assert sorted(codes(any_store, campaign.id, RunKind.HOUSEHOLDS)) == ["invited", "no address", "wants no reminder"]
    assert codes(any_store, campaign.id, RunKind.COPIES) == []


def test_a_reminder_goes_to_those_who_have_not_answered_and_may_be_reminded(any_store: Store) -> None:
    campaign, other = add_campaign(any_store), add_campaign(any_store, "Another")
    add_household(any_store, campaign, "silent")
    add_household(any_store, campaign, "wants no reminder", wants_no_reminder=True)
    add_household(any_store, campaign, "left out", left_out_because="moves out")
    answered(any_store, campaign.id, add_household(any_store, campaign, "answered"))
    answered(any_store, other.id, add_household(any_store, campaign, "answered another campaign"))
    assert sorted(codes(any_store, campaign.id, RunKind.REMINDER)) == ["answered another campaign", "silent"]


def recipient(postcode: str, address: str, code: str) -> Recipient:
    return Recipient(0, code, "", address, postcode)


def test_households_come_by_postcode_then_address_then_code_with_number_2_before_10() -> None:
    in_order = [
        recipient("", "", "T9"),
        recipient("LE13 0AA", "10 King Street", "T1"),
        recipient("LE13 1AB", "2 King Street", "T2"),
        recipient("le131ab", "2 King Street", "T10"),
        recipient("LE13 1AB", "10 King Street", "T3"),
        recipient("LE13 1AB", "King Street 1", "T0"),
    ]
    assert sorted([*in_order[3:], *in_order[:3]], key=postal_key) == in_order


@pytest.mark.parametrize("figures", ["²", "٣", "٣a1", "1²"])
def test_odd_figures_in_an_address_can_be_ordered(figures: str) -> None:
    assert sorted([recipient("", figures, "b"), recipient("", "1", "a")], key=postal_key)


def test_an_address_ends_with_its_postcode_once() -> None:
    one = recipient("LE13 1AB", " 1  King Street\n\nMelton\nle131ab", "T1")
    assert one.lines == ("1 King Street", "Melton", "LE13 1AB")


def test_what_changed_about_a_household_since_it_was_chosen_is_seen(any_store: Store) -> None:
    campaign = add_campaign(any_store)
    stays, moves = add_household(any_store, campaign, "stays"), add_household(any_store, campaign, "moves")
    with any_store.reading() as session:
        chosen = recipients(session, campaign.id, RunKind.HOUSEHOLDS)
    with any_store.writing() as session:
        assert recipients_as_now(session, chosen) == chosen
        session.get_one(Household, moves).is_here = False
    with any_store.writing() as session:
        assert [one.household_id for one in recipients_as_now(session, chosen)] == [stays]
