"""All responses by column: what is packed, and the rest row by row, so that it is exact at any moment."""

from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.figures.columns import Block, Coded, Numbers, coded, stacked
from server.figures.packing import names_of, numbers_of
from server.models.households import Household
from server.models.packing import PackedColumn
from server.queries.segments import FACTS, NUMBERS, last_segment, read_segment

KEPT: Final = "sayso-columns"
"""Where a session that only reads keeps what it has read: pages ask for the same several times."""

PROFILE: Final = ("area", "scheme", "tenure", "age_band", "property_type")


@dataclass(frozen=True, slots=True)
class Homes:
    """Households by column."""

    place: Numbers
    """The row of each household by its number; -1 for a number that is none's."""
    profile: dict[str, Coded]
    here: Numbers
    """Of each whether the last import still named it."""

    def rows_of(self, numbers: Numbers) -> Numbers:
        """Give the rows of households by their numbers; -1 where there is none."""
        known = np.where(numbers < len(self.place), numbers, 0)
        found: Numbers = self.place[known]
        return found


@dataclass(slots=True)
class Kept:
    """What was read, by the questions that it has; none for all of them."""

    blocks: dict[frozenset[str] | None, Block] = field(default_factory=dict)
    homes: Homes | None = None
    years: dict[Hashable, Any] = field(default_factory=dict)
    """What counts in a year, by the year."""


def read_responses(session: Session, questions: Collection[str]) -> Block:
    """Give all responses with their facts and these questions, in the order of their numbers."""
    kept, wanted = kept_by(session), frozenset(questions)
    for names, block in kept.blocks.items():
        if names is None or wanted <= names:
            return block
    kept.blocks[wanted] = _stacked(session, sorted(wanted))
    return kept.blocks[wanted]


def read_every_question(session: Session) -> Block:
    """Give all responses with their facts and every question that anybody answered."""
    kept = kept_by(session)
    if None not in kept.blocks:
        kept.blocks[None] = _stacked(session, None)
    return kept.blocks[None]


def read_homes(session: Session) -> Homes:
    """Give all households by column."""
    kept = kept_by(session)
    if kept.homes is None:
        kept.homes = _homes(session)
    return kept.homes


def kept_by(session: Session) -> Kept:
    """Give what a session keeps; one that may write keeps nothing."""
    writes = session.get_bind().get_execution_options().get("sayso_writes", False)
    kept: Kept = Kept() if writes else session.info.setdefault(KEPT, Kept())
    return kept


def _stacked(session: Session, questions: list[str] | None) -> Block:
    blocks = dict(_packed(session, questions))
    for segment in range(last_segment(session) + 1):
        if segment not in blocks:
            blocks[segment] = read_segment(session, segment, questions)
    ordered = [block for _, block in sorted(blocks.items(), key=itemgetter(0))]
    names = questions
    if names is None:
        names = sorted({name for block in ordered for name in block.coded} - set(FACTS))
    return stacked(ordered, NUMBERS, (*FACTS, *names))


def _packed(session: Session, questions: list[str] | None) -> Iterator[tuple[int, Block]]:
    """Give the packed segments. One statement, or a segment could be taken away between two."""
    asked = select(PackedColumn.segment, PackedColumn.name, PackedColumn.content).order_by(PackedColumn.segment)
    if questions is not None:
        asked = asked.where(PackedColumn.name.in_((*NUMBERS, *FACTS, *questions)))
    for segment, columns in groupby(session.execute(asked), key=itemgetter(0)):
        yield segment, _block((name, content) for _, name, content in columns)


def _block(columns: Iterable[tuple[str, bytes]]) -> Block:
    numbers, names = dict[str, Numbers](), dict[str, Coded]()
    for name, content in columns:
        if name in NUMBERS:
            numbers[name] = numbers_of(content, NUMBERS[name])
        else:
            names[name] = names_of(content)
    return Block(len(numbers["@home"]), numbers, names)


def _homes(session: Session) -> Homes:
    columns = [getattr(Household, name) for name in PROFILE]
    rows = session.execute(select(Household.id, Household.is_here, *columns).order_by(Household.id)).all()
    if not rows:
        none = np.zeros(0, dtype=np.bool_)
        return Homes(np.full(1, -1, dtype=np.intp), {name: coded(0, (), ()) for name in PROFILE}, none)
    numbers, here, *profile = zip(*rows, strict=True)
    place = np.full(numbers[-1] + 1, -1, dtype=np.intp)
    place[np.array(numbers)] = np.arange(len(rows))
    every = range(len(rows))
    known = {name: coded(len(rows), every, of) for name, of in zip(PROFILE, profile, strict=True)}
    return Homes(place, known, np.array(here))
