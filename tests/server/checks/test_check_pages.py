"""The pages of the quality check, as officers use them."""

from collections.abc import Callable

import pytest
from flask import Flask

from server.models.officers import Role
from server.models.responses import Response, ResponseState
from server.models.review import LookKind
from server.store import Store
from tests.server.checks.conftest import BLANK, Room, a_room, said, settle_a_doubt
from tests.server.conftest import PASSWORD, Browser


@pytest.fixture
def room(store: Store) -> Room:
    """Give it on SQLite: the pages do not know the database."""
    return a_room(store)


def signed_in(app: Flask, name: str) -> Browser:
    browser = Browser(app.test_client())
    assert browser.post("/sign-in", {"username": name, "password": PASSWORD}).status_code == 302
    return browser


def words(answer: object) -> str:
    page = answer.get_data(as_text=True)  # type: ignore[attr-defined]
    return " ".join(page.split())


def test_before_paper_came_the_page_says_what_to_do(as_role: Callable[[Role], Browser]) -> None:
    page = words(as_role(Role.OFFICER).get("/checks/"))
    assert "There is nothing to check yet" in page
    assert "/batches/" in page


def test_a_viewer_sees_none_of_it(room: Room, as_role: Callable[[Role], Browser]) -> None:
    room.draw(1)
    browser = as_role(Role.VIEWER)
    assert {browser.get(one).status_code for one in ("/checks/", "/checks/batches/1", "/checks/looks/1")} == {403}
    assert browser.post("/checks/batches/1/draw", {"count": "3"}).status_code == 403


def test_a_drawn_answer_is_shown_blind(app: Flask, room: Room) -> None:
    browser = signed_in(app, "ben")
    answer = browser.post(f"/checks/batches/{room.batch.id}/draw", {"count": "20"})
    assert answer.status_code == 302
    look = room.first_of("overall")
    page = words(browser.get(f"/checks/looks/{look.id}"))
    assert "Fairly satisfied" in page
    assert "The machine" not in page
    assert "checked" not in page.split('class="answers"')[1]
    assert f"/review/answers/{look.reading_id}.jpg" in page


def test_reading_through_the_sample_leads_from_one_to_the_next_and_then_to_what_can_be_said(
    app: Flask, room: Room
) -> None:
    browser = signed_in(app, "ben")
    address = browser.post(f"/checks/batches/{room.batch.id}/draw", {"count": "20"}).location
    for _ in range(20):
        look = next(one for one in room.looks() if one.id == int(address.split("/looks/")[1].split("?")[0]))
        address = browser.post(address, {"answer": look.first["value"]}).location
    assert address == f"/checks/batches/{room.batch.id}"
    page = words(browser.get(address))
    assert "at most 13.92 %" in page  # 1 - 0.05 ** (1 / 20)
    assert "every second reading says the same" in page


def test_what_differs_is_shown_with_both_readings_and_can_be_settled_by_somebody_else_only(
    app: Flask, room: Room
) -> None:
    room.draw(20)
    look = room.first_of("overall")
    room.take(look, room.ben, said("very_satisfied"))
    address = f"/checks/batches/{room.batch.id}"
    own = words(signed_in(app, "ben").get(address))
    assert "Take the third look" not in own
    browser = signed_in(app, "cleo")
    page = words(browser.get(address))
    assert "<dt>The machine</dt><dd>Fairly satisfied</dd>" in page
    assert "<dt>Ben</dt><dd>Very satisfied</dd>" in page
    third = browser.post(f"/checks/looks/{look.id}/third", {"batch": str(room.batch.id)}).location
    assert browser.post(third, {"answer": "very_satisfied"}).location == address
    page = words(browser.get(address))
    assert "The answer is corrected in its response." in page
    assert "the machine was wrong: corrected" in page


def test_an_answer_that_cannot_be_corrected_stays_on_the_list(app: Flask, room: Room) -> None:
    room.draw(20)
    look = room.first_of("overall")
    room.take(look, room.ben, BLANK)
    browser = signed_in(app, "cleo")
    third = browser.post(f"/checks/looks/{look.id}/third").location
    with room.store.writing() as session:
        for response in session.query(Response):
            response.state = ResponseState.WITHDRAWN
    browser.post(third, {"as": "blank"})
    page = words(browser.get(f"/checks/batches/{room.batch.id}"))
    assert "could not be corrected" in page
    assert "to correct" in page
    browser.post(f"/checks/looks/{look.id}/correct", {"batch": str(room.batch.id)})
    assert "erased or withdrawn" in words(browser.get(f"/checks/batches/{room.batch.id}"))


def test_nothing_chosen_is_refused_and_nothing_is_kept(app: Flask, room: Room) -> None:
    room.draw(1)
    (look,) = room.looks()
    assert signed_in(app, "ben").post(f"/checks/looks/{look.id}", {}).status_code == 422
    assert room.looks()[0].looked_at is None


def test_a_look_that_somebody_else_took_says_so_and_leads_on(app: Flask, room: Room) -> None:
    room.draw(2)
    look, other = room.looks()
    room.take(look, room.cleo)
    browser = signed_in(app, "ben")
    assert "Somebody has read this one" in words(browser.get(f"/checks/looks/{look.id}"))
    answer = browser.post(f"/checks/looks/{look.id}?batch={room.batch.id}", {"as": "blank"})
    assert answer.location == f"/checks/looks/{other.id}?batch={room.batch.id}"
    assert room.looks()[0].second_by == room.cleo.id


def test_a_number_that_cannot_be_drawn_is_refused_beside_its_field(app: Flask, room: Room) -> None:
    browser = signed_in(app, "ben")
    for count in ("0", "many", "99999"):
        answer = browser.post(f"/checks/batches/{room.batch.id}/draw", {"count": count})
        assert answer.status_code == 422
        assert 'id="count-mistake"' in words(answer)
    assert room.looks() == []


def test_the_aim_changes_how_many_are_asked_for(app: Flask, room: Room) -> None:
    browser = signed_in(app, "ben")
    assert "598 more are to be checked" in words(browser.get(f"/checks/batches/{room.batch.id}"))
    assert "149 more are to be checked" in words(browser.get(f"/checks/batches/{room.batch.id}?target=0.02"))
    assert "598 more are to be checked" in words(browser.get(f"/checks/batches/{room.batch.id}?target=nonsense"))


def test_a_campaign_is_drawn_from_by_all_of_its_batches(app: Flask, room: Room) -> None:
    browser = signed_in(app, "ben")
    page = words(browser.get("/checks/"))
    assert "Autumn" in page
    browser.post(f"/checks/campaigns/{room.town.campaign.id}/draw", {"target": "0.005"})
    assert len(room.looks()) == 20
    assert "Read the 20 that wait" in words(browser.get("/checks/"))


def test_settled_doubts_are_drawn_as_such(app: Flask, room: Room) -> None:
    settle_a_doubt(room)
    signed_in(app, "cleo").post(f"/checks/batches/{room.batch.id}/draw", {"count": "20", "kind": "decided"})
    assert [look.kind for look in room.looks()] == [LookKind.DECIDED]
