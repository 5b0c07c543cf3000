"""Homes by what is known of them: all that the measures are about, those that were asked, and those that are heard."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.figures.columns import Rows
from server.models.campaigns import Campaign, CampaignState
from server.queries.counted import Scope, counted, homes_invited, homes_of
from server.queries.measures import Split
from server.queries.packed import Homes, read_homes

Groups = dict[tuple[str, ...], int]
"""How many, by the part of each split."""


def homes_by(session: Session, scope: Scope, splits: Sequence[Split]) -> Groups:
    """Give how many homes there are of each kind that the measures are about."""
    homes = read_homes(session)
    return _grouped(homes, np.flatnonzero(homes_of(homes, scope) & homes.here), splits)


def asked_by(session: Session, scope: Scope, splits: Sequence[Split]) -> Groups:
    """Give how many of them a campaign of the year asked."""
    homes = read_homes(session)
    asked, _ = homes_invited(session, scope)
    return _grouped(homes, np.flatnonzero(homes_of(homes, scope) & asked), splits)


def heard_by(session: Session, scope: Scope, splits: Sequence[Split]) -> Groups:
    """Give how many of them have a response that counts."""
    if not scope.campaigns:
        return {}
    chosen = counted(session, scope)
    return _grouped(chosen.homes, chosen.home_rows, splits)


def _grouped(homes: Homes, rows: Rows, splits: Sequence[Split]) -> Groups:
    columns = [homes.profile[split.value].taken_again(rows) for split in splits]
    words = [[("", *column.names)[code] for code in column.codes.tolist()] for column in columns]
    return dict(Counter(zip(*words, strict=True)))


def first_day(session: Session) -> date | None:
    """Give the first day of the first campaign that was opened; None when none was."""
    return session.scalar(select(func.min(Campaign.opens_on)).where(Campaign.state != CampaignState.DRAFT))
