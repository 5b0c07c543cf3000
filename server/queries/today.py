"""What waits for an officer today."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.models.campaigns import Campaign, CampaignState
from server.models.copies import PrintRun, RunState
from server.models.households import Household, HouseholdImport
from server.models.responses import Response, ResponseState
from server.queries.aside import Group
from server.queries.aside import counted as needing_somebody
from server.queries.batches import batches_without_day
from server.queries.campaigns import Progress, progress_of, progress_rows
from server.queries.review import doubts_waiting


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """Which of the first things are done."""

    has_households: bool
    has_campaigns: bool


@dataclass(frozen=True, slots=True)
class Needs:
    """What there is, and what somebody must see to."""

    first_steps: FirstSteps
    running: tuple[Progress, ...]
    """Open campaigns whose last day is not past, the one that closes first at the top."""
    overdue: tuple[Progress, ...]
    """Open campaigns whose last day is past."""
    drafts: tuple[Campaign, ...]
    clashes: tuple[tuple[Campaign, int], ...]
    """Campaigns with how many responses of theirs came under an id that had another content already."""
    runs_waiting: int
    runs_failed: int
    imports_waiting: int
    doubts_waiting: int
    batches_without_day: int
    """Of which nobody has said yet on which day they came: their copies wait for it."""
    to_act_on: int
    """Pages, files, copies and repeated files that need a person; clashes are told by campaign."""
    came_today: tuple[tuple[str, int], ...]
    """Channels, each with how many responses came by it today."""

    @property
    def is_nothing(self) -> bool:
        """Tell whether nobody has to do anything."""
        waiting = self.runs_waiting or self.runs_failed or self.imports_waiting or self.doubts_waiting
        waiting = waiting or self.batches_without_day
        return not (self.overdue or self.drafts or self.clashes or waiting or self.to_act_on)


def needs_of_today(session: Session, today: date) -> Needs:
    """Give what there is to do."""
    campaigns = open_campaigns(session)
    runs = _runs(session)
    return Needs(
        first_steps=_first_steps(session),
        running=tuple(one for one in campaigns if one.campaign.closes_on >= today),
        overdue=tuple(one for one in campaigns if one.campaign.closes_on < today),
        drafts=tuple(
            session.scalars(
                select(Campaign).where(Campaign.state == CampaignState.DRAFT).order_by(Campaign.opens_on, Campaign.name)
            )
        ),
        clashes=_clashes(session),
        runs_waiting=runs.get(RunState.WAITING, 0),
        runs_failed=runs.get(RunState.FAILED, 0),
        imports_waiting=_imports_waiting(session),
        doubts_waiting=doubts_waiting(session),
        batches_without_day=batches_without_day(session),
        to_act_on=sum(count for group, count in needing_somebody(session).items() if group is not Group.CLASHES),
        came_today=came_on(session, today),
    )


def open_campaigns(session: Session) -> tuple[Progress, ...]:
    """Give the open campaigns with their progress, the one that closes first at the top."""
    asked = progress_of().where(Campaign.state == CampaignState.OPEN).order_by(Campaign.closes_on, Campaign.name)
    return tuple(progress_rows(session, asked))


def _first_steps(session: Session) -> FirstSteps:
    def has(table: type[Household] | type[Campaign]) -> bool:
        return session.scalar(select(table.id).limit(1)) is not None

    return FirstSteps(has(Household), has(Campaign))


def _clashes(session: Session) -> tuple[tuple[Campaign, int], ...]:
    counted = (
        select(Response.campaign_id, func.count().label("count"))
        .where(Response.state == ResponseState.CLASH)
        .group_by(Response.campaign_id)
        .subquery()
    )
    rows = session.execute(
        select(Campaign, counted.c.count).join(counted, counted.c.campaign_id == Campaign.id).order_by(Campaign.name)
    )
    return tuple((campaign, count) for campaign, count in rows)


def _runs(session: Session) -> dict[str, int]:
    rows = session.execute(
        select(PrintRun.state, func.count())
        .where(PrintRun.state.in_((RunState.WAITING, RunState.FAILED)))
        .group_by(PrintRun.state)
    )
    return {str(state): count for state, count in rows}


def _imports_waiting(session: Session) -> int:
    waiting = (HouseholdImport.applied_at.is_(None), HouseholdImport.file_sha256.is_not(None))
    return session.scalar(select(func.count()).select_from(HouseholdImport).where(*waiting)) or 0


def came_on(session: Session, day: date) -> tuple[tuple[str, int], ...]:
    """Give how many responses came on a day by each channel, the most first.

    The campaigns are named so that their index on the day is used.
    """
    rows = session.execute(
        select(Response.channel, func.count())
        .where(
            Response.campaign_id.in_(select(Campaign.id)),
            Response.received_on == day,
            Response.state != ResponseState.WITHDRAWN,
        )
        .group_by(Response.channel)
        .order_by(func.count().desc(), Response.channel)
    )
    return tuple((channel, count) for channel, count in rows)
