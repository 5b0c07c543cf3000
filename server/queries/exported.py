"""A campaign's responses for an export: those that stand, in the order of their random ids, which tells nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.models.households import Household
from server.models.responses import Answer, Response, ResponseState

AT_ONCE: Final = 2_000
"""Responses that are in memory at a time."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A response: what is known of it, and what was answered to each question, in its parts."""

    facts: Mapping[str, str | int | date]
    answers: Mapping[str, list[str]]


def kept_responses(session: Session, campaign_id: int) -> Iterator[Kept]:
    """Give the responses that stand; nothing in them names a person, a home or a copy."""
    home = (Household.area, Household.scheme, Household.tenure, Household.age_band, Household.property_type)
    own = (Response.received_on, Response.channel, Response.method, Response.language, Response.helped_by)
    rows = session.execute(
        select(Response.id, *own, *home)
        .outerjoin(Household, Household.id == Response.household_id)
        .where(Response.campaign_id == campaign_id, Response.state == ResponseState.COMPLETE)
        .order_by(Response.uid, Response.id)
        .execution_options(yield_per=AT_ONCE)
    )
    for part in rows.partitions():
        answers = _answers(session, [row.id for row in part])
        for row in part:
            facts = {name: value or "" for name, value in row._mapping.items() if name not in {"id", "helped_by"}}
            yield Kept({**facts, "helped": int(row.helped_by != "")}, answers.get(row.id, {}))


def _answers(session: Session, responses: list[int]) -> dict[int, dict[str, list[str]]]:
    found = dict[int, dict[str, list[str]]]()
    rows = session.execute(
        select(Answer.response_id, Answer.question, func.coalesce(Answer.option, Answer.written))
        .where(Answer.response_id.in_(responses))
        .order_by(Answer.response_id, Answer.question, Answer.place)
    )
    for number, question, said in rows:
        found.setdefault(number, {}).setdefault(question, []).append(said)
    return found
