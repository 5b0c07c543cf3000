"""A small year: 120 homes, of which some answered, by all channels."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from server.accounts import officers
from server.app import create_app
from server.models.officers import Role
from tests.server.conftest import PASSWORD, Browser, made_store
from tests.server.reports.homes import a_home, a_response, invite, the_year

SATISFIED = {"overall": "very_satisfied", "safe_home": "fairly_satisfied", "repair_done": "no"}
NOT = {"overall": "very_dissatisfied", "safe_home": "not_applicable", "repair_done": "no"}
CHANNELS = ("paper", "kiosk", "helped", "typed_pdf", "imported")


def a_year(session: Session) -> None:
    """Put it in: of 60 old tenants 50 answered and are content, of 60 young ones 20, half of them content."""
    campaign = the_year(session)
    for number in range(120):
        old = number < 60
        facts = {"area": "North" if number % 2 else "South", "scheme": "Court" if number % 8 == 1 else ""}
        home = a_home(session, number, age_band="65 and over" if old else "18 to 34", property_type="Flat", **facts)
        invite(session, campaign, home)
        if number % 60 < (50 if old else 20):
            said = SATISFIED if old or number % 2 else NOT
            day = date(2026, 4 + number % 6, 1 + number % 28)
            a_response(session, campaign, home, said, channel=CHANNELS[number % 5], received_on=day)
    a_response(session, campaign, None)


@pytest.fixture(scope="module")
def councillor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Give a viewer's browser on a store with it: the pages change nothing."""
    store = made_store(tmp_path_factory.mktemp("year") / "data", None)
    with store.writing() as session:
        a_year(session)
    officers.add(store, "councillor", "Cllr Ali", Role.VIEWER, PASSWORD, by=None)
    browser = Browser(create_app(store.settings, store).test_client())
    assert browser.post("/sign-in", {"username": "councillor", "password": PASSWORD}).status_code == 302
    yield browser
    store.close()
