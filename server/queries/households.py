"""Households: how many there are where, a page of them, one that is looked for, and what one was sent."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from server.errors import NotFoundError
from server.models.campaigns import Campaign, Invitation
from server.models.copies import Copy, PrintRun
from server.models.households import Household, HouseholdContact
from server.models.responses import Response
from server.queries.paging import PAGE_ROWS, Listing

FOUND_MAX = 50
"""More than fit a screen: whoever sees so many should say more of the household."""

PHONE_DIGITS_MIN = 5
"""Fewer would be found in nearly every number."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; an empty text narrows nothing."""

    area: str = ""
    scheme: str = ""
    tenure: str = ""
    gone: bool = False
    """Whether to show those that the last import no longer named instead."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many households there are."""

    here: int
    gone: int
    by_place: tuple[tuple[str, str, int], ...]
    """Area, scheme, and how many that are here, in the order of their names."""
    areas: tuple[str, ...]
    schemes: tuple[str, ...]
    tenures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """A copy that was issued to a household; of its answers only the day they came."""

    copy: Copy
    run: PrintRun
    campaign: Campaign
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class Story:
    """One household and what it was asked."""

    household: Household
    invitations: tuple[tuple[Campaign, str | None], ...]
    """Each campaign, and why it was left out of it where it was."""
    copies: tuple[Sent, ...]


def counts(session: Session) -> Counts:
    """Count the households by where they are."""
    columns = (Household.area, Household.scheme, Household.tenure, Household.is_here)
    rows = session.execute(select(*columns, func.count()).where(Household.code.is_not(None)).group_by(*columns)).all()
    places = Counter[tuple[str, str]]()
    for area, scheme, _, is_here, count in rows:
        if is_here:
            places[area, scheme] += count
    return Counts(
        here=places.total(),
        gone=sum(row[4] for row in rows if not row.is_here),
        by_place=tuple((area, scheme, count) for (area, scheme), count in sorted(places.items())),
        areas=tuple(sorted({row.area for row in rows} - {""})),
        schemes=tuple(sorted({row.scheme for row in rows} - {""})),
        tenures=tuple(sorted({row.tenure for row in rows} - {""})),
    )


def households_page(session: Session, page: int, filters: Filters) -> Listing:
    """Give a page of households with their contacts, by code."""
    wanted = _known().where(Household.is_here.is_not(filters.gone))
    for name in ("area", "scheme", "tenure"):
        if value := getattr(filters, name):
            wanted = wanted.where(getattr(Household, name) == value)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = session.scalars(
        wanted.options(joinedload(Household.contact))
        .order_by(Household.code)
        .limit(PAGE_ROWS)
        .offset((page - 1) * PAGE_ROWS)
    )
    return Listing(tuple(rows), total, page)


def households_like(session: Session, words: str) -> Listing:
    """Give the households whose code, name, postcode or phone number holds these words, the first 50 of them."""
    wanted = _known().join(Household.contact).where(or_(*_holding(" ".join(words.split()))))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = session.scalars(wanted.options(joinedload(Household.contact)).order_by(Household.code).limit(FOUND_MAX))
    return Listing(tuple(rows), total, 1)


def story_of(session: Session, uid: str) -> Story:
    """Give what is known of one household; `NotFoundError` when there is none of that uid or it was erased."""
    household = session.scalar(_known().where(Household.uid == uid).options(joinedload(Household.contact)))
    if household is None:
        raise NotFoundError("There is no such household. It may have been erased.")
    invited = session.execute(
        select(Campaign, Invitation.left_out_because)
        .join(Invitation, Invitation.campaign_id == Campaign.id)
        .where(Invitation.household_id == household.id)
        .order_by(Campaign.opens_on.desc(), Campaign.name)
    )
    answered = select(func.min(Response.received_on)).where(Response.copy_id == Copy.id).scalar_subquery()
    copies = session.execute(
        select(Copy, PrintRun, Campaign, answered)
        .join(PrintRun, PrintRun.id == Copy.print_run_id)
        .join(Campaign, Campaign.id == Copy.campaign_id)
        .where(Copy.household_id == household.id)
        .order_by(PrintRun.asked_at.desc(), Copy.id.desc())
    )
    return Story(household, tuple((campaign, why) for campaign, why in invited), tuple(Sent(*row) for row in copies))


def _known() -> Select[Household]:
    """Ask for households that were not erased."""
    return select(Household).where(Household.code.is_not(None))


def _holding(words: str) -> list[ColumnElement[bool]]:
    """Give what one must hold of a household; postcodes are compared without spaces, numbers by their digits."""
    ways = [
        Household.code.icontains(words, autoescape=True),
        HouseholdContact.name_folded.contains(words.casefold(), autoescape=True),
        func.upper(func.replace(HouseholdContact.postcode, " ", "")).startswith(
            words.replace(" ", "").upper(), autoescape=True
        ),
    ]
    digits = re.sub(r"^(00?44|44|0)", "", re.sub(r"[^0-9]", "", words))
    if len(digits) >= PHONE_DIGITS_MIN and not re.search(r"[^0-9 ()+./-]", words):
        phone: ColumnElement[str] = HouseholdContact.phone.expression
        for sign in " ()+./-":
            phone = func.replace(phone, sign, "")
        ways.append(phone.contains(digits, autoescape=True))
    return ways
