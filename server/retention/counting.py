"""Counting what is due."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.selectable import FromClause

Found = tuple[int, date | datetime | None, date | datetime | None]
Since = InstrumentedAttribute[Any] | ColumnElement[Any]


def counted(session: Session, since: Since, *where: ColumnElement[bool], of: FromClause | Any = None) -> Found:
    """Give how many rows there are, with the oldest and the newest of when their time began."""
    asked = select(func.count(), func.min(since), func.max(since)).where(*where)
    row = session.execute(asked if of is None else asked.select_from(of)).one()
    return row[0], row[1], row[2]
