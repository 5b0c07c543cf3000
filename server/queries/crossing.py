"""Counts of one campaign's answers, whatever its form: by option, and of any two questions or known facts together."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from server.models.households import Household
from server.models.responses import Answer, Response, ResponseState
from server.queries.counted import Scope, counted

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
    found = dict[str, dict[str, int]]()
    rows = session.execute(
        select(Answer.question, Answer.option, func.count())
        .join(Response, Response.id == Answer.response_id)
        .where(*_stand(campaign_id), Answer.option.is_not(None))
        .group_by(Answer.question, Answer.option)
        .order_by(Answer.question, Answer.option)
    )
    for question, option, count in rows:
        found.setdefault(question, {})[option or BLANK] = count
    return found


def cross_counts(session: Session, campaign_id: int, rows: Side, columns: Side) -> Counted:
    """Give the counts of a cross-table (row, column, how many) over the responses of a campaign that stand.

    Whoever chose several options of a question is counted in each.
    """
    asked = select().select_from(Response).where(*_stand(campaign_id))
    return _crossed(session, asked, rows, columns)


def cross_counted(session: Session, scope: Scope, rows: Side, columns: Side) -> Counted:
    """Give the same over the responses that count in a year."""
    chosen = counted(scope)
    asked = select().select_from(chosen).join(Response, Response.id == chosen.c.id)
    return _crossed(session, asked, rows, columns)


def _crossed(session: Session, asked: Select[*tuple[()]], rows: Side, columns: Side) -> Counted:
    keys = list[ColumnElement[Any]]()
    asked = asked.outerjoin(Household, Household.id == Response.household_id)
    for side in (rows, columns):
        asked, key = _with(asked, side)
        keys.append(func.coalesce(key, BLANK))
    found = session.execute(asked.add_columns(*keys, func.count()).group_by(*keys).order_by(*keys))
    return tuple((row, column, number) for row, column, number in found)


def _with(asked: Select[*tuple[()]], side: Side) -> tuple[Select[*tuple[()]], ColumnElement[Any]]:
    if side.is_fact:
        return asked, FACTS[side.name]
    answer = aliased(Answer)
    of_question = and_(answer.response_id == Response.id, answer.question == side.name)
    return asked.outerjoin(answer, of_question), answer.option.expression


def _stand(campaign_id: int) -> tuple[ColumnElement[bool], ...]:
    return Response.campaign_id == campaign_id, Response.state == ResponseState.COMPLETE
