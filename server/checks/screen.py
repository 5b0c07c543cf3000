"""The quality check as its pages show it: read from the store in one go."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy.orm import Session

from server.checks.drawing import UNFIT
from server.checks.statement import USUAL_TARGET, Part, Statement
from server.errors import NotFoundError
from server.models.campaigns import Campaign
from server.models.intake import Batch
from server.models.review import LookKind, SecondLook
from server.queries.checks import Key, Looked, batches_checked, campaigns_named, looked, pool_sizes, sizes
from server.queries.looks import Difference, differences, look_found, next_look, reading_of, waiting
from server.queries.review import Found
from server.review.asking import Asked, asked_of
from server.store import Store

NONE: Final = Looked()


@dataclass(frozen=True, slots=True)
class LookScreen:
    """One answer to be read, without what was read before."""

    look: SecondLook
    found: Found
    asked: Asked
    """The question, without what the machine saw."""
    left: int
    next_picture: int | None
    """The reading whose picture comes next, to be fetched ahead."""


@dataclass(frozen=True, slots=True)
class Told:
    """A difference with its question, and whether what the third look read counts."""

    difference: Difference
    asked: Asked | None
    """None where its paper was removed."""
    is_apart: bool = False
    """Whether it stands on an equality page: its answers are kept apart, and none can be found to be corrected."""

    @property
    def is_settled(self) -> bool:
        """Tell whether a third look was taken."""
        third = self.difference.third
        return third is not None and third.looked_at is not None

    @property
    def first_was_wrong(self) -> bool:
        """Tell whether a third look found the first reading wrong."""
        third = self.difference.third
        return self.is_settled and third is not None and third.agrees is False

    @property
    def is_to_correct(self) -> bool:
        """Tell whether something else still counts than what the third look read."""
        third = self.difference.third
        is_other = third is not None and self.difference.counts != third.second
        return self.first_was_wrong and is_other and not self.is_apart


@dataclass(frozen=True, slots=True)
class BatchScreen:
    """What is known of one batch."""

    batch: Batch
    accepted: Statement
    decided: Statement
    waiting: int
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """All campaigns with what can be said of each, and all batches by their numbers."""

    campaigns: tuple[tuple[Campaign, Statement, Statement], ...]
    batches: Mapping[int, Batch]
    waiting: int


def look_screen(store: Store, session: Session, look_id: int, batch_id: int | None, officer_id: int) -> LookScreen:
    """Give what the page of one look shows; `NotFoundError` where there is none."""
    look, found = look_found(session, look_id)
    blind = replace(asked_of(found, store.settings.who()), seen=(), reason="", draft=None)
    following = next_look(session, batch_id, officer_id, look_id)
    return LookScreen(look, found, blind, waiting(session, batch_id), reading_of(session, following))


def home(session: Session, target: float = USUAL_TARGET) -> Home:
    """Give what can be said of every campaign whose paper came."""
    accepted, decided = _parts(session, LookKind.ACCEPTED), _parts(session, LookKind.DECIDED)
    shown = [
        (one, _of_campaign(accepted, one.id, target), _of_campaign(decided, one.id, target))
        for one in campaigns_named(session, {campaign for _, campaign in accepted if campaign})
    ]
    batches = batches_checked(session, {batch for batch, _ in accepted})
    return Home(tuple(shown), {one.id: one for one in batches}, waiting(session))


def campaign_statement(session: Session, campaign_id: int, target: float) -> Statement:
    """Give what can be said of the accepted answers of one campaign."""
    return _of_campaign(_parts(session, LookKind.ACCEPTED), campaign_id, target)


def _of_campaign(parts: Mapping[Key, Part], campaign_id: int, target: float) -> Statement:
    of_one = [(batch, part) for (batch, campaign), part in parts.items() if campaign == campaign_id]
    return Statement(tuple(part for _, part in sorted(of_one, key=lambda one: one[0])), target)


def batch_screen(store: Store, session: Session, batch_id: int, target: float = USUAL_TARGET) -> BatchScreen:
    """Give what is known of one batch; `NotFoundError` where there is none of that number."""
    batch = session.get(Batch, batch_id)
    if batch is None:
        raise NotFoundError("There is no such batch.")
    told = tuple(_told(store, session, one) for one in differences(session, batch_id))
    accepted = statement(session, batch_id, LookKind.ACCEPTED, target)
    decided = statement(session, batch_id, LookKind.DECIDED, target)
    return BatchScreen(batch, accepted, decided, waiting(session, batch_id), told)


def statement(session: Session, batch_id: int, kind: LookKind, target: float) -> Statement:
    """Give what can be said of one batch, whatever campaigns its copies answer."""
    found = _parts(session, kind, batch_id)
    merged = Part(batch_id, 0, 0)
    for part in found.values():
        counts = (getattr(merged.looked, name) + getattr(part.looked, name) for name in Looked.__slots__)
        merged = Part(batch_id, merged.size + part.size, merged.pool + part.pool, Looked(*counts))
    return Statement((merged,), target)


def _parts(session: Session, kind: LookKind, batch_id: int | None = None) -> dict[Key, Part]:
    size = sizes(session, kind, UNFIT, batch_id)
    pool = pool_sizes(session, batch_id) if kind is LookKind.ACCEPTED else size
    looks = defaultdict(lambda: NONE, looked(session, kind, batch_id))
    return {key: Part(key[0], size.get(key, 0), pool.get(key, 0), looks[key]) for key in {*size, *looks}}


def _told(store: Store, session: Session, one: Difference) -> Told:
    try:
        _, found = look_found(session, one.look.id)
    except NotFoundError:
        return Told(one, None)
    return Told(one, asked_of(found, store.settings.who()), found.returned.is_equality)
