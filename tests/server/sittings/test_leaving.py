"""What people leave at a kiosk, on both databases: wiped, or kept as unfinished where the campaign says so."""

import pytest
from flask import Flask
from sqlalchemy import select

from server.models.campaigns import Campaign
from server.models.equality import EqualityAnswer
from server.models.responses import Answer, ContactDetails, Response, ResponseState
from server.sittings.wiping import wipe_idle
from server.store import Store
from tests.server.sittings.leaving import left_alone, part_way, sittings
from tests.server.sittings.visitor import Place, Visitor, a_place


@pytest.fixture
def store(any_store: Store) -> Store:
    return any_store


def let_keep(store: Store, place: Place) -> None:
    with store.writing() as session:
        session.get_one(Campaign, place.campaigns["every-kind"]).keeps_unfinished = True


def test_what_is_left_alone_is_not_shown_to_the_next_and_then_wiped(store: Store, site: Flask, place: Place) -> None:
    visitor = part_way(site, place)
    left_alone(store)
    assert visitor.look() == "start"
    assert "High Street" not in visitor.text
    assert wipe_idle(store) == 1
    assert sittings(store) == []


def test_whoever_comes_next_wipes_what_was_left_at_the_same_kiosk(store: Store, site: Flask, place: Place) -> None:
    part_way(site, place)
    elsewhere = a_place(store, name="Springfield")
    Visitor.at(site, elsewhere).touch("size")
    assert len(sittings(store)) == 2
    Visitor.at(site, place).touch("size")
    assert sorted(one.campaign_id is None for one in sittings(store)) == [True, True]


@pytest.mark.parametrize("how", ["left alone", "leaves", "somebody else comes"])
def test_unfinished_answers_are_kept_where_the_campaign_says_so(
    store: Store, site: Flask, place: Place, how: str
) -> None:
    let_keep(store, place)
    visitor = part_way(site, place)
    if how == "left alone":
        left_alone(store)
        wipe_idle(store)
    elif how == "leaves":
        visitor.touch("leave")
    else:
        Visitor.at(site, place).touch("size")
    with store.reading() as session:
        (response,) = session.scalars(select(Response)).all()
        answers = {answer.question: answer.option or answer.written for answer in session.scalars(select(Answer))}
        contacts = session.scalars(select(ContactDetails)).all()
    assert response.state == ResponseState.UNFINISHED
    assert answers == {"repair": "no", "street": "High Street"}
    assert contacts == []


def test_equality_answers_of_whoever_walked_away_are_not_kept(store: Store, site: Flask, place: Place) -> None:
    let_keep(store, place)
    part_way(site, place).touch("leave")
    with store.reading() as session:
        assert session.scalars(select(EqualityAnswer)).all() == []


def test_nothing_is_kept_of_whoever_answered_nothing(store: Store, site: Flask, place: Place) -> None:
    let_keep(store, place)
    visitor = Visitor.at(site, place)
    visitor.begin(place.campaigns["every-kind"])
    visitor.touch("leave")
    with store.reading() as session:
        assert session.scalars(select(Response)).all() == []


def test_what_was_sent_is_not_kept_once_more_as_unfinished(store: Store, site: Flask, place: Place) -> None:
    let_keep(store, place)
    visitor = part_way(site, place)
    visitor.touch("send")
    visitor.touch("leave")
    with store.reading() as session:
        assert session.scalars(select(Response.state)).all() == [ResponseState.COMPLETE]
