"""Print runs: what was printed, for whom, and what can be printed."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from server.errors import NotFoundError
from server.models.campaigns import Campaign, CampaignState, Channel
from server.models.copies import Copy, PrintRun, RunState
from server.models.households import Household
from server.models.officers import Officer
from server.queries.paging import PAGE_ROWS, Listing
from server.queries.recipients import IDS_AT_ONCE


@dataclass(frozen=True, slots=True)
class ShownRun:
    """A run with the name of whoever asked for it; empty where the command line did."""

    run: PrintRun
    officer: str


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One copy of a run: its number, its code, and its household's code; an erased household's are empty."""

    number: int
    code: str
    household: str


def runs_page(session: Session, page: int) -> Listing:
    """Give a page of runs, the latest first."""
    total = session.scalar(select(func.count()).select_from(PrintRun)) or 0
    rows = session.execute(
        select(PrintRun, Officer.name)
        .options(joinedload(PrintRun.campaign))
        .outerjoin(Officer, Officer.id == PrintRun.officer_id)
        .order_by(PrintRun.id.desc())
        .limit(PAGE_ROWS)
        .offset((page - 1) * PAGE_ROWS)
    )
    return Listing(tuple(ShownRun(run, name or "") for run, name in rows), total, page)


def run_shown(session: Session, run_id: int) -> ShownRun:
    """Give a run with its campaign and its printed form; `NotFoundError` when there is none of that number."""
    found = session.execute(
        select(PrintRun, Officer.name)
        .options(joinedload(PrintRun.campaign).joinedload(Campaign.form_version), joinedload(PrintRun.printed_form))
        .outerjoin(Officer, Officer.id == PrintRun.officer_id)
        .where(PrintRun.id == run_id)
    ).one_or_none()
    if found is None:
        raise NotFoundError(f"There is no print run {run_id}. Look for it among the print runs.")
    return ShownRun(found[0], found[1] or "")


def index_rows(session: Session, run_id: int) -> list[IndexRow]:
    """Give the copies of a run in their order."""
    rows = session.execute(
        select(Copy.number, Copy.code, Household.code)
        .outerjoin(Household, Household.id == Copy.household_id)
        .where(Copy.print_run_id == run_id)
        .order_by(Copy.number)
    )
    return [IndexRow(number, code or "", household or "") for number, code, household in rows]


def campaigns_to_print(session: Session) -> list[Campaign]:
    """Give the campaigns that paper can be printed for, by name: open or drafts, with paper among their channels."""
    found = session.scalars(
        select(Campaign)
        .options(joinedload(Campaign.form_version), selectinload(Campaign.sites))
        .where(Campaign.state.in_((CampaignState.OPEN, CampaignState.DRAFT)))
        .order_by(Campaign.name)
    )
    return [campaign for campaign in found if Channel.PAPER in campaign.channels]


def campaign_to_print(session: Session, campaign_id: int) -> Campaign:
    """Give a campaign that paper can be printed for; `NotFoundError` when there is none of that number."""
    for campaign in campaigns_to_print(session):
        if campaign.id == campaign_id:
            return campaign
    raise NotFoundError("There is no campaign of this number that is open or a draft and takes paper. Choose another.")


def first_waiting(session: Session) -> int | None:
    """Give the number of the run that has waited longest; None when none waits."""
    return session.scalar(select(PrintRun.id).where(PrintRun.state == RunState.WAITING).order_by(PrintRun.id).limit(1))


def codes_in_use(session: Session, codes: Collection[str]) -> set[str]:
    """Give those of these copy codes that a copy of any run bears already."""
    asked, found = list(codes), set[str]()
    for at in range(0, len(asked), IDS_AT_ONCE):
        part = asked[at : at + IDS_AT_ONCE]
        found.update(code for code in session.scalars(select(Copy.code).where(Copy.code.in_(part))) if code)
    return found
