"""Which responses count in a reporting year, and why others do not: the rule of `server.figures.counting` by column."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeAlias, cast

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.loading import parse_form
from server.figures.columns import Block, Coded, Numbers, Rows, latest
from server.figures.counting import WhyNot
from server.figures.directions import Direction, Population
from server.figures.questions import Asked, asked_by
from server.figures.years import ReportingYear
from server.models.campaigns import Campaign, CampaignState, Invitation, Sampling
from server.models.form_versions import FormVersion
from server.models.responses import ResponseState
from server.queries.packed import Homes, kept_by, read_homes, read_responses

Truths: TypeAlias = NDArray[np.bool_]

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
    tenures = read_homes(session).profile["tenure"].names
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


@dataclass(frozen=True, slots=True)
class _Tests:
    """What is tested of each response when it is decided whether it counts."""

    in_campaigns: Truths
    is_complete: Truths
    is_clash: Truths
    in_year: Truths
    home: Numbers
    """The row of its household; -1 where there is none."""
    is_of_population: Truths
    has_valid_answer: Truths


@dataclass(frozen=True, slots=True)
class Counted:
    """The responses of a year by column, and the rows that count among them."""

    block: Block
    homes: Homes
    rows: Rows
    """Each household's latest complete and valid one."""
    home_rows: Numbers
    """The row of each such response's household."""
    tests: _Tests

    def of(self, name: str) -> Coded:
        """Give a fact or a question of those that count."""
        return self.block.of(name).taken(self.rows)

    def of_homes(self, name: str) -> Coded:
        """Give what is known of their households."""
        return self.homes.profile[name].taken_again(self.home_rows)


def counted(session: Session, scope: Scope) -> Counted:
    """Give the responses that count."""
    years, key = kept_by(session).years, (scope.year, scope.homes, scope.campaigns)
    if key not in years:
        years[key] = _counted(session, scope)
    return cast(Counted, years[key])


def _counted(session: Session, scope: Scope) -> Counted:
    block, homes = read_responses(session, scope.questions), read_homes(session)
    tests = _tests(block, homes, scope)
    may_count = tests.in_campaigns & tests.is_complete & tests.in_year & tests.is_of_population & tests.has_valid_answer
    rows = np.flatnonzero(may_count)
    many = int(tests.home.max(initial=-1)) + 1
    chosen = latest(rows, tests.home[rows], many, block.numbers["@received"], block.numbers["@saved"])
    return Counted(block, homes, chosen, tests.home[chosen], tests)


def _tests(block: Block, homes: Homes, scope: Scope) -> _Tests:
    received, state = block.numbers["@received"], block.of("@state")
    home = homes.rows_of(block.numbers["@home"])
    of_population = np.append(homes_of(homes, scope), False)  # the last for no household
    return _Tests(
        in_campaigns=block.of("@campaign").holds({str(number) for number in scope.campaigns}),
        is_complete=state.holds({ResponseState.COMPLETE.value}),
        is_clash=state.holds({ResponseState.CLASH.value}),
        in_year=(received >= scope.year.first.toordinal()) & (received <= scope.year.last.toordinal()),
        home=home,
        is_of_population=of_population[home],
        has_valid_answer=_has_valid_answer(block, scope),
    )


def _has_valid_answer(block: Block, scope: Scope) -> Truths:
    """Tell of each response whether a measure was answered with one of its five points."""
    questions = {question for asked in scope.asked.values() for question in asked.measures.values()}
    points = {point for asked in scope.asked.values() for five in asked.points.values() for point in five}
    found: Truths = np.zeros(block.count, dtype=np.bool_)
    for question in questions:
        found |= block.of(question).holds(points)
    return found


def why_not_counted(session: Session, scope: Scope) -> dict[WhyNot, int]:
    """Give how many responses of the year's campaigns do not count, by the reason that is looked at first."""
    of = counted(session, scope)
    tests = of.tests
    left = tests.in_campaigns & (tests.is_complete | tests.is_clash)
    found = dict[WhyNot, int]()
    for reason, holds in (
        (WhyNot.CLASH, tests.is_clash),
        (WhyNot.OUTSIDE_YEAR, ~tests.in_year),
        (WhyNot.NO_CODE, tests.home < 0),
        (WhyNot.OTHER_POPULATION, ~tests.is_of_population),
        (WhyNot.NO_VALID_ANSWER, ~tests.has_valid_answer),
    ):
        found[reason] = int((left & holds).sum())
        left &= ~holds
    found[WhyNot.SECOND] = int(left.sum()) - len(of.rows)
    return {reason: found[reason] for reason in WhyNot if found[reason]}


def homes_of(homes: Homes, scope: Scope) -> Truths:
    """Tell of each household whether its tenant is one that the measures are about."""
    return homes.profile["tenure"].holds(set(scope.tenures))


def homes_asked_about(session: Session, scope: Scope) -> int:
    """Give how many homes there are whose tenants the measures are about."""
    homes = read_homes(session)
    return int((homes_of(homes, scope) & homes.here).sum())


def homes_left_out(session: Session, scope: Scope) -> int:
    """Give how many of them the year's campaigns left out for a reason, and no other campaign of the year asked."""
    asked, left_out = homes_invited(session, scope)
    return int((homes_of(read_homes(session), scope) & left_out & ~asked).sum())


def homes_invited(session: Session, scope: Scope) -> tuple[Truths, Truths]:
    """Tell of each household whether a campaign of the year asked it, and whether one left it out."""
    homes = read_homes(session)
    asked, left_out = (np.zeros(len(homes.here), dtype=np.bool_) for _ in range(2))
    for number in scope.campaigns:
        rows = session.execute(
            select(Invitation.household_id, Invitation.left_out_because.is_not(None)).where(
                Invitation.campaign_id == number
            )
        ).all()
        invited = np.array([row[0] for row in rows], dtype=np.intp)
        is_out = np.array([row[1] for row in rows], dtype=np.bool_)
        places = homes.rows_of(invited)
        asked[places[~is_out]] = True
        left_out[places[is_out]] = True
    return asked, left_out
