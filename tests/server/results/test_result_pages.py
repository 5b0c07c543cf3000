"""The pages of results: who sees what, and what they say where there is little to show."""

from collections.abc import Callable

from server.models.officers import Role
from server.responses.saving import save_response
from server.store import Store
from tests.server.conftest import Browser
from tests.server.filling import SAID, incoming, new_campaign

AsRole = Callable[[Role], Browser]


def text_of(browser: Browser, address: str, code: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == code
    words: str = answer.get_data(as_text=True)
    return words


def test_a_viewer_sees_figures_and_not_what_people_wrote(as_role: AsRole, store: Store) -> None:
    campaign = new_campaign(store)
    save_response(store, incoming(campaign))
    viewer = as_role(Role.VIEWER)
    page = text_of(viewer, f"/results/{campaign.id}")
    assert "100.0 %" in page
    assert "The lift is slow" not in page
    assert "comments" not in page
    assert viewer.get(f"/results/{campaign.id}/comments").status_code == 403
    assert campaign.name in text_of(viewer, "/results/")


def test_an_officer_finds_a_comment_by_its_words(as_role: AsRole, store: Store) -> None:
    campaign = new_campaign(store)
    save_response(store, incoming(campaign))
    save_response(store, incoming(campaign, {"overall": "neither", "comment": "<b>Bins</b>"}))
    officer = as_role(Role.OFFICER)
    assert "&lt;b&gt;Bins" in text_of(officer, f"/results/{campaign.id}/comments")
    found = officer.post(f"/results/{campaign.id}/comments", {"words": "LIFT"}).get_data(as_text=True)
    assert "The lift is slow." in found
    assert "Bins" not in found


def test_too_long_a_search_is_refused_beside_its_field(as_role: AsRole, store: Store) -> None:
    campaign = new_campaign(store)
    answer = as_role(Role.OFFICER).post(f"/results/{campaign.id}/comments", {"words": "x" * 101})
    assert answer.status_code == 422
    assert "at most 100 characters" in answer.get_data(as_text=True)


def test_a_poll_says_that_it_is_not_representative(as_role: AsRole, store: Store) -> None:
    campaign = new_campaign(store, form="poll")
    viewer = as_role(Role.VIEWER)
    for page in ("", "/cross"):
        assert "not representative" in text_of(viewer, f"/results/{campaign.id}{page}")
    assert "Nobody has answered yet" in text_of(viewer, f"/results/{campaign.id}")


def test_a_survey_that_anyone_could_answer_says_so(as_role: AsRole, store: Store) -> None:
    campaign = new_campaign(store)
    assert "do not speak for all tenants" in text_of(as_role(Role.VIEWER), f"/results/{campaign.id}")


def test_a_cross_table_of_one_thing_and_of_unknown_things_is_not_made(as_role: AsRole, store: Store) -> None:
    campaign = new_campaign(store)
    save_response(store, incoming(campaign, SAID))
    viewer = as_role(Role.VIEWER)
    address = f"/results/{campaign.id}/cross"
    assert "nothing to cross" in text_of(viewer, f"{address}?rows=@area&columns=@scheme")
    for unknown in ("@code", "comment", "contact", "age_band"):
        assert viewer.get(f"{address}?rows={unknown}&columns=overall").status_code == 404
    assert "is not shown" in text_of(viewer, f"{address}?rows=@channel&columns=overall")


def test_results_are_empty_before_the_first_campaign(as_role: AsRole) -> None:
    assert "No campaign has been opened yet" in text_of(as_role(Role.VIEWER), "/results/")
