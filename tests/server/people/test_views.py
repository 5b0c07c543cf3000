"""The pages about people: who may use them, and what they never show."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

from sqlalchemy import select

from server.models.audit import Erasure
from server.models.officers import Role
from server.store import Store
from tests.server.conftest import Browser
from tests.server.people.town import Town


def test_a_search_shows_who_it_is_and_no_more(as_role: Callable[[Role], Browser], town: Town) -> None:
    answer = as_role(Role.MANAGER).post("/people/", {"words": "quillf"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "Zelda Quillfeather" in page
    assert "LE13 1XY" in page
    assert f'href="/people/household-{town.household}"' in page
    for words in ("9001234", "zelda@", "Marmalade", "WH/00421", *town.copies, *town.receipts):
        assert words not in page


def test_a_search_that_finds_nobody_says_what_to_try(as_role: Callable[[Role], Browser], town: Town) -> None:
    assert town
    browser = as_role(Role.MANAGER)
    assert "Nobody was found" in browser.post("/people/", {"words": "9001234"}).get_data(as_text=True)
    assert browser.post("/people/", {"words": " "}).status_code == 422


def test_what_is_held_is_shown_in_counts(as_role: Callable[[Role], Browser], town: Town) -> None:
    page = as_role(Role.MANAGER).get(f"/people/household-{town.household}").get_data(as_text=True)
    assert "Numbered copies of forms" in page
    assert "20 November 2026" in page
    assert "boiler" not in page
    assert "Go on to erasing" not in page


def test_a_manager_hands_over_and_does_not_erase(as_role: Callable[[Role], Browser], town: Town) -> None:
    browser = as_role(Role.MANAGER)
    answer = browser.post(f"/people/household-{town.household}/export")
    with ZipFile(BytesIO(answer.data)) as packed:
        assert {"person.json", "person.html", "README.txt"} < set(packed.namelist())
    answer.close()
    assert "Zelda" not in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert browser.get(f"/people/household-{town.household}/erase").status_code == 403
    assert browser.post(f"/people/household-{town.household}/erase", {"word": "erase"}).status_code == 403


def test_an_administrator_erases_once_the_word_is_typed(
    as_role: Callable[[Role], Browser], town: Town, store: Store
) -> None:
    browser, address = as_role(Role.ADMINISTRATOR), f"/people/household-{town.household}"
    assert "Type the word erase" in browser.get(f"{address}/erase").get_data(as_text=True)
    assert browser.post(f"{address}/erase", {"word": "yes"}).status_code == 422
    with store.reading() as session:
        assert session.scalars(select(Erasure)).all() == []
    answer = browser.post(f"{address}/erase", {"word": "Erase"}, follow_redirects=True)
    assert "Erased, with 2 responses and 5 pages" in answer.get_data(as_text=True)
    with store.reading() as session:
        assert session.scalars(select(Erasure)).one().officer_id is not None
    assert "Nothing is left" in browser.get(address).get_data(as_text=True)
    again = browser.post(f"{address}/erase", {"word": "erase"})
    assert again.status_code == 404
    assert "erased before" in again.get_data(as_text=True)


def test_a_reference_of_nobody_is_not_found(as_role: Callable[[Role], Browser]) -> None:
    browser = as_role(Role.MANAGER)
    assert browser.get("/people/household-77").status_code == 404
    assert browser.get("/people/zelda").status_code == 404
