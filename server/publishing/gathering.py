"""What the reports of one year are made from: its figures, who is heard, how its campaigns were run."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from forms.landlord import Landlord
from server.dashboard.asked import HOMES, Asked, asked
from server.dashboard.reach import Characteristic, characteristics
from server.dashboard.year import Year, year_of
from server.errors import RefusedError
from server.figures.directions import Population
from server.figures.suppression import SMALL
from server.queries.fielded import Fielded, fielded
from server.store import Store

OTHER_REASONS: Final = "other reasons, each for fewer than {least} homes"


@dataclass(frozen=True, slots=True)
class Gathered:
    """One year for one kind of homes."""

    landlord: Landlord
    year: Year
    reach: tuple[Characteristic, ...]
    campaigns: tuple[Fielded, ...]
    made_on: date

    @property
    def name(self) -> str:
        """Give the reporting year as 2026-27."""
        return str(self.year.asked.year)

    @property
    def homes(self) -> str:
        """Give which homes the figures are of."""
        return HOMES[self.year.asked.scope.homes]

    @property
    def is_over(self) -> bool:
        """Tell whether the reporting year is over, so that its figures are final."""
        return self.made_on > self.year.asked.year.last

    @property
    def left_out(self) -> tuple[tuple[str, int], ...]:
        """Give for which reasons homes were not asked; rare ones together, for an officer's words could tell whose."""
        reasons = Counter[str]()
        for one in self.campaigns:
            reasons.update(dict(one.left_out))
        common = [(because, number) for because, number in reasons.most_common() if number >= SMALL]
        rest = sum(reasons.values()) - sum(number for _, number in common)
        return (*common, *([(OTHER_REASONS.format(least=SMALL), rest)] if rest else []))


def gather(store: Store, arguments: Mapping[str, str], today: date) -> Gathered:
    """Give what reports of a year are made from; this year and rented homes unless the arguments say otherwise.

    Raises `NotFoundError` for what is no year, `RefusedError` where no campaign of the year asks the measures.
    """
    with store.reading() as session:
        of = asked(session, store.settings.who().landlord, arguments)
        if not of.scope.campaigns:
            raise RefusedError(f"no campaign of {of.year} asks the measures, so there is nothing to report on.")
        return _gathered(session, of, store.settings.who(), today)


def shared_homes(store: Store, gathered: Gathered) -> Gathered | None:
    """Give the same of low-cost home ownership, which is reported apart; None where there are no such homes."""
    with store.reading() as session:
        of = asked(session, store.settings.who().landlord, {"year": gathered.name, "homes": Population.SHARED})
        found = _gathered(session, of, gathered.landlord, gathered.made_on)
    return found if found.year.counts.population else None


def _gathered(session: Session, of: Asked, landlord: Landlord, today: date) -> Gathered:
    return Gathered(
        landlord=landlord,
        year=year_of(session, of),
        reach=characteristics(session, of),
        campaigns=fielded(session, of.scope.campaigns),
        made_on=today,
    )
