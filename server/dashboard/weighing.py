"""Weights from the database: what is known of all homes is what the answers are weighted to."""

from sqlalchemy.orm import Session

from server.dashboard.asked import SPLITS, Asked
from server.figures.weighted import Weighed, join_small, weighed
from server.queries.heard import homes_by
from server.queries.measures import split_by_all


def weighed_as_asked(session: Session, asked: Asked) -> Weighed | None:
    """Give the year's counts weighted by the characteristics that were asked for; None when none were."""
    if not asked.weights:
        return None
    kinds = split_by_all(session, asked.scope, asked.weights, asked.rules)
    targets = list[dict[str, float]]()
    for split in asked.weights:
        homes = homes_by(session, asked.scope, (split,))
        targets.append({name: float(number) for (name,), number in homes.items()})
    return weighed(*join_small(kinds, [SPLITS[split] for split in asked.weights], targets))
