"""Counts and cross-tables of any form, on both databases."""

from server.figures.crosstabs import crossed
from server.figures.directions import Population, direction
from server.figures.years import ReportingYear
from server.models.responses import ResponseState
from server.queries.counted import scope_of
from server.queries.crossing import Side, cross_counted, cross_counts, option_counts
from server.store import Store
from tests.server.filling import a_campaign
from tests.server.reports.homes import a_home, a_response


def filled(store: Store) -> int:
    with store.writing() as session:
        campaign, other = a_campaign(session), a_campaign(session, "Other")
        north, south = a_home(session, 1, area="North"), a_home(session, 2, area="South")
        a_response(session, campaign, north, {"overall": "neither", "repair_done": "yes"})
        a_response(session, campaign, south, {"overall": "neither", "repair_done": "no"})
        a_response(session, campaign, None, {"repair_done": "no"}, language="pl")
        a_response(session, campaign, north, {"overall": "neither"}, state=ResponseState.CLASH)
        a_response(session, other, north, {"overall": "neither"})
        return campaign.id


def test_options_are_counted_over_the_responses_of_a_campaign_that_stand(any_store: Store) -> None:
    campaign = filled(any_store)
    with any_store.reading() as session:
        assert option_counts(session, campaign) == {"overall": {"neither": 2}, "repair_done": {"no": 2, "yes": 1}}


def test_two_questions_are_crossed_with_blanks_beside_them(any_store: Store) -> None:
    campaign = filled(any_store)
    with any_store.reading() as session:
        found = cross_counts(session, campaign, Side("overall"), Side("repair_done"))
    assert found == (("", "no", 1), ("neither", "no", 1), ("neither", "yes", 1))
    assert crossed(found, rows=("neither",)).row_totals == (2, 1)


def test_a_question_is_crossed_with_what_is_known(any_store: Store) -> None:
    campaign = filled(any_store)
    with any_store.reading() as session:
        by_area = cross_counts(session, campaign, Side("area", is_fact=True), Side("overall"))
        facts = cross_counts(session, campaign, Side("language", is_fact=True), Side("area", is_fact=True))
    assert by_area == (("", "", 1), ("North", "neither", 1), ("South", "neither", 1))
    assert facts == (("en", "North", 1), ("en", "South", 1), ("pl", "", 1))


def test_only_what_counts_in_a_year_is_crossed(any_store: Store) -> None:
    filled(any_store)
    with any_store.reading() as session:
        scope = scope_of(session, ReportingYear(2026), Population.RENTED, direction())
        found = cross_counted(session, scope, Side("overall"), Side("area", is_fact=True))
    assert found == (("neither", "North", 1), ("neither", "South", 1))
