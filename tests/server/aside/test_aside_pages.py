"""The pages for what needs a person: every group on the list, and what each button does."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from scanning.readings import Refusal, SetAside
from server.aside import naming
from server.aside.naming import Named
from server.models.intake import Arrival, CameBy, Page, PageState, ReceivedFile, ReturnState
from tests.server.aside.conftest import Desk
from tests.server.aside.test_choosing import come_twice
from tests.server.conftest import Browser
from tests.server.pages_made import PRINTING, set_aside, sure
from tests.server.returns_made import a_batch, came

Office = tuple[Desk, Browser]


def text(browser: Browser, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status
    return str(answer.get_data(as_text=True))


def with_picture(desk: Desk, page_id: int, size: tuple[int, int] = (60, 90)) -> None:
    content = BytesIO()
    Image.new("L", size, 255).save(content, "JPEG")
    with desk.store.writing() as session:
        session.get_one(Page, page_id).preview_sha256 = desk.store.files.add(content.getvalue())


def test_an_empty_list_says_so(office: Office) -> None:
    assert "Nothing needs you" in text(office[1], "/needs-you/")


def test_everything_that_needs_somebody_stands_on_the_list_with_its_file_and_reason(office: Office) -> None:
    desk, browser = office
    come_twice(desk)
    batch = a_batch(desk.store, name="Post of Monday")
    came(desk.store, batch, [sure(1, desk.town.codes[1]), set_aside()], name="monday.pdf")
    with desk.store.writing() as session:
        file = session.scalars(select(ReceivedFile)).all()[0]
        again = Arrival(key="k", batch_id=batch.id, file_id=file.id, name="first again.pdf", is_repeat=True)
        again.came_by = CameBy.FOLDER
        session.add(again)
    page = text(browser, "/needs-you/")
    for words in ("monday.pdf", "Post of Monday", "Its code cannot be read.", "Page 2 did not come", "first again.pdf"):
        assert words in page
    for heading in ("Pages that could not be read", "Copies that cannot count yet", "Copies that came twice"):
        assert heading in page
    assert browser.post(f"/needs-you/again/{again.id}").status_code == 302
    assert "first again.pdf" not in text(browser, "/needs-you/")


def test_corners_put_on_a_turned_picture_are_where_they_are_on_the_page(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, browser = office
    came(desk.store, a_batch(desk.store), [set_aside()])
    with_picture(desk, 1)
    given = list[Named]()

    def name_page(_: object, __: int, named: Named, **___: object) -> SetAside:
        given.append(named)
        return SetAside(Refusal.NO_CODE, "It is another page.")

    monkeypatch.setattr(naming, "name_page", name_page)
    assert 'viewBox="0 0 90 60"' in text(browser, "/needs-you/pages/1?turn=1")
    corners = {"x1": "10", "y1": "20", "x2": "90", "y2": "20", "x3": "90", "y3": "80", "x4": "10", "y4": "80"}
    sent = {"printing": PRINTING, "number": "1", "copy_code": "", "turn": "1", "where": "corners", **corners}
    answer = browser.post("/needs-you/pages/1", sent)
    assert answer.status_code == 422
    assert "It is another page." in answer.get_data(as_text=True)
    corners_px = [(round(x, 6), round(y, 6)) for x, y in given[0].hint.corners or ()]
    assert corners_px == [(0.2, 0.9), (0.2, 0.1), (0.8, 0.1), (0.8, 0.9)]
    assert given[0].hint.quarter_turns == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("copy_code", "K7PM 4TXX", "No copy has this code"),
        ("number", "two", "Give a whole number."),
        ("x1", "nan", "finite"),
        ("x1", "900", "at most"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(office: Office, field: str, value: str, words: str) -> None:
    desk, browser = office
    came(desk.store, a_batch(desk.store), [set_aside()])
    answer = browser.post("/needs-you/pages/1", {"printing": PRINTING, "number": "1", "copy_code": "", field: value})
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)


def test_a_page_is_rejected_for_a_reason_only(office: Office) -> None:
    desk, browser = office
    came(desk.store, a_batch(desk.store), [set_aside()])
    assert browser.post("/needs-you/pages/1/reject").status_code == 422
    assert browser.post("/needs-you/pages/1/reject", {"why": "trial"}).status_code == 302
    assert desk.pages()[0].state == PageState.REJECTED
    assert "It was scanned as a trial" in text(browser, "/needs-you/all/rejected")
    assert "It was scanned as a trial" in text(browser, "/needs-you/pages/1")


def test_a_page_asked_for_again_stands_on_the_list_to_take_to_the_scanner(office: Office) -> None:
    desk, browser = office
    came(desk.store, a_batch(desk.store, name="Post of Monday"), [sure(1), set_aside()], name="monday.pdf")
    browser.post("/needs-you/pages/2/ask-again")
    page = text(browser, "/needs-you/rescans")
    assert "monday.pdf" in page
    assert "page 2" in page
    assert "rescan asked for" in text(browser, "/needs-you/")


def test_two_returns_of_one_copy_are_shown_side_by_side_with_what_differs_marked(office: Office) -> None:
    desk, browser = office
    _, second = come_twice(desk)
    page = text(browser, f"/needs-you/repeats/{second}")
    assert "Fairly satisfied" in page
    assert "Very dissatisfied" in page
    assert page.count("differs</span>") == 4  # overall, what was repaired, its service, safety
    assert browser.post(f"/needs-you/repeats/{second}").status_code == 422
    browser.post(f"/needs-you/repeats/{second}", {"stands": "second"})
    assert [one.state for one in desk.returns()] == [ReturnState.REJECTED, ReturnState.COMPLETE]


def test_a_copy_with_missing_pages_offers_pages_set_aside_beside_it(office: Office) -> None:
    desk, browser = office
    code = desk.town.codes[0]
    came(desk.store, a_batch(desk.store), [sure(1, code), set_aside()], name="monday.pdf")
    [one] = desk.returns()
    page = text(browser, f"/needs-you/copies/{one.uid}")
    assert "Page 2 of monday.pdf" in page
    assert f'href="/needs-you/pages/2?belongs={one.uid}"' in page
    naming_it = text(browser, f"/needs-you/pages/2?belongs={one.uid}")
    for words in (f'value="{PRINTING}" selected', 'name="number" autocomplete="off" class="short"', f'value="{code}"'):
        assert words in naming_it
    browser.post(f"/needs-you/copies/{one.uid}/give-up")
    assert desk.returns()[0].state == ReturnState.COMPLETE


def test_nothing_that_is_not_there_is_shown(office: Office) -> None:
    _, browser = office
    for address in ("pages/9", "pages/9/picture", f"copies/{'0' * 8}-0000-0000-0000-{'0' * 12}", "all/nothing"):
        text(browser, f"/needs-you/{address}", 404)
