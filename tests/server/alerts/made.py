"""Responses that call for alerts, as the tests of alerts need them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from server.models.alerts import Alert
from server.models.campaigns import Campaign
from server.models.officers import Officer, Role
from server.responses.incoming import Incoming
from server.responses.saving import Receipt, save_response
from server.store import Store
from tests.server.filling import SAID, incoming, new_campaign

GAS = "I can smell gas.\nNobody came."


def said(campaign: Campaign, comment: str, *, uid: str | None = None, **origin: Any) -> Incoming:
    """Give a response with a comment, from elsewhere if wanted."""
    made = incoming(campaign, {**SAID, "comment": comment}, uid=uid)
    return Incoming(made.uid, replace(made.origin, **origin), made.form, made.answers)


def saved(store: Store, comment: str = GAS, campaign: Campaign | None = None, **origin: Any) -> Receipt:
    """Save a response with a comment, received today."""
    to = campaign or new_campaign(store)
    return save_response(store, said(to, comment, **{"received_on": date.today(), **origin}))


def alerts(store: Store) -> Sequence[Alert]:
    """Give all alerts."""
    with store.reading() as session:
        return session.scalars(select(Alert).order_by(Alert.id)).all()


def an_officer(store: Store, name: str = "anna") -> Officer:
    """Give an officer."""
    with store.writing() as session:
        made = Officer(username=name, name=name.title(), role=Role.OFFICER, password_hash="x")  # noqa: S106
        session.add(made)
        session.flush()
        return made
