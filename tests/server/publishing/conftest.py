"""A year with enough answers to report on, in one store for all tests of a module."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from server.publishing.gathering import Gathered, gather
from server.store import Store
from tests.server.conftest import made_store
from tests.server.reports.homes import a_home, a_response, invite, the_year

TODAY = date(2026, 11, 26)
POINTS = ("very_satisfied", "fairly_satisfied", "neither", "fairly_dissatisfied", "very_dissatisfied")
ASKED = ("overall", "repairs_service", "repair_time", "well_maintained", "safe_home", "listens", "keeps_informed")


@pytest.fixture(scope="module")
def year_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = made_store(tmp_path_factory.mktemp("year") / "data", None)
    chance = random.Random(26)
    with store.writing() as session:
        campaign = the_year(session)
        for number in range(400):
            area = ("North", "South")[number % 2]
            tenure = "Shared ownership" if number >= 380 else "Secure"
            home = a_home(session, number, tenure, area=area, age_band=("25 to 34", "65 to 74")[number % 4 // 2])
            because = {396: "Mrs Żuk is ill"}.get(number, "Asked not to be" if number % 40 == 1 else None)
            invite(session, campaign, home, because)
            # of the South, half as many answer
            if because is None and number % 6 and (area == "North" or number % 4 == 1):
                said = dict.fromkeys(ASKED, POINTS[number % 5])
                channel = ("paper", "helped")[number % 7 == 0]
                day = date(2026, 5, 1) + timedelta(days=chance.randrange(90))
                a_response(session, campaign, home, {**said, "repair_done": "yes"}, channel=channel, received_on=day)
    yield store
    store.close()


@pytest.fixture(scope="module")
def gathered(year_store: Store) -> Gathered:
    return gather(year_store, {}, TODAY)
