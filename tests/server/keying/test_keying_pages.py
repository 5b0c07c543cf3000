"""The screen for keying in mirrors the paper, says what is wrong beside each question, and works without a script."""

import re

from sqlalchemy import select

from scanning.writing.drafts import By, Draft
from server.models.intake import Reading, ReturnState
from server.models.responses import Answer, ContactDetails
from server.returns.drafts import kept
from tests.server.aside.conftest import Desk
from tests.server.conftest import Browser
from tests.server.filling import new_copy
from tests.server.pages_made import page, set_aside, sure
from tests.server.returns_made import a_batch, came

Office = tuple[Desk, Browser]

HEAD = {
    "campaign": "1",
    "printing": "1",
    "received_on_day": "23",
    "received_on_month": "11",
    "received_on_year": "2026",
}


def text(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def test_the_questions_stand_page_by_page_with_their_numbers(office: Office) -> None:
    shown = text(office[1], "/key-in/?campaign=1&printing=1")
    names = re.findall(r'<h2>(Page \d)|id="q\.(\w+)"', shown)
    order = [page or question for page, question in names]
    assert order.index("Page 1") < order.index("overall") < order.index("Page 2") < order.index("comment")
    assert "kept apart from all other answers" in shown
    assert 'type="radio" name="q.overall" value="very_satisfied" data-digit="1"' in shown
    assert 'name="q.contact.phone"' in shown


def test_where_there_is_one_paper_only_it_is_not_asked_which(office: Office) -> None:
    assert "Key in: Autumn" in text(office[1], "/key-in/")


def test_a_paper_is_saved_with_its_answers_details_and_day(office: Office) -> None:
    desk, browser = office
    said = {
        "q.overall": "fairly_satisfied",
        "q.repair_done": "yes",
        "q.comment": "The lift is slow.",
        "q.contact_me": "yes",
        "q.contact.name": "Ada Żuk",
        "q.contact.phone": "01664 502502",
        "q.cares_for": ["child", "older_person"],
        "q.safe_home": "very_satisfied",
        "unsure": "safe_home",
    }
    assert browser.post("/key-in/", {**HEAD, "copy_code": "", "helped_by": "staff", **said}).status_code == 302
    [response] = desk.responses()
    assert (str(response.received_on), response.helped_by) == ("2026-11-23", "staff")
    with desk.store.reading() as session:
        asked = session.scalars(select(Answer.question)).all()
        [details] = session.scalars(select(ContactDetails.details))
    assert "overall" in asked
    assert "safe_home" not in asked
    assert details == {"name": "Ada Żuk", "phone": "01664 502502"}


def test_what_cannot_stand_is_said_beside_its_question_and_all_else_is_still_there(office: Office) -> None:
    desk, browser = office
    said = {"q.overall": "fairly_satisfied", "q.contact_me": "yes", "q.contact.phone": "12", "q.comment": "Slow lift"}
    answer = browser.post("/key-in/", {**HEAD, "copy_code": "", **said})
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="q.contact-mistake"' in shown
    assert "Slow lift" in shown
    assert 'value="fairly_satisfied" checked' in shown
    assert not desk.responses()


def test_a_day_that_is_none_is_said_so(office: Office) -> None:
    answer = office[1].post("/key-in/", {**HEAD, "received_on_day": "31", "copy_code": ""})
    assert answer.status_code == 422
    assert "Give a date as day, month and year" in answer.get_data(as_text=True)


def test_a_copy_shows_what_was_read_of_it_and_nothing_of_what_is_in_doubt(office: Office) -> None:
    desk, browser = office
    code = desk.town.codes[0]
    read = page(1, code, {"repair_done": "no"}, faint={"overall": "very_satisfied"})
    came(desk.store, a_batch(desk.store), [read])
    [one] = desk.returns()
    shown = text(browser, f"/key-in/copies/{one.uid}")
    assert 'name="q.repair_done" value="no" checked' in shown
    assert 'value="very_satisfied" checked' not in shown
    assert "Day on which the paper came" not in shown  # its batch says it
    assert browser.post(f"/key-in/copies/{one.uid}", {"q.overall": "very_satisfied"}).status_code == 302
    assert desk.returns()[0].state == ReturnState.COMPLETE
    assert desk.responses()[0].copy_id is not None


def test_what_the_machine_made_of_the_writing_stands_beside_its_question_as_a_draft(office: Office) -> None:
    desk, browser = office
    came(desk.store, a_batch(desk.store), [page(2, desk.town.codes[0], written=["comment"])])
    [one] = desk.returns()
    assert "Draft, not checked" not in text(browser, f"/key-in/copies/{one.uid}")
    with desk.store.writing() as session:
        row = session.scalars(select(Reading).where(Reading.question == "comment")).one()
        row.drafts = kept([Draft("comment", By.HAND, "Mend the lift")])
    assert "Draft, not checked: Mend the lift" in text(browser, f"/key-in/copies/{one.uid}")


def test_a_copy_without_a_campaign_asks_which_one_it_answers(office: Office) -> None:
    desk, browser = office
    came(desk.store, a_batch(desk.store), [sure(1, "XXXX-0009")])
    [one] = desk.returns()
    assert browser.post(f"/key-in/copies/{one.uid}", {"q.overall": "very_satisfied"}).status_code == 422
    sent = {"q.overall": "very_satisfied", "campaign": str(desk.town.campaign.id)}
    assert browser.post(f"/key-in/copies/{one.uid}", sent).status_code == 302
    assert [response.campaign_id for response in desk.responses()] == [desk.town.campaign.id]


def test_the_copy_that_came_before_is_led_to_and_nothing_is_saved(office: Office) -> None:
    desk, browser = office
    code = new_copy(desk.store, desk.town.campaign)
    came(desk.store, a_batch(desk.store), [sure(1, code), sure(2, code)])
    [one] = desk.returns()
    answer = browser.post("/key-in/", {**HEAD, "copy_code": code.lower(), "q.overall": "very_satisfied"})
    assert answer.status_code == 422
    assert f"/needs-you/copies/{one.uid}" in answer.get_data(as_text=True)
    assert len(desk.responses()) == 1


def test_a_page_set_aside_is_keyed_in_with_the_copy_that_lacks_it(office: Office) -> None:
    desk, browser = office
    code = desk.town.codes[0]
    came(desk.store, a_batch(desk.store), [sure(1, code), set_aside()])
    [one] = desk.returns()
    address = f"/key-in/copies/{one.uid}"
    assert f'href="{address}?page=2"' in text(browser, f"/needs-you/pages/2?belongs={one.uid}")
    assert 'name="page" value="2"' in text(browser, f"{address}?page=2")
    sent = {"page": "2", "q.overall": "very_satisfied", "q.comment": "The lift is slow."}
    assert browser.post(address, sent).status_code == 302
    assert {page.return_id for page in desk.pages()} == {one.id}
    assert len(desk.responses()) == 1


def test_a_page_is_keyed_in_from_its_picture_once(office: Office) -> None:
    desk, browser = office
    came(desk.store, a_batch(desk.store), [set_aside()])
    assert "Autumn" in text(browser, "/key-in/?page=1")
    answer = browser.post("/key-in/", {**HEAD, "copy_code": "", "page": "1", "q.overall": "very_satisfied"})
    assert answer.status_code == 302
    gone = browser.get("/key-in/?page=1")
    assert gone.status_code == 400
    assert "seen to this page meanwhile" in gone.get_data(as_text=True)
