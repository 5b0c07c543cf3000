"""Nobody gets at what another person did at a kiosk: it is sent or wiped."""

import logging
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import select

from server.app import create_app
from server.models.base import now
from server.models.responses import Response
from server.sittings import janitor
from server.sittings.wiping import wipe_idle
from server.store import Store
from tests.forms import every_kind
from tests.server.sittings.leaving import left_alone, part_way, sittings
from tests.server.sittings.visitor import Place, Visitor, a_place


def test_a_touch_after_too_long_takes_nothing(store: Store, site: Flask, place: Place) -> None:
    visitor = part_way(site, place)
    left_alone(store)
    assert visitor.touch("send") == "start"
    with store.reading() as session:
        assert session.scalars(select(Response)).all() == []


def test_nothing_is_wiped_while_somebody_is_there(store: Store, site: Flask, place: Place) -> None:
    visitor = part_way(site, place)
    left_alone(store, 150)
    assert visitor.client.post("/kiosk/alive").status_code == 204
    assert wipe_idle(store) == 0
    assert (now() - sittings(store)[0].touched_at).total_seconds() < 5
    assert visitor.look() == "check"


def test_whoever_was_wiped_is_told_so(store: Store, site: Flask, place: Place) -> None:
    visitor = part_way(site, place)
    left_alone(store)
    assert visitor.client.post("/kiosk/alive").status_code == 410


def test_more_time_can_be_had_any_number_of_times(store: Store, site: Flask, place: Place) -> None:
    visitor = part_way(site, place)
    for _ in range(5):
        left_alone(store, 155)
        assert visitor.touch("more_time") == "check"
    assert visitor.client.get("/kiosk/still-there").status_code == 200


def test_asking_whether_somebody_is_there_writes_nothing(store: Store, site: Flask, place: Place) -> None:
    visitor = part_way(site, place)
    left_alone(store, 155)
    before = sittings(store)[0].touched_at
    visitor.page = visitor.client.get("/kiosk/still-there")
    assert visitor.kind == "still_there"
    assert sittings(store)[0].touched_at == before


def test_leaving_wipes_at_once_and_gives_the_browser_another_key(store: Store, site: Flask, place: Place) -> None:
    visitor = part_way(site, place)
    assert visitor.touch("leave") == "start"
    assert sittings(store) == []
    assert visitor.page is not None
    assert "sayso-sitting=" in visitor.page.headers["Set-Cookie"]
    with store.reading() as session:
        assert session.scalars(select(Response)).all() == []


def test_settings_end_with_the_person(site: Flask, place: Place) -> None:
    visitor = Visitor.at(site, place)
    visitor.touch("size")
    visitor.touch("language pl")
    assert 'data-size="large"' in visitor.text
    visitor.touch("leave")
    assert 'data-size="normal"' in visitor.text
    assert 'lang="en"' in visitor.text


# The janitor.


def test_the_janitor_wipes_what_was_left_before_it_began(store: Store) -> None:
    place = a_place(store, every_kind())
    part_way(create_app(store.settings, store), place)
    left_alone(store)
    with janitor.wiping(store):
        for _ in range(100):
            if not sittings(store):
                break
            Event().wait(0.05)
    assert sittings(store) == []


def test_the_janitor_outlives_a_database_that_is_away(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries = list[int]()
    went_on = Event()

    def failing(_: Store) -> None:
        tries.append(1)
        if len(tries) > 1:
            went_on.set()
        raise OSError("somebody's words")

    monkeypatch.setattr(janitor, "wipe_idle", failing)
    monkeypatch.setattr(janitor, "LOOK_SECONDS", 0.01)
    with caplog.at_level(logging.ERROR), janitor.wiping(store):
        assert went_on.wait(5)
    assert "somebody's words" not in caplog.text
