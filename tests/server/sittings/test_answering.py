"""People answer at a kiosk: each touch is taken once and is in the database before the next screen shows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from forms.answers import collect
from kiosk.screens import Settings
from kiosk.showing import ending
from kiosk.sitting import Sitting
from kiosk.store import Kiosk
from server.app import create_app
from server.models.alerts import Alert, AlertKind
from server.models.campaigns import Audience
from server.models.equality import EqualityAnswer
from server.models.responses import Answer, ContactDetails, Response
from server.models.sittings import Sitting as Row
from server.sittings.desk import KioskDesk
from server.store import Store
from tests.forms import every_kind
from tests.server.filling import SAID, new_copy
from tests.server.sittings.visitor import Place, Visitor, a_campaign_at, a_place, campaign_of

TSM = "tsm-2026-27"
EVERYTHING: dict[str, Any] = {
    "repair": "yes",
    "overall": "neither",
    "way": "phone",
    "topics": ["homes", "safety"],
    "years": "12",
    "day": {"day": "3", "month": "2", "year": "2020"},
    "postcode": "le13 ouh",
    "street": "High  Street",
    "why": "The lift is slow.\nVery slow.",
    "reach": {"name": "Ada Żuk", "phone": "01664 502502"},
    "agree": "given",
    "age": "over",
}


def visitor_of(store: Store, place: Place) -> Visitor:
    return Visitor.at(create_app(store.settings, store), place)


def responses(store: Store) -> list[Response]:
    with store.reading() as session:
        return list(session.scalars(select(Response).order_by(Response.id)))


def kept(store: Store) -> tuple[dict[str, list[str]], dict[str, Any], dict[str, str]]:
    """Give the answers, contact details and equality answers of all responses."""
    with store.reading() as session:
        answers: dict[str, list[str]] = {}
        for answer in session.scalars(select(Answer).order_by(Answer.question, Answer.place)):
            answers.setdefault(answer.question, []).append(answer.option or answer.written or "")
        contacts = {one.question: one.details for one in session.scalars(select(ContactDetails))}
        apart = {one.question: one.option for one in session.scalars(select(EqualityAnswer))}
    return answers, contacts, apart


def test_a_whole_form_is_stored_as_it_was_answered(any_store: Store) -> None:
    place = a_place(any_store, every_kind())
    visitor = visitor_of(any_store, place)
    receipt = visitor.answer_all(place.campaigns["every-kind"], EVERYTHING)
    answers, contacts, apart = kept(any_store)
    wanted = collect(every_kind(), {**EVERYTHING, "agree": True})
    assert not wanted.problems
    assert answers == {
        "repair": ["yes"], "overall": ["neither"], "way": ["phone"], "topics": ["homes", "safety"], "years": ["12"],
        "day": ["2020-02-03"], "postcode": ["LE13 0UH"], "street": ["High Street"],
        "why": ["The lift is slow.\nVery slow."], "agree": ["given"],
    }  # fmt: skip
    assert contacts == {"reach": EVERYTHING["reach"]}
    assert apart == {"age": "over"}
    (response,) = responses(any_store)
    assert (response.receipt, response.channel, response.site_id, response.kiosk_id, response.format) == (
        receipt, "kiosk", place.site_id, place.kiosk_id, "kiosk",
    )  # fmt: skip


def test_every_answer_is_in_the_database_before_the_next_screen_shows(store: Store) -> None:
    place = a_place(store, "poll")
    visitor = visitor_of(store, place)
    visitor.begin(place.campaigns["poll"])
    visitor.touch("next", best_way_for_news="letter")
    with store.reading() as session:
        assert session.scalars(select(Row.delivered)).one() == {"best_way_for_news": "letter"}


def test_a_double_tap_is_taken_once(store: Store) -> None:
    place = a_place(store, "poll")
    visitor = visitor_of(store, place)
    visitor.begin(place.campaigns["poll"])
    turn, question = visitor.turn, visitor.heading
    visitor.touch("next", best_way_for_news="letter")
    after = visitor.heading
    visitor.touch("next", turn=turn)
    assert (visitor.heading, after != question) == (after, True)
    assert visitor.page is not None
    assert visitor.page.status_code == 200


def test_a_double_tap_at_the_start_begins_once(store: Store) -> None:
    place = a_place(store, "poll")
    visitor = visitor_of(store, place)
    visitor.touch(f"begin {place.campaigns['poll']}", turn=0)
    assert visitor.touch(f"begin {place.campaigns['poll']}", turn=0) == "about"
    with store.reading() as session:
        assert len(session.scalars(select(Row)).all()) == 1


def test_of_several_who_take_one_turn_one_wins(any_store: Store) -> None:
    place = a_place(any_store, "poll")
    desk, kiosk = KioskDesk(any_store), Kiosk(place.kiosk_id, place.site_id, "")
    fresh = Sitting(Settings("en"), campaign=place.campaigns["poll"])
    for turn in range(3):
        sitting = Sitting(fresh.settings, turn=turn, campaign=fresh.campaign)
        with ThreadPoolExecutor(8) as pool:
            won = list(pool.map(lambda _, one=sitting: desk.keep(kiosk, "a key", one), range(16)))
        assert sum(won) == 1
    found = desk.sitting(kiosk, "a key")
    assert found is not None
    assert found.turn == 3


def test_sending_twice_gives_one_response(store: Store) -> None:
    place = a_place(store, "poll")
    visitor = visitor_of(store, place)
    visitor.begin(place.campaigns["poll"])
    visitor.to_check({"best_way_for_news": "letter"})
    turn = visitor.turn
    visitor.touch("send")
    receipt = visitor.receipt
    assert visitor.touch("send", turn=turn) == "sent"
    assert [visitor.receipt, *(one.receipt for one in responses(store))] == [receipt, receipt]


def test_once_sent_nothing_of_it_is_left_in_the_sitting(store: Store) -> None:
    place = a_place(store, TSM)
    visitor = visitor_of(store, place)
    visitor.answer_all(place.campaigns[TSM], SAID)
    with store.reading() as session:
        row = session.scalars(select(Row)).one()
    assert (row.delivered, row.draft, row.copy_code, row.helped_by) == ({}, None, None, "")


def test_a_refused_answer_is_shown_with_what_was_typed_and_status_422(store: Store) -> None:
    place = a_place(store, TSM)
    visitor = visitor_of(store, place)
    visitor.begin(place.campaigns[TSM])
    while "contact.phone" not in visitor.text:
        said: dict[str, Any] = {"contact_me": "yes"} if "contact_me" in visitor.text else {}
        visitor.touch("next", **said)
    visitor.touch("next", contact__phone="12")
    assert visitor.page is not None
    assert visitor.page.status_code == 422
    assert 'value="12"' in visitor.text
    assert "This is not a phone number" in visitor.text


def test_it_works_as_plain_pages_too(store: Store) -> None:
    place = a_place(store, "poll")
    visitor = visitor_of(store, place)
    visitor.headers = {}
    visitor.page = visitor.client.post("/kiosk/", data={"act": f"begin {place.campaigns['poll']}", "turn": 0})
    assert (visitor.page.status_code, visitor.page.location) == (303, "/kiosk/")
    assert visitor.look() == "about"
    assert visitor.text.startswith("<!doctype html>")


def test_how_it_was_used_is_kept(store: Store) -> None:
    place = a_place(store, "poll")
    visitor = visitor_of(store, place)
    visitor.touch("speech")
    visitor.touch("speech aloud:keys")
    visitor.touch("close")
    visitor.touch("language pl")
    visitor.answer_all(place.campaigns["poll"], {"best_way_for_news": "letter"})
    (response,) = responses(store)
    assert (response.format, response.language) == ("kiosk, four keys", "pl")


# Codes.


def invited(store: Store) -> tuple[Place, Visitor, str]:
    place = a_place(store, "poll", audience=Audience.INVITED)
    code = new_copy(store, campaign_of(store, place.campaigns["poll"]))
    visitor = visitor_of(store, place)
    visitor.touch(f"begin {place.campaigns['poll']}")
    visitor.touch("next")
    return place, visitor, code


def test_a_copys_code_is_taken_however_it_is_typed_and_goes_with_the_response(store: Store) -> None:
    _, visitor, code = invited(store)
    assert visitor.touch("next", code=code.lower().replace(" ", " - ")) == "helped"
    visitor.touch("skip")
    visitor.to_check({"best_way_for_news": "letter"})
    visitor.touch("send")
    (response,) = responses(store)
    assert response.copy_id is not None


def test_a_code_that_was_answered_already_is_taken_again(store: Store) -> None:
    place, visitor, code = invited(store)
    for _ in range(2):
        visitor.touch("next", code=code)
        visitor.touch("skip")
        visitor.to_check({"best_way_for_news": "letter"})
        visitor.touch("send")
        visitor.touch("leave")
        visitor.touch(f"begin {place.campaigns['poll']}")
        visitor.touch("next")
    first, second = responses(store)
    assert first.copy_id == second.copy_id


def test_another_campaigns_code_is_refused(store: Store) -> None:
    place, visitor, _ = invited(store)
    other = a_campaign_at(store, place.site_id, "poll", "Another")
    assert visitor.touch("next", code=new_copy(store, campaign_of(store, other))) == "code"
    assert "We do not know this code" in visitor.text


def test_guessing_at_codes_is_slowed_down_and_slips_are_not(store: Store) -> None:
    _, visitor, code = invited(store)
    for _ in range(8):
        visitor.touch("next", code="3333 3334")
    assert visitor.touch("next", code=code) == "helped"
    visitor.touch("back")
    for _ in range(6):
        visitor.touch("next", code="3333 3333")
    assert visitor.touch("next", code=code) == "code"
    assert "Please wait" in visitor.text


# Complaints, results, rest.


def test_a_complaint_reaches_officers_at_once(store: Store) -> None:
    place = a_place(store, "poll")
    visitor = visitor_of(store, place)
    visitor.answer_all(place.campaigns["poll"], {"best_way_for_news": "letter"})
    assert visitor.touch("complain") == "complaint"
    with store.reading() as session:
        assert session.scalars(select(Alert.kind)).all() == [AlertKind.COMPLAINT]
    visitor.touch("next", complaint__name="Ada Żuk", complaint__phone="01664 502502")
    assert visitor.kind == "sent"
    assert kept(store)[1] == {"_complaint": {"name": "Ada Żuk", "phone": "01664 502502"}}
    assert "Ada" not in visitor.text


def test_results_are_shown_once_enough_have_answered(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ending, "RESULTS_MIN", 3)
    place = a_place(store, "poll", shows_results=True)
    visitor = visitor_of(store, place)
    for number in range(3):
        visitor.answer_all(place.campaigns["poll"], {"best_way_for_news": "letter" if number % 2 else "email"})
        visitor.touch("results")
        assert ("3 answers so far" in visitor.text) == (number == 2)
        visitor.touch("leave")


def test_where_anyone_may_answer_a_campaign_rests_between_two_answers(store: Store) -> None:
    place = a_place(store, "poll", rest_seconds=120)
    visitor = visitor_of(store, place)
    visitor.answer_all(place.campaigns["poll"], {"best_way_for_news": "letter"})
    visitor.touch("leave")
    assert "Opens again in 2 minutes" in visitor.text
    assert visitor.touch(f"begin {place.campaigns['poll']}") == "start"
    with store.writing() as session:
        session.scalars(select(Response)).one().saved_at -= timedelta(seconds=121)
    visitor.look()
    assert visitor.touch(f"begin {place.campaigns['poll']}") == "about"


def test_only_what_is_open_here_today_is_offered(store: Store) -> None:
    place = a_place(store, "poll")
    other = a_place(store, "event", name="Elsewhere")
    for what in ({"state": "closed"}, {"channels": ["paper"]}, {"closes_on": campaign_of(store, 1).opens_on}):
        a_campaign_at(store, place.site_id, "training", f"Not now {what}", **what)
    visitor = visitor_of(store, place)
    assert visitor.text.count('value="begin ') == 1
    assert visitor.touch(f"begin {other.campaigns['event']}") == "start"
