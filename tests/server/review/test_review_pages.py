"""The pages of review, as they work without JavaScript."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import update

from server.models.base import now
from server.models.intake import Page, PageState, Reading, Return, ReturnState
from server.models.officers import Role
from server.models.review import Doubt, DoubtState
from server.review import leasing
from server.store import Store
from tests.server.conftest import PASSWORD, Browser
from tests.server.returns_made import CROP
from tests.server.review.conftest import Desk, a_desk, an_equality_page, said

Signed = Callable[[Role], Browser]


@pytest.fixture
def desk(store: Store) -> Desk:
    return a_desk(store)


@pytest.fixture
def anna(app: Flask, desk: Desk) -> Browser:
    """Give a browser in which Anna has signed in."""
    return signed_in(app, desk, "anna")


@pytest.fixture
def ben(app: Flask, desk: Desk) -> Browser:
    return signed_in(app, desk, "ben")


def signed_in(app: Flask, desk: Desk, name: str) -> Browser:
    del desk
    browser = Browser(app.test_client())
    assert browser.post("/sign-in", {"username": name, "password": PASSWORD}).status_code == 302
    return browser


def text(answer: object) -> str:
    """Give the words of a page, without its tags."""
    page = answer.get_data(as_text=True)  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def shown_now(browser: Browser, address: str) -> str:
    return text(browser.get(address, follow_redirects=True))


def test_the_start_says_how_much_waits_and_leads_to_the_first_doubt(anna: Browser, desk: Desk) -> None:
    assert "2 doubts wait" in shown_now(anna, "/review/")
    answer = anna.post("/review/", {"order": "sheet", "batch": ""})
    assert answer.location == f"/review/{desk.doubt('overall')}"
    assert desk.doubts("overall")[0].leased_by == desk.anna.id


def test_a_doubt_is_shown_with_its_reason_its_place_and_nothing_chosen(anna: Browser, desk: Desk) -> None:
    answer = anna.get(f"/review/{desk.doubt('overall')}")
    page, words = answer.get_data(as_text=True), text(answer)
    assert "There is a faint mark that may be an answer." in words
    assert f"copy {desk.town.codes[0]} · page 1" in words
    assert "2 left" in words
    assert re.findall(r'data-key="(\w)"', page)[:8] == ["1", "2", "3", "4", "5", "B", "M", "X"]
    assert "checked" not in page


def test_a_decision_leads_to_the_next_doubt_and_the_last_to_the_end(anna: Browser, desk: Desk) -> None:
    anna.post("/review/", {"order": "sheet"})
    answer = anna.post(f"/review/{desk.doubt('overall')}", {"answer": "neither", "noted": "writing_outside"})
    assert answer.location == f"/review/{desk.doubt('comment')}"
    assert desk.doubts("comment")[0].leased_by == desk.anna.id
    assert desk.corrections()[0].noted == ["writing_outside"]
    assert "1 settled, 1 left" in shown_now(anna, answer.location)
    answer = anna.post(answer.location, {"written": "The lift is slow."}, follow_redirects=True)
    assert "You have settled 2 doubts in this sitting." in text(answer)
    assert "All is settled" in text(answer)
    assert desk.returned().state == ReturnState.COMPLETE


def without_tokens(page: str) -> str:
    """Give a page without what is sent back against forgery: it is another one each second."""
    made, count = re.subn(r'(name="csrf_token" value=|hx-headers=|data-token=)"[^"]+"', r"\1", page)
    assert count
    return made.strip()


def test_a_page_that_swaps_the_next_doubt_in_gets_it_at_once(anna: Browser, desk: Desk) -> None:
    first = anna.post("/review/", {"order": "sheet", "batch": ""}).location
    answer = anna.post(first, {"as": "blank"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    following = answer.headers["HX-Push-Url"]
    assert following != first
    assert [one.state for one in desk.doubts()].count(DoubtState.OPEN) == 1
    part, whole = answer.get_data(as_text=True), anna.get(following).get_data(as_text=True)
    assert "<nav" in whole
    assert "<nav" not in part
    in_whole = whole.split("<main")[1].split("</body>")[0]
    assert without_tokens(part.split("<main")[1]) == without_tokens(in_whole)
    assert anna.post(following, {"as": "blank"}, headers={"HX-Request": "true"}).location == "/review/"


def test_what_cannot_stand_is_said_beside_its_field_and_nothing_is_kept(anna: Browser, desk: Desk) -> None:
    answer = anna.post(f"/review/{desk.doubt('comment')}", {"written": "a" * 2001, "noted": "see_letter"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'aria-invalid="true" aria-describedby="written-mistake"' in page
    assert "a" * 2001 in page
    assert 'value="see_letter" data-key="L" checked' in page
    assert desk.corrections() == []


def test_a_draft_is_marked_as_one_and_put_into_the_field_when_asked_for(anna: Browser, desk: Desk) -> None:
    with desk.store.writing() as session:
        reading = session.get_one(Reading, desk.doubts("comment")[0].reading_id)
        reading.answer = "The litt is slow."
    address = f"/review/{desk.doubt('comment')}"
    assert "Draft, not checked: The litt is slow." in text(anna.get(address))
    assert ">The litt is slow.</textarea>" not in anna.get(address).get_data(as_text=True)
    assert ">The litt is slow.</textarea>" in anna.post(address, {"draft": "1"}).get_data(as_text=True)
    assert desk.corrections() == []


def test_what_another_officer_has_before_them_is_not_asked(anna: Browser, desk: Desk) -> None:
    with desk.store.writing() as session:
        leasing.lease(session, desk.doubt("overall"), desk.ben.id)
    page = text(anna.get(f"/review/{desk.doubt('overall')}"))
    assert "Ben has this before them" in page
    assert "What did they mean?" not in page


def test_the_second_officer_sees_both_answers_and_says_which_stands(anna: Browser, ben: Browser, desk: Desk) -> None:
    doubt = desk.doubt("overall")
    anna.post(f"/review/{doubt}", {"answer": "neither"})
    answer = ben.post(f"/review/{doubt}", {"answer": "very_satisfied", "noted": "see_letter"})
    page = text(ben.get(answer.location))
    assert "Anna settled this while you had it before you." in page
    assert page.index("Anna Neither satisfied nor dissatisfied") < page.index("You Very satisfied")
    first, mine = desk.corrections()
    ben.post(answer.location, {"seen": str(first.id), "stands": str(mine.id)})
    assert [one.decided["value"] for one in desk.corrections()] == ["neither", "very_satisfied", "very_satisfied"]
    assert [one.undone_at is None for one in desk.corrections()] == [True, False, True]
    assert "Very satisfied Noted: See letter Ben" in text(anna.get(f"/review/{doubt}"))


def test_the_second_officer_may_decide_otherwise_than_both(anna: Browser, ben: Browser, desk: Desk) -> None:
    doubt = desk.doubt("overall")
    anna.post(f"/review/{doubt}", {"answer": "neither"})
    clash = ben.post(f"/review/{doubt}", {"answer": "very_satisfied"}).location
    seen = str(desk.corrections()[0].id)
    assert ben.post(clash, {"seen": seen}).status_code == 422
    assert ben.post(clash, {"seen": "x", "as": "blank"}).status_code == 200  # shown again
    assert ben.post(clash, {"seen": seen, "as": "several"}).status_code == 302
    assert desk.corrections()[-1].decided == {"as": "several"}


def test_the_same_decided_twice_is_no_clash(anna: Browser, ben: Browser, desk: Desk) -> None:
    doubt = desk.doubt("overall")
    anna.post(f"/review/{doubt}", {"answer": "neither"})
    answer = ben.post(f"/review/{doubt}", {"answer": "neither"}, follow_redirects=True)
    assert "Somebody else had just decided the same." in text(answer)


def test_undo_takes_back_one_after_the_other(anna: Browser, desk: Desk) -> None:
    for name, sent in (("overall", {"answer": "neither"}), ("comment", {"as": "blank"})):
        anna.post(f"/review/{desk.doubt(name)}", sent)
    assert desk.returned().state == ReturnState.COMPLETE
    assert anna.post("/review/undo").location == f"/review/{desk.doubt('comment')}"
    assert anna.post("/review/undo").location == f"/review/{desk.doubt('overall')}"
    assert {one.state for one in desk.doubts()} == {DoubtState.OPEN}
    assert "nothing to take back" in text(anna.post("/review/undo", follow_redirects=True))


def test_an_equality_page_says_before_that_it_cannot_be_taken_back(anna: Browser, desk: Desk) -> None:
    an_equality_page(desk)
    address = f"/review/{desk.doubt('age_band')}"
    assert "cannot be taken back" in text(anna.get(address))
    anna.post(address, {"answer": "from_25_to_34"})
    answer = anna.post("/review/undo", follow_redirects=True)
    assert "its answers are kept apart" in text(answer)
    assert desk.doubts("age_band")[0].state == DoubtState.SETTLED


def test_a_doubt_that_went_while_it_was_looked_at_leads_to_the_next(anna: Browser, desk: Desk) -> None:
    with desk.store.writing() as session:
        session.get_one(Return, desk.returned().id).state = ReturnState.REJECTED
    answer = anna.post(f"/review/{desk.doubt('overall')}", {"answer": "neither"}, follow_redirects=True)
    assert "This copy was rejected meanwhile" in text(answer)
    assert anna.get("/review/999").status_code == 404


def test_later_gives_a_doubt_back_and_says_when_no_other_waits(anna: Browser, desk: Desk) -> None:
    anna.post("/review/", {"order": "sheet"})
    assert anna.post(f"/review/{desk.doubt('overall')}/later").location == f"/review/{desk.doubt('comment')}"
    assert desk.doubts("overall")[0].leased_by is None
    desk.decide(desk.doubt("overall"), said("neither"), desk.ben)
    answer = anna.post(f"/review/{desk.doubt('comment')}/later", follow_redirects=True)
    assert "No other doubt waits here" in text(answer)


def test_a_page_that_is_open_holds_its_doubt_until_it_is_left(anna: Browser, desk: Desk) -> None:
    doubt = desk.doubt("overall")
    assert anna.post(f"/review/{doubt}/hold").status_code == 204
    assert desk.doubts("overall")[0].leased_by == desk.anna.id
    assert anna.post(f"/review/{doubt}/leave").status_code == 204
    assert desk.doubts("overall")[0].leased_by is None


def test_the_next_picture_is_named_to_be_fetched_ahead(anna: Browser, desk: Desk) -> None:
    anna.post("/review/", {"order": "sheet"})
    page = anna.get(f"/review/{desk.doubt('overall')}").get_data(as_text=True)
    assert f'data-next="/review/answers/{desk.doubts("comment")[0].reading_id}.jpg"' in page


def test_pictures_are_kept_by_no_cache(anna: Browser, desk: Desk) -> None:
    answer = anna.get(f"/review/answers/{desk.doubts('overall')[0].reading_id}.jpg")
    assert (answer.data, answer.mimetype, answer.headers["Cache-Control"]) == (CROP, "image/jpeg", "no-store")
    assert anna.get("/review/answers/999.jpg").status_code == 404
    assert anna.get("/review/pages/1.jpg").status_code == 404


def test_pictures_are_for_officers_only(as_role: Signed, desk: Desk) -> None:
    assert as_role(Role.VIEWER).get(f"/review/answers/{desk.doubts()[0].reading_id}.jpg").status_code == 403


def test_words_stand_where_a_picture_was_removed(anna: Browser, desk: Desk) -> None:
    with desk.store.writing() as session:
        session.execute(update(Page).values(state=PageState.REMOVED, outcome=None))
        reading = session.get_one(Reading, desk.doubts("overall")[0].reading_id)
        reading.crop = None
    page = text(anna.get(f"/review/{desk.doubt('overall')}"))
    assert "There is no picture of this: the scan was removed" in page
    assert "Fetch the picture" not in page
    answer = anna.post(f"/review/{desk.doubt('overall')}/pictures", follow_redirects=True)
    assert "No picture can be made of this page" in text(answer)


def test_a_picture_that_lacks_is_offered_to_be_made(anna: Browser, desk: Desk) -> None:
    with desk.store.writing() as session:
        session.get_one(Reading, desk.doubts("overall")[0].reading_id).crop = None
    assert "Fetch the picture" in text(anna.get(f"/review/{desk.doubt('overall')}"))


def test_a_settled_doubt_is_shown_as_settled(anna: Browser, desk: Desk) -> None:
    desk.decide(desk.doubt("overall"), said("neither"), desk.ben)
    page = text(anna.get(f"/review/{desk.doubt('overall')}"))
    assert "Settled Neither satisfied nor dissatisfied Ben" in page
    assert "What did they mean?" not in page


def test_today_says_how_many_doubts_wait(anna: Browser, desk: Desk) -> None:
    assert "2 doubts to settle" in text(anna.get("/"))
    with desk.store.writing() as session:
        session.execute(update(Doubt).values(state=DoubtState.SETTLED, leased_until=now()))
    assert "to settle" not in text(anna.get("/"))
