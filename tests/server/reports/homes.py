"""Households and their responses put straight into a store, as many and as odd as a test of counting needs."""

import hashlib
import random
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from server.models.campaigns import Campaign, Invitation
from server.models.households import Household
from server.models.responses import Answer, Response, ResponseState
from tests.server.filling import a_campaign

SAVED = datetime(2026, 6, 1, 9, tzinfo=UTC)
SATISFIED = {"overall": "very_satisfied", "repair_done": "no"}
TENURES = ("Secure", "Introductory", "Shared ownership", "Leasehold")


def a_home(session: Session, number: int, tenure: str = "Secure", **more: object) -> Household:
    """Give a new household."""
    home = Household(code=f"H{number}", tenure=tenure, **more)
    session.add(home)
    session.flush()
    return home


def a_response(
    session: Session,
    campaign: Campaign,
    home: Household | None,
    answers: Mapping[str, str] = SATISFIED,
    **more: object,
) -> Response:
    """Give a new response of a household, or of nobody known."""
    name = str(UUID(int=random.getrandbits(128)))
    facts: dict[str, object] = {"received_on": date(2026, 6, 1), "saved_at": SAVED, "channel": "paper", **more}
    response = Response(
        uid=name,
        content_sha256=hashlib.sha256(name.encode()).hexdigest(),
        receipt=name[:13],
        campaign_id=campaign.id,
        form_version_id=campaign.form_version_id,
        household_id=home.id if home else None,
        language=str(facts.pop("language", "en")),
        format="clear",
        **facts,
    )
    response.answers = [Answer(question=question, option=option) for question, option in answers.items()]
    session.add(response)
    session.flush()
    return response


def the_year(session: Session) -> Campaign:
    """Give a campaign that runs through the whole reporting year 2026-27."""
    campaign = a_campaign(session)
    campaign.opens_on, campaign.closes_on = date(2026, 4, 1), date(2027, 3, 31)
    session.flush()
    return campaign


def a_muddle(session: Session, chance: random.Random, responses: int) -> None:
    """Put in homes of all tenures and responses with everything that keeps one from counting."""
    campaign = the_year(session)
    homes = [a_home(session, number, chance.choice(TENURES)) for number in range(responses // 3)]
    for _ in range(responses):
        said = chance.choice(
            ({"overall": "neither"}, {"safe_home": "not_applicable"}, {"repair_done": "yes"}, SATISFIED)
        )
        a_response(
            session,
            campaign,
            chance.choice([None, *homes]),
            said,
            received_on=date(2026, 3, 29) + timedelta(days=chance.randrange(6)),
            saved_at=SAVED + timedelta(minutes=chance.randrange(2)),
            state=chance.choice([*[ResponseState.COMPLETE] * 8, ResponseState.CLASH]),
        )


def invite(session: Session, campaign: Campaign, home: Household, because: str | None = None) -> None:
    """Invite a household, or leave it out for a reason."""
    session.add(Invitation(campaign_id=campaign.id, household_id=home.id, left_out_because=because))
    session.flush()
