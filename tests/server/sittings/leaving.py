"""Somebody part way through a form at a kiosk, who leaves it."""

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from server.models.base import now
from server.models.sittings import Sitting
from server.store import Store
from tests.server.sittings.visitor import Place, Visitor

SOME: dict[str, Any] = {"repair": "no", "street": "High Street", "reach": {"name": "Ada Żuk"}, "age": "over"}


def part_way(site: Flask, place: Place) -> Visitor:
    """Give somebody who has answered some, of every kind that is kept apart too, and not sent it."""
    visitor = Visitor.at(site, place)
    visitor.begin(place.campaigns["every-kind"])
    visitor.to_check(SOME)
    return visitor


def left_alone(store: Store, seconds: int = 161) -> None:
    with store.writing() as session:
        session.scalars(select(Sitting)).one().touched_at = now() - timedelta(seconds=seconds)


def sittings(store: Store) -> list[Any]:
    with store.reading() as session:
        return list(session.scalars(select(Sitting)))
