"""A shaking hand, a person who has gone, the Back button: nothing is skipped, doubled or left at the kiosk."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.kiosk import PLAYED_AT_ONCE, REST_MS, TSM, ByTouch, opened
from tests.journeys.kiosk_place import address, place, shared
from tests.server.sittings.visitor import Place

__all__ = ["address", "place", "shared"]

NEXT = ".moves [value=next]"
QUIET_MS = 91_000
WARNING_MS = 61_000


@pytest.fixture
def person(chrome: Browser, address: str, place: Place) -> Iterator[ByTouch]:
    """Give somebody at the second question, who has answered the first."""
    page = opened(chrome, address, place)
    person = ByTouch(page)
    person.press(f"begin {place.campaigns[TSM]}")
    person.press("next")
    person.press("skip")
    person.put("overall", "neither")
    person.press("next")
    yield person
    page.context.close()


def tap(page: Page, place: str) -> None:
    """Touch without waiting for anything."""
    box = page.locator(place).first.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def stop_time(page: Page) -> None:
    """From here on the lock's time moves only where the test moves it."""
    page.evaluate(
        "() => { let now = performance.now(); performance.now = () => now; sayso.later = ms => { now += ms; }; }"
    )


def later(page: Page, milliseconds: int) -> None:
    page.evaluate("ms => sayso.later(ms)", milliseconds)


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def test_a_shaking_hand_on_next_goes_on_by_one_question(person: ByTouch) -> None:
    page, first = person.page, heading(person.page)
    stop_time(page)
    later(page, REST_MS)
    turn = person.turn
    tap(page, NEXT)
    page.wait_for_selector(f'#screen:not([data-turn="{turn}"])')
    second = heading(page)
    for wait in (40, 300, 550, 590):
        later(page, wait)
        tap(page, NEXT)
    assert first != second == heading(page)


def test_a_touch_twice_on_an_answer_does_not_take_it_back(person: ByTouch) -> None:
    page = person.page
    stop_time(page)
    later(page, REST_MS)
    page.evaluate("() => { for (const one of document.querySelectorAll('.row input')) one.type = 'checkbox'; }")
    for wait in (0, 100, 400, 590):
        later(page, wait)
        tap(page, "label.row")
    assert page.locator(".row input").first.is_checked()
    later(page, REST_MS)
    tap(page, "label.row")
    assert not page.locator(".row input").first.is_checked()


def test_a_resting_hand_chooses_nothing(person: ByTouch) -> None:
    page = person.page
    page.clock.fast_forward(REST_MS)
    box = page.locator("label.row").first.bounding_box()
    assert box
    session = page.context.new_cdp_session(page)
    point = {"x": box["x"] + 50, "y": box["y"] + 50}
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    page.clock.fast_forward(2000)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert not page.locator(".row input").first.is_checked()


def test_who_has_gone_is_asked_for_and_then_everything_is_wiped(person: ByTouch) -> None:
    page = person.page
    page.clock.fast_forward(QUIET_MS)
    page.wait_for_selector("dialog[open]")
    page.clock.fast_forward(WARNING_MS)
    page.wait_for_selector("form.kind-start")
    assert page.locator("[name=overall]").count() == 0


def test_who_needs_more_time_gets_it_any_number_of_times(person: ByTouch) -> None:
    page, question = person.page, heading(person.page)
    for _ in range(3):
        page.clock.fast_forward(QUIET_MS)
        page.wait_for_selector("dialog[open]")
        page.clock.fast_forward(REST_MS)
        page.locator("[data-more-time]").tap()
        page.wait_for_selector("dialog", state="hidden")
        page.clock.fast_forward(QUIET_MS - 5000)
        assert not page.locator("dialog").is_visible()
    assert heading(page) == question


def test_while_something_is_read_aloud_the_clock_waits(person: ByTouch) -> None:
    page = person.page
    page.evaluate(
        "() => { window.Audio = class { pause() { this.onpause?.(); } play() { return new Promise(() => {}); } }; }"
    )
    page.evaluate("() => { sayso.say(sayso.said()); sayso.isSpeaking = () => true; }")
    page.clock.fast_forward(QUIET_MS)
    page.clock.fast_forward(QUIET_MS)
    assert not page.locator("dialog").is_visible()


def test_back_in_the_browser_never_shows_the_last_person(person: ByTouch) -> None:
    page = person.page
    page.clock.fast_forward(QUIET_MS)
    page.wait_for_selector("dialog[open]")
    page.clock.fast_forward(WARNING_MS)
    page.wait_for_selector("form.kind-start")
    page.reload()
    assert page.locator("form.kind-start").count() == 1
    page.go_back()
    page.go_forward()
    page.wait_for_selector("form.kind-start")
    assert page.locator("[name=overall]").count() == 0


def test_listen_says_what_stands_there_and_stops_when_the_person_acts(person: ByTouch) -> None:
    page = person.page
    page.clock.fast_forward(REST_MS)
    page.locator("[data-listen]").tap()
    page.wait_for_selector(".is-said")
    page.clock.fast_forward(REST_MS)
    page.locator("label.row").first.tap()
    assert not page.evaluate("sayso.isSpeaking()")
    page.clock.fast_forward(REST_MS)
    page.evaluate("saysoSpoken.length = 0")
    page.locator("[data-listen]").tap()
    page.wait_for_selector('[data-when="speaking"]', state="visible")
    page.wait_for_selector('[data-when="still"]', state="visible")
    heard = page.evaluate("saysoSpoken.map(one => one.text)")
    rows = page.locator("label.row").all_inner_texts()
    moves = page.locator(".moves button").all_inner_texts()
    assert heard == ["Question 2 of 21", heading(page), rows[0], "Chosen", *rows[1:], *moves]


def test_a_clip_that_is_not_there_is_passed_over_and_shown(person: ByTouch) -> None:
    page = person.page
    clip = page.locator("h1").get_attribute("data-clip")
    page.route(f"**/kiosk/clips/{clip}.wav", lambda route: route.fulfill(status=404))
    page.clock.fast_forward(REST_MS)
    page.locator("[data-listen]").tap()
    page.wait_for_selector("h1.is-mute")
    page.wait_for_selector('[data-when="still"]', state="visible")
    assert heading(page) not in page.evaluate("saysoSpoken.map(one => one.text)")
    assert not page.locator("#no-voice").is_visible()


def test_where_nothing_can_speak_it_is_said_in_writing(person: ByTouch) -> None:
    page = person.page
    page.route("**/kiosk/clips/*", lambda route: route.fulfill(status=404))
    page.clock.fast_forward(REST_MS)
    page.locator("[data-listen]").tap()
    page.wait_for_selector("#no-voice", state="visible")


def test_where_the_line_is_down_nothing_of_who_has_gone_stays_and_it_is_tried_again(person: ByTouch) -> None:
    page = person.page
    question = heading(page)
    page.route("**/kiosk/", lambda route: route.abort())
    page.clock.fast_forward(QUIET_MS)
    page.wait_for_selector("dialog[open]")
    page.clock.fast_forward(WARNING_MS)
    page.wait_for_selector("#offline", state="visible")
    assert question not in page.locator("#screen").inner_text()
    assert page.locator(".screen button:visible").count() == 0
    page.unroute("**/kiosk/")
    page.clock.fast_forward(6000)
    page.wait_for_selector("form.kind-start")


def test_while_something_is_read_aloud_the_server_hears_that_somebody_is_there(person: ByTouch) -> None:
    page = person.page
    heard = list[str]()
    page.on("request", lambda request: heard.append(request.url))
    page.evaluate("sayso.isSpeaking = () => true")
    with page.expect_request(lambda _: len([one for one in heard if one.endswith("/kiosk/alive")]) >= 5):
        page.clock.run_for(60_000)


def test_by_four_keys_on_the_glass_more_time_is_had_at_once(person: ByTouch) -> None:
    page, question = person.page, heading(person.page)
    page.evaluate(PLAYED_AT_ONCE)
    page.evaluate("sayso.go('speech aloud:keys')")
    page.wait_for_function("words => saysoSpoken.at(-1)?.text === words && !sayso.isSpeaking()", arg=question)
    page.clock.fast_forward(QUIET_MS)
    page.wait_for_selector("dialog[open]")
    page.clock.fast_forward(REST_MS)
    page.evaluate("saysoSpoken.length = 0")
    page.locator(".zones [data-key=choose]").tap()
    page.wait_for_selector("dialog", state="hidden")
    page.wait_for_function("words => saysoSpoken.at(-1)?.text === words", arg=question)
    assert page.locator(".row input:checked").count() == 0


def test_a_kiosks_key_can_be_typed_without_hurry(chrome: Browser, address: str) -> None:
    page = chrome.new_context().new_page()
    page.clock.install()
    page.goto(f"{address}/kiosk/set-up")
    sent = list[str]()
    page.on("request", lambda request: sent.append(request.url))
    page.clock.fast_forward(30_000)
    page.press("[name=key]", "7")
    page.wait_for_load_state("networkidle")
    assert (page.input_value("[name=key]"), sent) == ("7", [])
    page.context.close()
