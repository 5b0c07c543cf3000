"""The pages of batches."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select, update

from server.batches.scanner import cut_around
from server.intake import trouble
from server.models.intake import Batch, Page
from server.models.officers import Role
from server.models.responses import Response
from server.store import Store
from tests.server.conftest import Browser
from tests.server.returns_made import a_batch, a_town, came, page, sure

WITH_LINE = {
    "skew_deg": 0.3,
    "paper": 245,
    "print": 30,
    "streaks": [{"at_mm": 83.1, "at_part": 0.395, "dark": 0.3}],
}
DAY = {"received_on_day": "24", "received_on_month": "11", "received_on_year": "2026", "name": "Post", "campaign": ""}


@pytest.fixture
def browser(as_role: Callable[[Role], Browser]) -> Browser:
    """Give an officer's."""
    return as_role(Role.OFFICER)


def words(answer: object) -> str:
    return " ".join(answer.get_data(as_text=True).split())  # type: ignore[attr-defined]


def test_without_batches_the_page_says_how_paper_comes_in(browser: Browser) -> None:
    shown = words(browser.get("/batches/"))
    assert "No paper has come yet" in shown
    assert "/intake/" in shown


def test_a_viewer_sees_no_post(store: Store, as_role: Callable[[Role], Browser]) -> None:
    batch = a_batch(store)
    viewer = as_role(Role.VIEWER)
    assert {viewer.get(one).status_code for one in ("/batches/", f"/batches/{batch.id}")} == {403}


def test_the_day_is_asked_once_and_what_waited_for_it_counts_then(store: Store, browser: Browser) -> None:
    town, batch = a_town(store), a_batch(store, received_on=None, name="Tuesday’s post")
    came(store, batch, [sure(1, town.codes[0]), sure(2, town.codes[0])])
    assert "Which day did it come?" in words(browser.get("/batches/"))
    assert "1 copy waits for it." in words(browser.get(f"/batches/{batch.id}"))
    answer = browser.post(f"/batches/{batch.id}", DAY, follow_redirects=True)
    assert "Kept. 1 copy counts now." in words(answer)
    with store.reading() as session:
        assert session.scalars(select(Response.received_on)).all() == [date(2026, 11, 24)]
        assert session.get_one(Batch, batch.id).name == "Post"
    assert "Which day did it come?" not in words(browser.get("/batches/"))


@pytest.mark.parametrize("change", [{"received_on_year": "2027"}, {"received_on_month": "13"}, {"received_on_day": ""}])
def test_a_day_that_cannot_be_is_refused_beside_its_field(
    store: Store, browser: Browser, change: dict[str, str]
) -> None:
    batch = a_batch(store, received_on=None)
    answer = browser.post(f"/batches/{batch.id}", DAY | change)
    assert answer.status_code == 422
    assert 'href="#received_on"' in words(answer)
    with store.reading() as session:
        assert session.get_one(Batch, batch.id).received_on is None


def test_a_campaign_that_is_gone_is_refused_beside_its_field(store: Store, browser: Browser) -> None:
    answer = browser.post(f"/batches/{a_batch(store).id}", DAY | {"campaign": "77"})
    assert answer.status_code == 422
    assert 'href="#campaign"' in words(answer)


def test_what_to_do_leads_to_the_doubts_of_this_batch_and_to_what_needs_somebody(
    store: Store, browser: Browser
) -> None:
    town, batch = a_town(store), a_batch(store)
    came(store, batch, [page(1, town.codes[0], faint={"overall": "very_satisfied"}), sure(2, town.codes[0])])
    came(store, batch, [sure(1, town.codes[1])], name="b")
    shown = words(browser.get(f"/batches/{batch.id}"))
    assert f'<input type="hidden" name="batch" value="{batch.id}"> <button class="main">Review 1 doubt' in shown
    assert "/needs-you/" in shown
    assert "Check how well it was read" not in shown


def test_a_complete_batch_says_so_and_leads_to_the_quality_check(store: Store, browser: Browser) -> None:
    town, batch = a_town(store), a_batch(store)
    came(store, batch, [sure(1, town.codes[0]), sure(2, town.codes[0])])
    shown = words(browser.get(f"/batches/{batch.id}"))
    assert "every copy of it counts, or was seen to" in shown
    assert f"/checks/batches/{batch.id}" in shown


def test_a_line_down_the_glass_is_told_and_its_picture_can_be_made(store: Store, browser: Browser) -> None:
    town, batch = a_town(store), a_batch(store)
    came(store, batch, [sure(number, code) for code in town.codes for number in (1, 2)])
    with store.writing() as session:
        session.execute(update(Page).values(condition=WITH_LINE))
    shown = words(browser.get(f"/batches/{batch.id}"))
    assert "A line runs down the glass 83 mm from the left edge of the scan (on 6 of 6 pages)" in shown
    assert "Show the line at 83 mm" in shown
    with store.writing() as session:
        picture = BytesIO()
        Image.new("L", (848, 1200), 255).save(picture, "JPEG")
        name = store.files.add(picture.getvalue())
        for one in session.scalars(select(Page)):
            one.outcome = {**(one.outcome or {}), "to_upright": [1 / 2480, 0, 0, 0, 1 / 3508, 0]}
            one.preview_sha256 = name
    assert "<polygon" in words(browser.get(f"/batches/{batch.id}"))


def test_a_picture_of_another_batchs_page_is_not_made(store: Store, browser: Browser) -> None:
    town, batch, other = a_town(store), a_batch(store), a_batch(store)
    came(store, batch, [sure(1, town.codes[0])])
    assert browser.post(f"/batches/{other.id}/pages/1/picture").status_code == 404


@pytest.mark.parametrize(
    ("way", "middle"),
    [
        ((1 / 2480, 0, 0, 0, 1 / 3508, 0), (0.25 * 848, None)),
        ((-1 / 2480, 0, 1, 0, -1 / 3508, 1), (0.75 * 848, None)),
        ((0, 1 / 3508, 0, -1 / 2480, 0, 1), (None, 0.75 * 1200)),
        ((0, -1 / 3508, 1, 1 / 2480, 0, 0), (None, 0.25 * 1200)),
    ],
)
def test_the_part_that_is_shown_lies_round_the_line_however_the_page_was_turned(
    way: tuple[float, ...], middle: tuple[float | None, float | None]
) -> None:
    picture = BytesIO()
    Image.new("L", (848, 1200), 255).save(picture, "JPEG")
    left, top, wide, high = cut_around(picture, 1, 0.25, way).view
    across, down = middle
    if across is not None:
        assert left + wide / 2 == pytest.approx(across)
    if down is not None:
        assert top + high / 2 == pytest.approx(down)


def test_what_hinders_intake_stands_on_top(store: Store, browser: Browser) -> None:
    trouble.tell(store.folder, "inbox", "The disk is full.")
    assert "The disk is full." in words(browser.get("/batches/"))
