"""Campaigns with what has come of them, and the households they can ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from server.errors import NotFoundError
from server.models.campaigns import Campaign, CampaignState, Invitation, Site
from server.models.copies import Copy
from server.models.households import Household
from server.models.responses import Response, ResponseState
from server.queries.paging import PAGE_ROWS, Listing


@dataclass(frozen=True, slots=True)
class Progress:
    """A campaign and how far it has come."""

    campaign: Campaign
    responses: int
    invited: int


@dataclass(frozen=True, slots=True)
class Standing:
    """All that one campaign's page tells."""

    campaign: Campaign
    by_channel: dict[str, int]
    """Responses that stand, by channel."""
    clashes: int
    invited: int
    left_out: tuple[tuple[str, int], ...]
    """Reasons, each with how many households were left out for it."""
    copies: int

    @property
    def responses(self) -> int:
        """Give how many responses stand."""
        return sum(self.by_channel.values())


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which households are meant: of these tenures, areas and schemes, each empty for all."""

    tenures: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()

    @classmethod
    def of(cls, tenures: Sequence[str], areas: Sequence[str], schemes: Sequence[str]) -> "Narrowed":
        """Give it from lists as pages send them."""
        return cls(tuple(tenures), tuple(areas), tuple(schemes))

    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        """Give what a household must fulfil."""
        wanted: tuple[tuple[InstrumentedAttribute[str], tuple[str, ...]], ...] = (
            (Household.tenure, self.tenures),
            (Household.area, self.areas),
            (Household.scheme, self.schemes),
        )
        return (Household.is_here.is_(True), *(column.in_(values) for column, values in wanted if values))


@dataclass(frozen=True, slots=True)
class HouseholdChoices:
    """What households can be narrowed by, each value with how many are here."""

    tenures: tuple[tuple[str, int], ...]
    areas: tuple[tuple[str, int], ...]
    schemes: tuple[tuple[str, int], ...]
    total: int


def campaign_of(session: Session, campaign_id: int) -> Campaign:
    """Give a campaign with its sites and form version; `NotFoundError` when there is none of that number."""
    campaign = session.get(Campaign, campaign_id)
    if campaign is None:
        raise NotFoundError("There is no such campaign. It may have been removed.")
    _ = campaign.sites, campaign.form_version
    return campaign


def all_sites(session: Session) -> tuple[Site, ...]:
    """Give all places where kiosks stand."""
    return tuple(session.scalars(select(Site).order_by(Site.name)))


def progress_page(session: Session, page: int) -> Listing:
    """Give a page of campaigns with their progress: the open ones first, then drafts, then the closed."""
    order = case({CampaignState.OPEN: 0, CampaignState.DRAFT: 1}, value=Campaign.state, else_=2)
    asked = progress_of().order_by(order, Campaign.closes_on.desc(), Campaign.id)
    asked = asked.limit(PAGE_ROWS).offset((page - 1) * PAGE_ROWS)
    total = session.scalar(select(func.count()).select_from(Campaign)) or 0
    return Listing(tuple(progress_rows(session, asked)), total, page)


def progress_of() -> Select[Campaign, int, int]:
    """Give the question for campaigns, each with its responses that stand and its invited households."""
    responses = _counted(Response.campaign_id, Response.state == ResponseState.COMPLETE)
    invited = _counted(Invitation.campaign_id, Invitation.left_out_because.is_(None))
    return (
        select(Campaign, func.coalesce(responses.c.count, 0), func.coalesce(invited.c.count, 0))
        .outerjoin(responses, responses.c.campaign_id == Campaign.id)
        .outerjoin(invited, invited.c.campaign_id == Campaign.id)
    )


def progress_rows(session: Session, asked: Select[Campaign, int, int]) -> Iterator[Progress]:
    """Give what `progress_of`, narrowed and ordered, finds."""
    return (Progress(campaign, responses, invited) for campaign, responses, invited in session.execute(asked))


def _counted(campaign_id: InstrumentedAttribute[int], condition: ColumnElement[bool]) -> Subquery:
    return (
        select(campaign_id.label("campaign_id"), func.count().label("count"))
        .where(condition)
        .group_by(campaign_id)
        .subquery()
    )


def standing(session: Session, campaign_id: int) -> Standing:
    """Give what one campaign's page tells; `NotFoundError` when there is no such campaign."""
    campaign = campaign_of(session, campaign_id)
    stands = and_(Response.state == ResponseState.COMPLETE, Response.campaign_id == campaign_id)
    channels = session.execute(select(Response.channel, func.count()).where(stands).group_by(Response.channel))
    clash = and_(Response.state == ResponseState.CLASH, Response.campaign_id == campaign_id)
    reasons = session.execute(
        select(Invitation.left_out_because, func.count())
        .where(Invitation.campaign_id == campaign_id)
        .group_by(Invitation.left_out_because)
        .order_by(func.count().desc())
    ).all()
    return Standing(
        campaign=campaign,
        by_channel={str(channel): count for channel, count in channels},
        clashes=session.scalar(select(func.count()).where(clash)) or 0,
        invited=sum(count for reason, count in reasons if reason is None),
        left_out=tuple((reason, count) for reason, count in reasons if reason is not None),
        copies=session.scalar(select(func.count()).where(Copy.campaign_id == campaign_id)) or 0,
    )


def household_choices(session: Session) -> HouseholdChoices:
    """Give what the households that are here can be narrowed by."""

    def values(column: InstrumentedAttribute[str]) -> tuple[tuple[str, int], ...]:
        rows = session.execute(select(column, func.count()).where(Household.is_here).group_by(column).order_by(column))
        return tuple((value, count) for value, count in rows)

    tenures = values(Household.tenure)
    return HouseholdChoices(
        tenures=tenures,
        areas=values(Household.area),
        schemes=values(Household.scheme),
        total=sum(count for _, count in tenures),
    )


def uninvited_ids(session: Session, campaign_id: int, narrowed: Narrowed) -> list[int]:
    """Give the ids of households that are meant and that a campaign neither invites nor leaves out yet."""
    already = select(Invitation.household_id).where(Invitation.campaign_id == campaign_id)
    wanted = select(Household.id).where(*narrowed.conditions(), Household.id.not_in(already)).order_by(Household.id)
    return list(session.scalars(wanted))


def left_out_page(session: Session, campaign_id: int, page: int) -> Listing:
    """Give a page of the households that a campaign leaves out: id, code and reason."""
    wanted = (
        select(Household.id, Household.code, Invitation.left_out_because)
        .join(Household, Household.id == Invitation.household_id)
        .where(Invitation.campaign_id == campaign_id, Invitation.left_out_because.is_not(None))
    )
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = session.execute(wanted.order_by(Household.code).limit(PAGE_ROWS).offset((page - 1) * PAGE_ROWS)).all()
    return Listing(tuple(rows), total, page)
