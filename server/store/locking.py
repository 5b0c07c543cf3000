"""Doing one thing after another where the database would let them run at once."""

from sqlalchemy import ARRAY, String, bindparam, func, select
from sqlalchemy.orm import Session


def alone(session: Session, *names: str) -> None:
    """Hold off, until this transaction ends, whoever else asks for one of the names; SQLite has one writer anyway.

    Names are taken in their order, so that two who ask for the same ones never wait for each other.
    """
    if session.get_bind().dialect.name == "postgresql":
        name = func.unnest(bindparam("names", sorted(names), ARRAY(String))).column_valued("name")
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0)))).all()
