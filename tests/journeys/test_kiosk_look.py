"""Every screen of the kiosk in all themes, sizes and languages, two by two: nobody is shut out."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from kiosk.screens import Colours, Size
from tests.journeys.browser import held
from tests.journeys.kiosk import PLAYED_AT_ONCE, ByEar
from tests.journeys.kiosk_screens import ALL_VISIBLE, LANGUAGES, REPLACE, WINDOWS, Case, Looker, pairs
from tests.kiosk.look.showcase import showcase


@pytest.fixture(scope="module")
def looker(chrome: Browser) -> Iterator[Looker]:
    with held(showcase()) as site:
        page = chrome.new_context().new_page()
        yield Looker(page, site)
        page.context.close()


def test_nothing_is_found_on_any_screen(looker: Looker) -> None:
    assert [one for case in pairs() for one in looker.at(case)] == []
    assert looker.outside == []


@pytest.mark.parametrize("window", WINDOWS)
def test_a_scale_is_seen_as_a_whole_and_tab_goes_through_it(looker: Looker, window: tuple[int, int]) -> None:
    case = Case("scale of six", "en", Size.NORMAL, Colours.LIGHT, window)
    looker.page.set_viewport_size({"width": window[0], "height": window[1]})
    looker.page.evaluate(REPLACE, case.address(looker.site, part="1"))
    assert looker.page.evaluate(ALL_VISIBLE) == []
    assert looker.tabbed() == []


@pytest.mark.parametrize("window", WINDOWS)
def test_the_keys_on_the_glass_are_large_enough_and_hide_no_field(looker: Looker, window: tuple[int, int]) -> None:
    looker.page.set_viewport_size({"width": window[0], "height": window[1]})
    for language in LANGUAGES:
        for screen in ("contact", "comment", "date"):
            case = Case(screen, language, Size.NORMAL, Colours.LIGHT, window)
            looker.page.evaluate(REPLACE, case.address(looker.site, part="1"))
            assert looker.typing() == [], case


def test_text_twice_as_large_does_not_scroll_sideways(looker: Looker) -> None:
    looker.page.set_viewport_size({"width": 512, "height": 384})
    for screen in ("scale", "check", "contact", "start"):
        case = Case(screen, "pl", Size.NORMAL, Colours.LIGHT, (512, 384))
        looker.page.evaluate(REPLACE, case.address(looker.site, part="1"))
        assert [one for one in looker.measured() if "sideways" in one or "outside the window" in one] == []


def test_a_target_that_is_too_small_is_found(looker: Looker) -> None:
    looker.page.set_viewport_size({"width": 1024, "height": 768})
    case = Case("scale", "en", Size.NORMAL, Colours.LIGHT, (1024, 768))
    looker.page.evaluate(REPLACE, case.address(looker.site, part="1"))
    too_low = "min-height: 0; height: 40px; align-self: end"
    looker.page.locator(".moves button").first.evaluate("(one, css) => { one.style.cssText = css; }", too_low)
    assert any("target" in one and "Back" in one for one in looker.measured())


def test_what_tenants_said_and_what_was_done_is_heard_by_four_keys(looker: Looker) -> None:
    looker.page.evaluate(PLAYED_AT_ONCE)
    start = Case("start", "en", Size.NORMAL, Colours.LIGHT, (1024, 768))
    looker.page.evaluate(REPLACE, start.address(looker.site, part="1", aloud="keys"))
    looker.page.evaluate("document.dispatchEvent(new Event('sayso:drawn'))")
    person = ByEar(looker.page)
    person.hear()
    assert [person.find("You said"), *(person.key("next") for _ in range(3))] == [
        ["You said", "The bin store is too dark at night."],
        ["We did", "We put in four lights in May."],
        ["You said", "Repairs take too long."],
        ["We did", "Two more plumbers started in June."],
    ]
