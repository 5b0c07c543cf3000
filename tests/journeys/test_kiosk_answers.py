"""However somebody answers at the kiosk, the same is stored."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import delete

from server.models.equality import EqualityAnswer
from server.models.responses import Answer, ContactDetails
from server.store import Store
from tests.journeys.kiosk import (
    PLAYED_AT_ONCE,
    SAID,
    TSM,
    ByEar,
    ByKeyboard,
    ByTouch,
    Stored,
    WithoutScripts,
    opened,
    stored,
)
from tests.journeys.kiosk_place import address, place, shared
from tests.server.sittings.visitor import Place

__all__ = ["address", "place", "shared"]

APART = ("age_band", "cares_for")

EXPECTED = Stored(
    answers={one: (value,) for one, value in SAID.items() if isinstance(value, str) and one not in APART},
    contacts={"contact": {"name": "to"}},
    apart={"age_band": "from_25_to_34", "cares_for": "older_person"},
)

POLL = {"best_way_for_news": "text_message"}


@pytest.fixture
def emptied(shared: Store) -> Store:
    with shared.writing() as session:
        for table in (Answer, ContactDetails, EqualityAnswer):
            session.execute(delete(table))
    return shared


@pytest.fixture
def screen(chrome: Browser, address: str, place: Place) -> Iterator[Page]:
    page = opened(chrome, address, place)
    yield page
    page.context.close()


def test_by_touch(screen: Page, place: Place, emptied: Store) -> None:
    ByTouch(screen).answer_all(SAID, place.campaigns[TSM])
    assert stored(emptied) == EXPECTED


def test_by_keyboard_alone(screen: Page, place: Place, emptied: Store) -> None:
    ByKeyboard(screen).answer_all(SAID, place.campaigns[TSM])
    assert stored(emptied) == EXPECTED


def test_by_four_keys_and_ear(screen: Page, emptied: Store) -> None:
    screen.evaluate(PLAYED_AT_ONCE)
    receipt = ByEar(screen).survey(SAID)
    assert stored(emptied) == EXPECTED
    assert receipt == screen.locator(".receipt").inner_text().replace("-", "").replace(" ", "")


def test_without_scripts(chrome: Browser, address: str, place: Place, emptied: Store) -> None:
    page = opened(chrome, address, place, java_script_enabled=False)
    WithoutScripts(page).answer_all(SAID, place.campaigns[TSM])
    page.context.close()
    assert stored(emptied) == EXPECTED


@pytest.mark.parametrize(
    ("language", "form", "said", "expected"),
    [
        ("pl", TSM, SAID, EXPECTED),
        ("ar", "poll", POLL, Stored({"best_way_for_news": ("text_message",)}, {}, {})),
    ],
)
def test_in_another_language(
    screen: Page, place: Place, emptied: Store, language: str, form: str, said: dict[str, str], expected: Stored
) -> None:
    person = ByTouch(screen)
    person.press("language")
    person.press(f"language {language}")
    if person.kind == "language":
        person.press("close")
    person.answer_all(said, place.campaigns[form])
    assert stored(emptied) == expected
    assert screen.locator("html").get_attribute("lang") == language
    assert screen.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
