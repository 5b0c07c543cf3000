"""Campaigns, households and responses as the tests of campaigns need them."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from server.campaigns import drafting, opening
from server.campaigns.inputs import Draft
from server.models.campaigns import Campaign, Invitation
from server.models.copies import PrintRun, RunKind, RunState
from server.models.households import Household
from server.models.responses import Response, ResponseState
from server.store import Store
from server.web.words import today

OFFICER = "00000000-0000-4000-8000-000000000001"
_numbers = count(1)


def draft(**changes: Any) -> Draft:
    """Give what a new campaign would be made of."""
    usual: dict[str, Any] = {
        "name": f"Campaign {next(_numbers)}",
        "form": "poll/library",
        "opens_on": today(),
        "closes_on": today() + timedelta(days=10),
        "channels": ["paper", "kiosk"],
        "sites": [],
        "audience": "invited",
        "sampling": "census",
    }
    return Draft.model_validate(usual | changes)


def campaign(store: Store, *, is_open: bool = False, **changes: Any) -> Campaign:
    """Make a campaign, and open it if that is wanted."""
    made = drafting.make(store, draft(**changes), by=OFFICER)
    return opening.open_now(store, made.id, made.version, date.min, by=OFFICER) if is_open else made


def households(store: Store, number: int, **more: Any) -> list[int]:
    """Add households with codes from H1 on; give their ids."""
    with store.writing() as session:
        rows = [Household(code=f"H{next(_numbers)}", **more) for _ in range(number)]
        session.add_all(rows)
        session.flush()
        return [row.id for row in rows]


def code_of(store: Store, household_id: int) -> str:
    """Give a household's code."""
    with store.reading() as session:
        return session.get_one(Household, household_id).code or ""


def response(store: Store, of: Campaign, channel: str = "paper", **more: Any) -> None:
    """Add a response to a campaign."""
    number = next(_numbers)
    usual: dict[str, Any] = {
        "uid": f"u{number}",
        "content_sha256": f"{number:064}",
        "receipt": f"R{number}",
        "received_on": today(),
        "language": "en",
        "format": "clear",
        "state": ResponseState.COMPLETE,
    }
    with store.writing() as session:
        session.add(Response(campaign_id=of.id, form_version_id=of.form_version_id, channel=channel, **(usual | more)))


def run(store: Store, of: Campaign, state: RunState) -> None:
    """Add a print run in some state."""
    with store.writing() as session:
        session.add(
            PrintRun(
                campaign_id=of.id,
                kind=RunKind.COPIES,
                edition="clear",
                size="a4",
                language="en",
                copies_wanted=1,
                state=state,
            )
        )


def invitations(store: Store, campaign_id: int) -> dict[int, str | None]:
    """Give the households that a campaign asks, each with why it is left out."""
    with store.reading() as session:
        rows = session.scalars(select(Invitation).where(Invitation.campaign_id == campaign_id))
        return {row.household_id: row.left_out_because for row in rows}
