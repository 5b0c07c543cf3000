"""What is counted of the database: the same as by the pure rule, split as pages ask for it, on both databases."""

import random
from datetime import date

from sqlalchemy import select

from server.figures.counting import Row, WhyNot, who_counts
from server.figures.directions import Method, Population, direction
from server.figures.tallies import Tally
from server.figures.years import ReportingYear
from server.models.campaigns import CampaignState, Sampling
from server.models.households import Household
from server.models.responses import Answer, Response, ResponseState
from server.queries.counted import counted, scope_of, why_not_counted
from server.queries.measures import Split, counts_of, split_by
from server.store import Store
from tests.server.filling import a_campaign
from tests.server.reports.homes import SATISFIED, a_home, a_muddle, a_response, invite, the_year

RULES = direction()
YEAR = ReportingYear(2026)
RENTED = Population.RENTED


def test_the_database_counts_the_very_responses_that_the_rule_counts(any_store: Store) -> None:
    with any_store.writing() as session:
        a_muddle(session, random.Random(26), 240)
    with any_store.reading() as session:
        for homes in (Population.RENTED, Population.SHARED, Population.OUTSIDE):
            scope = scope_of(session, YEAR, homes, RULES)
            found = session.execute(
                select(Response, Household.tenure).outerjoin(Household, Household.id == Response.household_id)
            )
            valid = select(Answer.response_id).where(Answer.question == "overall")
            answered = set(session.scalars(valid))
            rows = [
                Row(
                    one.id,
                    one.household_id,
                    one.received_on,
                    one.saved_at,
                    is_clash=one.state == ResponseState.CLASH,
                    population=RULES.population_of(tenure or ""),
                    has_valid_answer=one.id in answered,
                )
                for one, tenure in found
            ]
            verdicts = who_counts(rows, YEAR, homes)
            assert verdicts.counted
            ids = session.scalars(select(Response.id).order_by(Response.id)).all()
            assert {ids[row] for row in counted(session, scope).rows} == verdicts.counted
            assert why_not_counted(session, scope) == verdicts.reasons()
            assert set(verdicts.reasons()) == set(WhyNot)


def test_a_year_is_counted_whole(any_store: Store) -> None:
    with any_store.writing() as session:
        campaign = the_year(session)
        homes = [a_home(session, number) for number in range(6)]
        a_home(session, 7, "Leasehold")
        a_home(session, 8, is_here=False)
        for home in homes[:4]:
            invite(session, campaign, home)
        invite(session, campaign, homes[4], "They moved out.")
        a_response(
            session,
            campaign,
            homes[0],
            {"overall": "fairly_satisfied", "repair_done": "yes", "repairs_service": "neither"},
        )
        a_response(session, campaign, homes[1], {"overall": "very_dissatisfied", "repair_done": "yes"}, channel="kiosk")
        a_response(
            session,
            campaign,
            homes[2],
            {"overall": "very_satisfied", "safe_home": "not_applicable"},
            channel="helped",
            method="telephone",
        )
        a_response(session, campaign, homes[2], SATISFIED, received_on=date(2026, 5, 1))
        a_response(session, campaign, None)
    with any_store.reading() as session:
        scope = scope_of(session, YEAR, RENTED, RULES)
        counts, why_not = counts_of(session, scope, RULES), why_not_counted(session, scope)
    assert (counts.population, counts.answers, counts.excluded, counts.is_census) == (6, 3, 1, True)
    assert counts.measures["TP01"] == Tally((1, 1, 0, 0, 1))
    assert counts.measures["TP02"] == Tally((0, 0, 1, 0, 0), blank=1)
    assert counts.measures["TP05"] == Tally(not_applicable=1, blank=2)
    assert counts.filters["repair"] == (2, 0)
    assert {method: number for method, number in counts.by_method.items() if number} == {
        Method.POSTAL: 1, Method.TELEPHONE: 1, Method.OTHER: 1,
    }  # fmt: skip
    assert counts.overall_by_method[Method.TELEPHONE] == Tally((1, 0, 0, 0, 0))
    assert why_not == {WhyNot.NO_CODE: 1, WhyNot.SECOND: 1}


PARTS = {
    Split.CHANNEL: {"kiosk": 1, "paper": 2},
    Split.METHOD: {"other": 1, "postal": 2},
    Split.AREA: {"North": 2, "South": 1},
    Split.SCHEME: {"": 3},
    Split.TENURE: {"Introductory": 1, "Secure": 2},
    Split.AGE_BAND: {"25 to 34": 1, "65 to 74": 2},
    Split.PROPERTY_TYPE: {"Flat": 3},
    Split.LANGUAGE: {"en": 2, "pl": 1},
    Split.HELPED: {"alone": 2, "helped": 1},
    Split.MONTH: {"2026-06": 2, "2027-01": 1},
}


def test_a_year_is_split_in_every_way(any_store: Store) -> None:
    with any_store.writing() as session:
        campaign = the_year(session)
        more = {"property_type": "Flat"}
        first = a_home(session, 1, area="North", age_band="65 to 74", **more)
        second = a_home(session, 2, "Introductory", area="South", age_band="25 to 34", **more)
        third = a_home(session, 3, area="North", age_band="65 to 74", **more)
        a_response(session, campaign, first, helped_by="a friend")
        a_response(session, campaign, second, channel="kiosk", received_on=date(2027, 1, 9))
        a_response(session, campaign, third, language="pl")
    with any_store.reading() as session:
        scope = scope_of(session, YEAR, RENTED, RULES)
        for split in Split:
            found = split_by(session, scope, split, RULES)
            assert {name: part.answers for name, part in found.items()} == PARTS[split]
            assert {name: part.measures["TP01"].valid for name, part in found.items()} == PARTS[split]
            assert list(found) == sorted(found)


def test_only_campaigns_of_the_year_whose_form_feeds_measures_are_counted(store: Store) -> None:
    with store.writing() as session:
        campaign = the_year(session)
        others = [a_campaign(session, "Poll", "poll"), a_campaign(session, "Draft"), a_campaign(session, "Long ago")]
        others[1].state = CampaignState.DRAFT
        others[2].opens_on, others[2].closes_on = date(2025, 4, 1), date(2026, 3, 31)
        sample = a_campaign(session, "Sample")
        sample.sampling = Sampling.SAMPLE
    with store.reading() as session:
        scope = scope_of(session, YEAR, RENTED, RULES)
    assert scope.campaigns == (campaign.id, sample.id)
    assert not scope.is_census


def test_a_home_that_one_campaign_leaves_out_and_another_asks_is_not_excluded(store: Store) -> None:
    with store.writing() as session:
        campaign, again = the_year(session), a_campaign(session, "Again")
        for number, asked_again in enumerate((True, False)):
            home = a_home(session, number)
            invite(session, campaign, home, "They were ill.")
            if asked_again:
                invite(session, again, home)
    with store.reading() as session:
        assert counts_of(session, scope_of(session, YEAR, RENTED, RULES), RULES).excluded == 1


def test_a_year_without_a_campaign_counts_nothing(store: Store) -> None:
    with store.reading() as session:
        counts = counts_of(session, scope_of(session, YEAR, RENTED, RULES), RULES)
    assert (counts.answers, counts.measures, counts.is_census) == (0, {}, False)
