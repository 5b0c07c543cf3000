"""Which responses count in a reporting year, and why others do not: the rule of `server.figures.counting` in SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from sqlalchemy import CTE, ColumnElement, case, exists, func, select
from sqlalchemy.orm import Session

from forms.loading import parse_form
from server.figures.counting import WhyNot
from server.figures.directions import Direction, Population
from server.figures.questions import Asked, asked_by
from server.figures.years import ReportingYear
from server.models.campaigns import Campaign, CampaignState, Invitation, Sampling
from server.models.form_versions import FormVersion
from server.models.households import Household
from server.models.responses import Answer, Response, ResponseState

FORMS_KEPT = 32
"""Forms whose measures are remembered, since reading one takes some 20 ms: a landlord has a handful that feed any."""


@dataclass(frozen=True)
class Scope:
    """What is counted: a year, a kind of homes, the campaigns that feed their measures."""

    year: ReportingYear
    homes: Population
    campaigns: tuple[int, ...]
    asked: Mapping[int, Asked]
    """The measures of each version of a form that the campaigns use."""
    tenures: tuple[str, ...]
    """What the tenure of such homes is called."""
    is_census: bool

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """Give the questions of all measures and filters."""
        return tuple(dict.fromkeys(question for asked in self.asked.values() for question in asked.questions))


def scope_of(session: Session, year: ReportingYear, homes: Population, rules: Direction) -> Scope:
    """Give what counts in a year: the campaigns that were opened, run within it, and whose form feeds measures."""
    rows = session.execute(
        select(Campaign.id, Campaign.sampling, FormVersion)
        .join(FormVersion, FormVersion.id == Campaign.form_version_id)
        .where(Campaign.state != CampaignState.DRAFT, Campaign.opens_on <= year.last, Campaign.closes_on >= year.first)
        .order_by(Campaign.id)
    ).all()
    asked = {version.id: found for _, _, version in rows if (found := _asked(version))}
    feeding = [(number, sampling) for number, sampling, version in rows if version.id in asked]
    tenures = session.scalars(select(Household.tenure).distinct().order_by(Household.tenure))
    return Scope(
        year=year,
        homes=homes,
        campaigns=tuple(number for number, _ in feeding),
        asked=asked,
        tenures=tuple(tenure for tenure in tenures if rules.population_of(tenure) == homes),
        is_census=bool(feeding) and all(sampling == Sampling.CENSUS for _, sampling in feeding),
    )


def _asked(version: FormVersion) -> Asked | None:
    return _asked_by(version.name, version.definition)


@lru_cache(maxsize=FORMS_KEPT)
def _asked_by(name: str, definition: str) -> Asked | None:
    return asked_by(parse_form(definition.encode(), name))


def counted(scope: Scope) -> CTE:
    """Give the responses that count: the latest complete and valid one of each household; no id where there is none.

    Asked household by household, the latest first: so it takes as long as there are homes, not responses.
    """
    # an expression, so that PostgreSQL goes by the home and never walks a whole campaign once for each home
    of_campaigns = (Response.campaign_id + 0).in_(scope.campaigns)
    latest = (
        select(Response.id)
        .where(
            Response.household_id == Household.id,
            of_campaigns,
            Response.received_on.between(scope.year.first, scope.year.last),
            Response.state == ResponseState.COMPLETE,
            _has_valid_answer(scope),
        )
        .order_by(Response.received_on.desc(), Response.saved_at.desc(), Response.id.desc())
        .limit(1)
        .correlate(Household)
        .scalar_subquery()
    )
    homes = select(latest.label("id"), Household.id.label("household_id")).where(Household.tenure.in_(scope.tenures))
    return homes.cte("counted").prefix_with("MATERIALIZED")  # else each home is asked once for every use of its answer


def _has_valid_answer(scope: Scope) -> ColumnElement[bool]:
    """Give the condition that a measure was answered with one of its five points."""
    questions = {question for asked in scope.asked.values() for question in asked.measures.values()}
    points = {point for asked in scope.asked.values() for five in asked.points.values() for point in five}
    return exists().where(
        Answer.response_id == Response.id,
        Answer.question.in_(sorted(questions)),
        Answer.option.in_(sorted(points)),
    )


def why_not_counted(session: Session, scope: Scope) -> dict[WhyNot, int]:
    """Give how many responses of the year's campaigns do not count, by the reason that is looked at first."""
    reason = case(
        (Response.state == ResponseState.CLASH, WhyNot.CLASH.value),
        (~Response.received_on.between(scope.year.first, scope.year.last), WhyNot.OUTSIDE_YEAR.value),
        (Response.household_id.is_(None), WhyNot.NO_CODE.value),
        (Household.tenure.not_in(scope.tenures), WhyNot.OTHER_POPULATION.value),
        (~_has_valid_answer(scope), WhyNot.NO_VALID_ANSWER.value),
        else_="",
    )
    rows = session.execute(
        select(reason, func.count(), func.count(Response.household_id.distinct()))
        .outerjoin(Household, Household.id == Response.household_id)
        .where(Response.campaign_id.in_(scope.campaigns), Response.state != ResponseState.WITHDRAWN)
        .group_by(reason)
    ).all()
    found = {why: many for why, many, _ in rows if why}
    second = sum(many - homes for why, many, homes in rows if not why)
    if second:
        found[WhyNot.SECOND] = second
    return {reason: found[reason] for reason in WhyNot if reason in found}


def homes_asked_about(session: Session, scope: Scope) -> int:
    """Give how many homes there are whose tenants the measures are about."""
    here = (Household.is_here.is_(True), Household.tenure.in_(scope.tenures))
    return session.scalar(select(func.count()).select_from(Household).where(*here)) or 0


def homes_left_out(session: Session, scope: Scope) -> int:
    """Give how many of them the year's campaigns left out for a reason, and no other campaign of the year asked."""
    of_year = Invitation.campaign_id.in_(scope.campaigns)
    asked = select(Invitation.household_id).where(of_year, Invitation.left_out_because.is_(None))
    left_out = select(Invitation.household_id).where(of_year, Invitation.left_out_because.is_not(None)).distinct()
    conditions = (Household.id.in_(left_out), Household.id.not_in(asked), Household.tenure.in_(scope.tenures))
    return session.scalar(select(func.count()).select_from(Household).where(*conditions)) or 0
