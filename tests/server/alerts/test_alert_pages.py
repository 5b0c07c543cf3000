"""The pages of alerts, and what of them stands on the page Today."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from server.alerting.noticing import wish_to_complain
from server.models.alerts import Alert
from server.models.campaigns import Channel
from server.models.officers import Role
from server.store import Store
from tests.server.alerts.made import GAS, alerts, saved
from tests.server.conftest import Browser
from tests.server.filling import new_campaign


@pytest.fixture
def officer(as_role: Callable[[Role], Browser]) -> Browser:
    return as_role(Role.OFFICER)


def text(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def came(store: Store, alert_id: int, hours: int) -> None:
    with store.writing() as session:
        session.get_one(Alert, alert_id).came_at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=hours)


def test_an_open_alert_stands_at_the_very_top_of_today(officer: Browser, store: Store) -> None:
    assert "See to this first" not in text(officer, "/")
    saved(store)
    page = text(officer, "/")
    assert page.index("See to this first") < page.index("Open campaigns")
    assert ">Gas</a>" in page
    assert "Look today: 23 hours left" in page or "Look today: 24 hours left" in page


def test_the_most_pressing_comes_first_and_what_is_overdue_is_said_in_words(officer: Browser, store: Store) -> None:
    campaign = new_campaign(store)
    for comment in ("Mould", "I fell", "Gas leak"):
        saved(store, comment, campaign)
    damp, fall, gas = (one.id for one in alerts(store))
    came(store, gas, 30)
    came(store, fall, 3)
    page = text(officer, "/alerts/")
    places = [page.index(f'/alerts/{one}"') for one in (gas, fall, damp)]
    assert places == sorted(places)
    assert "Overdue</strong> Look now: 6 hours late" in page
    assert "1 alert is overdue." in page


def test_paper_that_came_earlier_is_late_from_that_day(officer: Browser, store: Store) -> None:
    saved(store, received_on=date.today() - timedelta(days=5), channel=Channel.PAPER)
    assert "days late" in text(officer, "/alerts/")


def test_one_alert_shows_their_words_the_rest_and_how_to_reach_them(officer: Browser, store: Store) -> None:
    saved(store, "Lovely. <b>I can</b> smell gas & more")
    page = text(officer, f"/alerts/{alerts(store)[0].id}")
    assert "Lovely. &lt;b&gt;I can&lt;/b&gt; <mark>smell gas</mark> &amp; more" in page
    assert "Fairly satisfied" in page
    assert "{landlord}" not in page
    assert "Ada Żuk" in page
    assert "01664 502502" in page


def test_a_danger_is_passed_on_then_dealt_with(officer: Browser, store: Store) -> None:
    saved(store)
    (one,) = alerts(store)
    answer = officer.post(f"/alerts/{one.id}/acknowledge", {"version": one.version})
    assert answer.location == f"/alerts/{one.id}"
    assert "Passed on" in text(officer, f"/alerts/{one.id}")
    answer = officer.post(f"/alerts/{one.id}/settle", {"version": one.version + 1, "outcome": "nothing"})
    assert answer.location == "/alerts/"
    assert "Nothing waits." in text(officer, "/alerts/")
    assert "Not a danger" in text(officer, "/alerts/settled")
    assert "See to this first" not in text(officer, "/")
    officer.post(f"/alerts/{one.id}/open-again", {"version": one.version + 2})
    assert f'/alerts/{one.id}"' in text(officer, "/alerts/")


def test_the_loser_of_a_race_sees_it(officer: Browser, store: Store) -> None:
    saved(store)
    (one,) = alerts(store)
    officer.post(f"/alerts/{one.id}/settle", {"version": one.version, "outcome": "dealt_with"})
    answer = officer.post(f"/alerts/{one.id}/settle", {"version": one.version, "outcome": "nothing"})
    assert answer.status_code == 409
    assert "Somebody else was quicker" in answer.get_data(as_text=True)
    assert alerts(store)[0].outcome == "dealt_with"


@pytest.mark.parametrize("sent", [{}, {"version": "x", "outcome": "nothing"}, {"version": 1, "outcome": "eaten"}])
def test_what_no_button_sends_is_refused(officer: Browser, store: Store, sent: dict[str, object]) -> None:
    saved(store)
    (one,) = alerts(store)
    assert officer.post(f"/alerts/{one.id}/settle", sent).status_code == 400
    assert alerts(store)[0].settled_at is None


def test_a_complaint_has_its_clock_and_its_own_buttons(officer: Browser, store: Store) -> None:
    receipt = saved(store, "Fine.")
    with store.writing() as session:
        wish_to_complain(session, receipt.response_id)
    page = text(officer, f"/alerts/{alerts(store)[0].id}")
    assert "Acknowledge by " in page
    assert "They pressed" in page
    assert "Not a complaint" in page
    assert "Not a danger" not in page


def test_an_alert_that_is_gone_is_a_page_that_says_so(officer: Browser) -> None:
    answer = officer.get("/alerts/7")
    assert answer.status_code == 404
    assert "no such alert any more" in answer.get_data(as_text=True)


def test_whoever_may_see_only_figures_sees_no_alert(as_role: Callable[[Role], Browser], store: Store) -> None:
    saved(store)
    viewer = as_role(Role.VIEWER)
    assert viewer.get("/alerts/").status_code == 403
    assert "See to this first" not in text(viewer, "/")


def test_no_address_and_no_title_holds_a_persons_words(officer: Browser, store: Store) -> None:
    saved(store, GAS)
    page = text(officer, "/alerts/")
    assert "Nobody came" not in page
    assert "Ada" not in page
