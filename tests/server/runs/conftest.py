"""A campaign with the poll, households that it invited, and runs of them."""

from collections.abc import Callable
from datetime import date

import pytest

from forms import library
from server.catalogue.versions import keep
from server.models.campaigns import Audience, Campaign, CampaignState, Channel, Invitation, Sampling
from server.models.copies import Copy, PrintRun, RunKind
from server.models.households import Household, HouseholdContact
from server.queries.runs import run_shown
from server.runs import drawing
from server.store import Store
from tests.forms.paper import Case, printing


def add_campaign(store: Store, name: str = "Poll", **more: object) -> Campaign:
    """Give a new campaign of the poll."""
    given: dict[str, object] = {
        "name": name,
        "state": CampaignState.OPEN,
        "opens_on": date(2026, 11, 1),
        "closes_on": date(2026, 12, 31),
        "channels": [Channel.PAPER],
        "audience": Audience.INVITED,
        "sampling": Sampling.CENSUS,
        "survey_round": name,
    }
    with store.writing() as session:
        version = keep(session, library.find("poll"))
        campaign = Campaign(form_version_id=version.id, **(given | more))
        session.add(campaign)
        session.flush()
        return campaign


def add_household(
    store: Store,
    campaign: Campaign,
    code: str,
    *,
    contact: tuple[str, str, str] | None = ("Ann Łuk", "1 King Street\nMelton Mowbray", "LE13 1AB"),
    left_out_because: str | None = None,
    **more: object,
) -> int:
    """Give the number of a new household that the campaign invited."""
    with store.writing() as session:
        household = Household(code=code, **more)
        if contact is not None:
            name, address, postcode = contact
            household.contact = HouseholdContact(name=name, address=address, postcode=postcode)
        session.add(household)
        session.flush()
        session.add(Invitation(campaign_id=campaign.id, household_id=household.id, left_out_because=left_out_because))
        return household.id


def add_run(store: Store, campaign: Campaign, kind: RunKind = RunKind.COPIES, **more: object) -> int:
    """Give the number of a run that waits."""
    given: dict[str, object] = {"edition": "clear", "size": "a4", "language": "en", "copies_wanted": 2}
    with store.writing() as session:
        run = PrintRun(campaign_id=campaign.id, kind=kind, **(given | more))
        session.add(run)
        session.flush()
        return run.id


def copies_of(store: Store, run_id: int) -> list[Copy]:
    """Give a run's copies in their order."""
    with store.reading() as session:
        return list(session.query(Copy).filter_by(print_run_id=run_id).order_by(Copy.number))


def run_of(store: Store, run_id: int) -> PrintRun:
    """Give a run as the database holds it now."""
    with store.reading() as session:
        return run_shown(session, run_id).run


@pytest.fixture
def quick_printing(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Print each form only once in this test; give how often a printing was asked for."""
    asked = []

    def once(*_: object, **__: object) -> object:
        asked.append(1)
        return printing(Case("poll"))

    monkeypatch.setattr(drawing, "print_form", once)
    return lambda: len(asked)
