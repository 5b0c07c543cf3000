"""Finding people: by each key, and never by a part of somebody else's."""

from sqlalchemy import select

from server.models.copies import Copy
from server.models.households import Household, HouseholdContact
from server.models.responses import ContactDetails
from server.queries.people import MATCHES_MAX, find_people
from server.store import Store
from tests.server.people.town import Town

OF_ZELDA = (
    ("WH/00421", "household code"),
    (" wh/00421 ", "household code"),
    ("QUILLF", "name"),
    ("zelda  quill", "name"),
    ("07700 9001234", "telephone number"),
    ("+44 7700 900-1234", "telephone number"),
    ("0044 (0)77009001234", "telephone number"),
    ("Zelda@Quillfeather.example", "email"),
    ("le131xy", "postcode"),
)
OF_NOBODY = (
    "WH/004", "H/0042", "7700 9001234", "9001234", "elda@quillfeather.example", "quillfeather.example", "LE13", "%",
    "_", "e", "13 1XY", "household-999", "copy-999", "response-999", "household-0", "R",
)  # fmt: skip


def found(store: Store, words: str) -> dict[str, tuple[str, ...]]:
    with store.reading() as session:
        return {str(match.subject): match.found_by for match in find_people(session, words).rows}


def test_a_household_is_found_by_all_that_is_known_of_it(any_store: Store, any_town: Town) -> None:
    for words, key in OF_ZELDA:
        assert found(any_store, words) == {f"household-{any_town.household}": (key,)}, words


def test_a_household_is_found_by_its_copies_and_receipts_however_they_are_spelt(
    any_store: Store, any_town: Town
) -> None:
    code, receipt = any_town.copies[0], any_town.receipts[1]
    for words, key in (
        (code.lower().replace(" ", ""), "copy code"),
        (f" {code[:2]} {code[2:]}", "copy code"),
        (receipt.lower(), "receipt"),
        (f"r {receipt[1:].replace(' ', '')}", "receipt"),
        (f"household-{any_town.household}", "reference"),
    ):
        assert found(any_store, words) == {f"household-{any_town.household}": (key,)}, words


def test_a_response_without_a_household_is_found_by_its_contact_details(any_store: Store, any_town: Town) -> None:
    for words in ("WANDA", "07700900777", "wanda@inwalker.example", any_town.walk_in_receipt):
        assert list(found(any_store, words)) == [f"response-{any_town.walk_in}"], words


def test_a_postcode_is_found_in_an_address_as_people_write_it_but_not_within_another(
    any_store: Store, any_town: Town
) -> None:
    with any_store.writing() as session:
        details = session.scalars(select(ContactDetails).where(ContactDetails.response_id == any_town.walk_in)).one()
        details.details = {**details.details, "address": "1 Old Row\nLondon se16 3ab"}
    assert found(any_store, "SE163AB") == {f"response-{any_town.walk_in}": ("postcode",)}
    assert found(any_store, "E16 3AB") == {}


def test_nobody_is_found_by_a_part_of_anything_but_a_name(any_store: Store, any_town: Town) -> None:
    parts = (any_town.copies[0][:-1], any_town.receipts[0][1:-1], any_town.receipts[0][:-1])
    for words in (*OF_NOBODY, *parts):
        assert found(any_store, words) == {}, words


def test_a_neighbour_who_is_almost_alike_is_another(any_store: Store, any_town: Town) -> None:
    for words in ("WH/0042", "07700 900123", "bruno@oakham.example", "E13 1XY", "Bruno"):
        assert list(found(any_store, words)) == [f"household-{any_town.neighbour}"], words


def test_a_copy_that_was_handed_out_is_found_on_its_own(any_store: Store, any_town: Town) -> None:
    with any_store.reading() as session:
        code = session.get_one(Copy, any_town.handed_out).code
    assert found(any_store, str(code)) == {f"copy-{any_town.handed_out}": ("copy code",)}


def test_more_than_can_be_looked_through_are_not_all_shown(store: Store) -> None:
    with store.writing() as session:
        for number in range(MATCHES_MAX + 1):
            home = Household(code=str(number))
            home.contact = HouseholdContact(name="Ann", name_folded="ann")
            session.add(home)
    with store.reading() as session:
        matches = find_people(session, "ann")
    assert (len(matches.rows), matches.are_all) == (MATCHES_MAX, False)
