"""One segment of responses read row by row, as it is packed, and as it is counted while it is not packed."""

from collections.abc import Collection, Sequence
from typing import Any, Final

import numpy as np
from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from server.figures.columns import Block, Coded, Numbers, coded
from server.models.packing import SEGMENT_RESPONSES, PackedSegment
from server.models.responses import Answer, Response

NUMBERS: Final = {"@received": "<i4", "@saved": "<i8", "@home": "<i8"}
"""Facts that are numbers: the day (from year 1), the moment (microseconds from 1970), the household (0 for none)."""

FACTS: Final = ("@campaign", "@version", "@channel", "@method", "@language", "@helped", "@state")
"""Facts that are names."""

COLUMNS: Final = (
    Response.id,
    Response.received_on,
    Response.saved_at,
    Response.household_id,
    Response.campaign_id,
    Response.form_version_id,
    Response.channel,
    Response.method,
    Response.language,
    Response.helped_by,
    Response.state,
)
"""What a segment's facts are made of: its number, `NUMBERS`, then `FACTS`."""

HELPED: Final = "helped"
ALONE: Final = "alone"


def last_segment(session: Session) -> int:
    """Give the segment that the next response is in, or the last is; -1 while there are no responses."""
    last = session.scalar(select(func.max(Response.id)))
    return -1 if last is None else last // SEGMENT_RESPONSES


def packed_segments(session: Session) -> set[int]:
    """Give the segments that are packed."""
    return set(session.scalars(select(PackedSegment.segment)))


def read_segment(session: Session, segment: int, questions: Collection[str] | None = None) -> Block:
    """Give a segment's responses with these questions; with all of them when none are named."""
    first = segment * SEGMENT_RESPONSES
    within = (first, first + SEGMENT_RESPONSES - 1)
    rows = session.execute(select(*COLUMNS).where(Response.id.between(*within)).order_by(Response.id)).all()
    numbers, names = _facts(rows)
    said = _answers(session, within, {row[0]: place for place, row in enumerate(rows)}, questions)
    return Block(len(rows), numbers, names | {question: coded(len(rows), *pair) for question, pair in said.items()})


def _facts(rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[dict[str, Numbers], dict[str, Coded]]:
    """Give the facts of responses by column."""
    received, saved, homes, *facts = [[row[place] for row in rows] for place in range(1, len(COLUMNS))]
    numbers = {
        "@received": np.array([day.toordinal() for day in received], dtype=NUMBERS["@received"]),
        "@saved": np.array([round(moment.timestamp() * 1_000_000) for moment in saved], dtype=NUMBERS["@saved"]),
        "@home": np.array([home or 0 for home in homes], dtype=NUMBERS["@home"]),
    }
    named = dict(zip(FACTS, facts, strict=True))
    named["@helped"] = [HELPED if who else ALONE for who in named["@helped"]]
    every = range(len(rows))
    return numbers, {name: coded(len(rows), every, [str(one) for one in fact]) for name, fact in named.items()}


def _answers(
    session: Session, within: tuple[int, int], places: dict[int, int], questions: Collection[str] | None
) -> dict[str, tuple[list[int], list[str]]]:
    """Give for each question the rows and what they chose; an answer in writing chose the empty name."""
    asked = select(Answer.response_id, Answer.question, Answer.option).where(Answer.response_id.between(*within))
    if questions is not None:
        asked = asked.where(Answer.question.in_(questions))
    found = dict[str, tuple[list[int], list[str]]]()
    for number, question, option in session.execute(asked.order_by(Answer.response_id, Answer.question, Answer.place)):
        place = places.get(number)
        if place is None:
            continue
        of = found.get(question)
        if of is None:
            of = found[question] = ([], [])
        of[0].append(place)
        of[1].append(option or "")
    return found
