"""The pages of campaigns, and today's."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from server.campaigns import opening
from server.campaigns.views import bp
from server.models.campaigns import Campaign, CampaignState, Site
from server.models.copies import RunState
from server.models.officers import Role
from server.models.responses import ResponseState
from server.store import Store
from server.web.words import today
from tests.server.campaigns.made import OFFICER, campaign, code_of, households, invitations, response, run
from tests.server.conftest import Browser

SignIn = Callable[[Role], Browser]


def words(answer: Any) -> str:
    text: str = answer.get_data(as_text=True)
    return text


def fields(**changes: Any) -> dict[str, Any]:
    last = today() + timedelta(days=20)
    usual = {
        "name": "Winter survey",
        "form": "poll/library",
        "opens_on_day": today().day,
        "opens_on_month": today().month,
        "opens_on_year": today().year,
        "closes_on_day": last.day,
        "closes_on_month": last.month,
        "closes_on_year": last.year,
        "channels": ["paper"],
        "audience": "invited",
        "sampling": "census",
    }
    return usual | changes


def state_of(store: Store, campaign_id: int) -> CampaignState:
    with store.reading() as session:
        return session.get_one(Campaign, campaign_id).state


def test_the_list_of_campaigns_says_what_to_do_when_it_is_empty(as_role: SignIn) -> None:
    assert "There is none yet" in words(as_role(Role.MANAGER).get("/campaigns/"))


def test_a_manager_makes_a_campaign_and_lands_on_its_page(as_role: SignIn, store: Store) -> None:
    with store.writing() as session:
        session.add(Site(id=7, name="Parkside"))
    browser = as_role(Role.MANAGER)
    assert "Parkside" in words(browser.get("/campaigns/new?form=poll/library"))
    answer = browser.post("/campaigns/new", fields(sites=["7"]), follow_redirects=True)
    page = words(answer)
    assert "<h1>Winter survey</h1>" in page
    assert "Parkside" in page
    assert "Next: Invite households" in page
    assert "Winter survey" in words(browser.get("/campaigns/"))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": " "}, "Fill this in."),
        ({"form": ""}, "Fill this in."),
        ({"opens_on_day": "31", "opens_on_month": "2"}, "Give a date as day, month and year"),
        ({"closes_on_year": "2020"}, "The last day comes before the first."),
        ({"channels": ["pigeon"]}, "Choose one of these."),
        ({"audience": ""}, "Choose one of these."),
    ],
)
def test_what_is_wrong_with_a_new_campaign_is_said_beside_its_field(
    as_role: SignIn, wrong: dict[str, Any], says: str
) -> None:
    answer = as_role(Role.MANAGER).post("/campaigns/new", fields(**wrong))
    assert answer.status_code == 422
    assert says in words(answer)
    assert f'value="{today().month}"' in words(answer) or "opens_on_month" in wrong  # what was typed is still there


def test_what_kiosks_do_is_chosen_shown_and_filled_in_again(as_role: SignIn) -> None:
    browser = as_role(Role.MANAGER)
    sent = fields(
        channels=["kiosk"], audience="anyone", at_kiosk=["keeps_unfinished", "shows_results"], rest_seconds="45"
    )
    page = words(browser.post("/campaigns/new", sent, follow_redirects=True))
    assert "unfinished answers are kept; results are shown; 45 seconds between two people" in page
    again = words(browser.get("/campaigns/1/edit"))
    assert again.count("checked") == 5  # one channel, both of these, who and how
    assert 'value="45"' in again


@pytest.mark.parametrize("wrong", ["-1", "601", "a while"])
def test_a_rest_that_cannot_be_is_said_beside_its_field(as_role: SignIn, wrong: str) -> None:
    sent = fields(channels=["kiosk"], audience="anyone", rest_seconds=wrong)
    answer = as_role(Role.MANAGER).post("/campaigns/new", sent)
    assert answer.status_code == 422
    assert 'id="rest_seconds-mistake"' in words(answer)


def test_where_only_the_invited_answer_an_open_campaign_asks_for_no_rest(as_role: SignIn, store: Store) -> None:
    made = campaign(store, is_open=True)
    page = words(as_role(Role.MANAGER).get(f"/campaigns/{made.id}/edit"))
    assert "At the kiosk" in page
    assert "rest_seconds" not in page


def test_a_name_that_is_taken_is_said_beside_the_name(as_role: SignIn, store: Store) -> None:
    campaign(store, name="Winter survey")
    other = campaign(store)
    browser = as_role(Role.MANAGER)
    answer = browser.post("/campaigns/new", fields())
    assert answer.status_code == 422
    assert "There is a campaign of this name already" in words(answer)
    answer = browser.post(f"/campaigns/{other.id}/edit", fields(version=other.version))
    assert answer.status_code == 422


def test_a_draft_is_changed_with_what_it_has_filled_in(as_role: SignIn, store: Store) -> None:
    made, browser = campaign(store, name="Winter"), as_role(Role.MANAGER)
    page = words(browser.get(f"/campaigns/{made.id}/edit"))
    assert 'value="Winter"' in page
    assert '<option value="poll/library" selected>' in page
    browser.post(f"/campaigns/{made.id}/edit", fields(name="Spring", version=made.version))
    assert "<h1>Spring</h1>" in words(browser.get(f"/campaigns/{made.id}"))


def test_what_is_open_shows_only_what_can_still_be_changed(as_role: SignIn, store: Store) -> None:
    made, browser = campaign(store, is_open=True), as_role(Role.MANAGER)
    assert 'name="form"' not in words(browser.get(f"/campaigns/{made.id}/edit"))
    sent = fields(name="Longer", form="priorities/library", version=made.version)
    assert browser.post(f"/campaigns/{made.id}/edit", sent).status_code == 302
    with store.reading() as session:
        kept = session.get_one(Campaign, made.id)
    assert (kept.name, kept.form_version_id) == ("Longer", made.form_version_id)


def test_what_is_closed_cannot_be_changed(as_role: SignIn, store: Store) -> None:
    made, browser = campaign(store, is_open=True), as_role(Role.MANAGER)
    opening.close_now(store, made.id, made.version, by=OFFICER)
    answer = browser.get(f"/campaigns/{made.id}/edit")
    assert answer.status_code == 400
    assert "it stays as it was" in words(answer)
    assert "nothing to close" in words(browser.get(f"/campaigns/{made.id}/close"))


def test_whoever_comes_second_is_told_so_on_a_page(as_role: SignIn, store: Store) -> None:
    made, browser = campaign(store), as_role(Role.MANAGER)
    assert browser.post(f"/campaigns/{made.id}/edit", fields(version=made.version)).status_code == 302
    answer = browser.post(f"/campaigns/{made.id}/edit", fields(name="Mine", version=made.version))
    assert answer.status_code == 409
    assert "Somebody else was quicker" in words(answer)
    assert f'href="/campaigns/{made.id}"' in words(answer)


def test_opening_says_what_it_means_and_does_it(as_role: SignIn, store: Store) -> None:
    made, browser = campaign(store), as_role(Role.MANAGER)
    page = words(browser.get(f"/campaigns/{made.id}/open"))
    assert "can no longer be changed" in page
    assert "No household is invited yet" in page
    assert state_of(store, made.id) == CampaignState.DRAFT
    browser.post(f"/campaigns/{made.id}/open", {"version": made.version})
    assert state_of(store, made.id) == CampaignState.OPEN


def test_opening_what_cannot_be_opened_says_why(as_role: SignIn, store: Store) -> None:
    made, browser = campaign(store, channels=[]), as_role(Role.MANAGER)
    assert "It has no channel" in words(browser.get(f"/campaigns/{made.id}/open"))
    answer = browser.post(f"/campaigns/{made.id}/open", {"version": made.version})
    assert answer.status_code == 400
    assert "It has no channel" in words(answer)


def test_closing_asks_first(as_role: SignIn, store: Store) -> None:
    made, browser = campaign(store, is_open=True), as_role(Role.MANAGER)
    assert "cannot be opened again" in words(browser.get(f"/campaigns/{made.id}/close"))
    assert state_of(store, made.id) == CampaignState.OPEN
    browser.post(f"/campaigns/{made.id}/close", {"version": made.version})
    assert state_of(store, made.id) == CampaignState.CLOSED


def test_households_are_invited_left_out_and_taken_back_on_one_page(as_role: SignIn, store: Store) -> None:
    made, browser = campaign(store), as_role(Role.MANAGER)
    address = f"/campaigns/{made.id}/households"
    assert "There are no households yet" in words(browser.get(f"{address}/"))
    here = households(store, 3, area="Melton") + households(store, 1, area="Asfordby")
    assert "3 households invited." in words(
        browser.post(f"{address}/invite", {"how": "census", "areas": ["Melton"]}, follow_redirects=True)
    )
    left_out = {"code": code_of(store, here[0]), "reason": "being rebuilt"}
    assert "being rebuilt" in words(browser.post(f"{address}/leave-out", left_out, follow_redirects=True))
    assert invitations(store, made.id)[here[0]] == "being rebuilt"
    browser.post(f"{address}/{here[0]}/take-back-in")
    assert invitations(store, made.id)[here[0]] is None
    assert "3 invitations taken back." in words(browser.post(f"{address}/withdraw", follow_redirects=True))


@pytest.mark.parametrize(
    ("action", "sent", "says"),
    [
        ("invite", {"how": "sample"}, "Say how many households"),
        ("invite", {"how": "sample", "number": "many"}, "Give a whole number."),
        ("invite", {"how": "sample", "number": "3"}, "only 2 households"),
        ("invite", {}, "Fill this in."),
        ("leave-out", {"code": "H-none", "reason": "void"}, "No household has this code."),
        ("leave-out", {"code": "H-none", "reason": ""}, "Fill this in."),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said(
    as_role: SignIn, store: Store, action: str, sent: dict[str, str], says: str
) -> None:
    made = campaign(store)
    households(store, 2)
    answer = as_role(Role.MANAGER).post(f"/campaigns/{made.id}/households/{action}", sent)
    assert answer.status_code == 422
    assert says in words(answer)
    assert invitations(store, made.id) == {}


def test_an_officer_sees_campaigns_but_changes_none(as_role: SignIn, store: Store) -> None:
    made, browser = campaign(store), as_role(Role.OFFICER)
    page = words(browser.get(f"/campaigns/{made.id}"))
    assert "A manager can do this." in page
    assert "/edit" not in page
    assert browser.get("/campaigns/").status_code == 200
    for address in ("/campaigns/new", f"/campaigns/{made.id}/edit", f"/campaigns/{made.id}/households/"):
        assert browser.get(address).status_code == 403
    assert browser.post(f"/campaigns/{made.id}/open", {"version": 1}).status_code == 403


def test_a_campaign_that_is_not_there_is_a_page_that_says_so(as_role: SignIn) -> None:
    browser = as_role(Role.MANAGER)
    addresses = ["/campaigns/9", "/campaigns/9/edit", "/campaigns/9/open", "/campaigns/9/close"]
    for address in [*addresses, "/campaigns/9/households/"]:
        assert browser.get(address).status_code == 404
    assert browser.post("/campaigns/9/households/invite", {"how": "census"}).status_code == 404


def test_today_of_a_new_installation_gives_the_first_steps_in_order(as_role: SignIn) -> None:
    page = words(as_role(Role.MANAGER).get("/"))
    assert "First steps" in page
    assert page.index("Bring in the households") < page.index("Make a campaign") < page.index("Print copies")


def test_today_leads_to_what_waits(as_role: SignIn, store: Store) -> None:
    overdue = campaign(store, is_open=True, opens_on=today() - timedelta(days=5), closes_on=today() - timedelta(days=1))
    running = campaign(store, is_open=True, closes_on=today() + timedelta(days=3))
    draft = campaign(store, name="Next year")
    response(store, running, state=ResponseState.CLASH)
    run(store, running, RunState.FAILED)
    page = words(as_role(Role.MANAGER).get("/"))
    assert "First steps" not in page
    assert f"Close {overdue.name}" in page
    assert "3 days left" in page
    assert f"1 clash in {running.name}" in page
    assert "1 print run failed" in page
    assert f'<a href="/campaigns/{draft.id}">Open Next year</a>' in page


def test_a_viewer_sees_counts_and_no_way_to_what_is_not_for_them(as_role: SignIn, store: Store) -> None:
    running, _ = campaign(store, is_open=True), campaign(store, name="Secret draft")
    response(store, running)
    page = words(as_role(Role.VIEWER).get("/"))
    assert running.name in page
    assert '<td class="figure">1</td>' in page
    assert bp.url_prefix is not None
    assert bp.url_prefix not in page
    assert "Secret draft" not in page
