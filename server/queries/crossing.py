"""Counts of one campaign's answers, whatever its form: by option, and of any two questions or known facts together."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from server.figures.columns import Block, Coded, Rows, counted_together
from server.models.households import Household
from server.models.responses import Response, ResponseState
from server.queries.counted import Scope, counted
from server.queries.packed import PROFILE, read_every_question, read_homes, read_responses
from server.queries.segments import FACTS as RESPONSE_FACTS

Counted: TypeAlias = tuple[tuple[str, str, int], ...]
"""Row, column, how many."""

BLANK = ""
"""What stands for a question that somebody left blank, and for a fact that nobody knows."""

FACTS: dict[str, ColumnElement[Any]] = {
    "channel": Response.channel.expression,
    "language": Response.language.expression,
    "area": Household.area.expression,
    "scheme": Household.scheme.expression,
    "tenure": Household.tenure.expression,
    "age_band": Household.age_band.expression,
    "property_type": Household.property_type.expression,
}
"""What is known of a response beside its answers."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a cross-table: a question of the form, or a known fact."""

    name: str
    is_fact: bool = False


def option_counts(session: Session, campaign_id: int) -> dict[str, dict[str, int]]:
    """Give how many chose each option of each question of a campaign; somebody may choose several of one."""
    block = read_every_question(session)
    rows, found = _stand(block, campaign_id), dict[str, dict[str, int]]()
    for question in sorted(set(block.coded) - set(RESPONSE_FACTS)):
        said = block.of(question).taken(rows)
        counts = np.bincount(said.codes, minlength=len(said.names) + 1)
        counts += np.bincount(said.more_codes, minlength=len(said.names) + 1)
        options = {name: int(number) for name, number in zip(said.names, counts[1:], strict=True) if number and name}
        if options:
            found[question] = options
    return found


def answered_counts(session: Session, campaign_id: int) -> dict[str, int]:
    """Give how many people answered each question of a campaign, by a choice or in writing."""
    block = read_every_question(session)
    rows = _stand(block, campaign_id)
    questions = sorted(set(block.coded) - set(RESPONSE_FACTS))
    found = {question: int(np.count_nonzero(block.of(question).codes[rows])) for question in questions}
    return {question: number for question, number in found.items() if number}


def cross_counts(session: Session, campaign_id: int, rows: Side, columns: Side) -> Counted:
    """Give the counts of a cross-table (row, column, how many) over the responses of a campaign that stand.

    Whoever chose several options of a question is counted in each.
    """
    block = _read(session, rows, columns)
    return _crossed(session, block, _stand(block, campaign_id), rows, columns)


def cross_counted(session: Session, scope: Scope, rows: Side, columns: Side) -> Counted:
    """Give the same over the responses that count in a year."""
    chosen = counted(session, scope).rows
    return _crossed(session, _read(session, rows, columns), chosen, rows, columns)


def place_counts(session: Session, campaign_id: int, side: Side) -> list[tuple[str, str, str, int]]:
    """Give counts by area, scheme and the other side of a cross-table: a question's options, or a known fact."""
    block = _read(session, side)
    rows = _stand(block, campaign_id)
    areas, schemes = (_column(session, block, rows, Side(name, is_fact=True)) for name in ("area", "scheme"))
    other = _column(session, block, rows, side)
    width = len(schemes.names) + 1
    every = tuple(map(str, range((len(areas.names) + 1) * width)))
    places = Coded(every, areas.codes.astype(np.int64) * width + schemes.codes + 1)
    found = Counter[tuple[str, str, str]]()
    first, second = (BLANK, *areas.names), (BLANK, *schemes.names)
    for (place, name), number in counted_together(places, other).items():
        area, scheme = divmod(int(place), len(second))
        found[first[area], second[scheme], name] += number
    return [(*names, number) for names, number in sorted(found.items())]


def _read(session: Session, *sides: Side) -> Block:
    return read_responses(session, [side.name for side in sides if not side.is_fact])


def _stand(block: Block, campaign_id: int) -> Rows:
    is_of = block.of("@campaign").holds({str(campaign_id)})
    return np.flatnonzero(is_of & block.of("@state").holds({ResponseState.COMPLETE.value}))


def _crossed(session: Session, block: Block, chosen: Rows, rows: Side, columns: Side) -> Counted:
    one, other = (_column(session, block, chosen, side) for side in (rows, columns))
    return tuple((*pair, number) for pair, number in sorted(counted_together(one, other).items()))


def _column(session: Session, block: Block, chosen: Rows, side: Side) -> Coded:
    if not side.is_fact:
        return block.of(side.name).taken(chosen)
    if side.name not in PROFILE:
        return block.of(f"@{side.name}").taken(chosen)
    homes = read_homes(session)
    return homes.profile[side.name].taken_again(homes.rows_of(block.numbers["@home"][chosen]))
