"""Imports on both databases: what they count, what they leave alone, and that each is done whole or not at all."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from server.errors import NotFoundError, RefusedError
from server.households import imports
from server.households.errors import MatchingError, TableError
from server.households.fields import Field
from server.households.guessing import guessed
from server.models.audit import AuditEvent
from server.models.base import now
from server.models.households import Household, HouseholdContact, HouseholdImport
from server.queries.household_imports import import_of, matched_before
from server.sheets import xlsx_bytes
from server.store import Store

FIRST = """UPRN,Tenant name,Address,Postcode,Phone,Email,Area,Tenure,DOB,No reminder,Bedrooms
1,Ada Marsh,1 Mill Lane,NF1 1AA,0161,a@b.example,North,Secure,2/1/1950,no,2
2,SIÂN KHAN,2 Mill Lane,NF1 1AA,,,North,Secure,,yes,3
3,Dev Powell,3 Mill Lane,NF1 1AA,,,South,,,,1
"""
COUNTS = ("added", "changed", "unchanged", "gone", "refused")


def imported(store: Store, content: str | bytes, **also: Field) -> dict[str, int]:
    """Import a file as guessed, but for these columns; give its counts."""
    number = imports.begin(store, content.encode() if isinstance(content, str) else content, by=None)
    table = imports.table_of_import(store, number)
    imports.apply(store, number, {**guessed(table.headings), **also}, table=table, by=None)
    with store.reading() as session:
        made = import_of(session, number).made
    return {name: getattr(made, name) for name in COUNTS if getattr(made, name)}


def kept(store: Store) -> Mapping[str, Household]:
    with store.reading() as session:
        rows = session.scalars(select(Household).options(joinedload(Household.contact)))
        return {row.code or "": row for row in rows}


def contact(household: Household) -> HouseholdContact:
    assert household.contact is not None
    return household.contact


def test_an_import_keeps_what_the_columns_hold(any_store: Store) -> None:
    assert imported(any_store, FIRST, Bedrooms=Field.PROFILE) == {"added": 3}
    ada, sian = kept(any_store)["1"], kept(any_store)["2"]
    assert (ada.area, ada.tenure, ada.age_band, ada.profile) == ("North", "Secure", "75 to 84", {"Bedrooms": "2"})
    assert (contact(ada).name, contact(ada).address, contact(ada).phone) == ("Ada Marsh", "1 Mill Lane", "0161")
    assert contact(sian).name_folded == "siân khan"
    assert (ada.wants_no_reminder, sian.wants_no_reminder) == (False, True)


def test_the_same_file_again_changes_nothing(any_store: Store) -> None:
    imported(any_store, FIRST)
    with any_store.writing() as session:
        for household in session.scalars(select(Household)):
            household.updated_at = datetime(2020, 1, 1, tzinfo=UTC)
    assert imported(any_store, FIRST) == {"unchanged": 3}
    assert {one.updated_at.year for one in kept(any_store).values()} == {2020}


def test_the_same_list_as_a_workbook_changes_nothing(any_store: Store) -> None:
    imported(any_store, FIRST)
    headings, *rows = [line.split(",") for line in FIRST.splitlines()]
    assert imported(any_store, xlsx_bytes(headings, rows, "Homes")) == {"unchanged": 3}


def test_a_changed_cell_changes_its_household_only(any_store: Store) -> None:
    imported(any_store, FIRST)
    uids = {code: one.uid for code, one in kept(any_store).items()}
    changed = FIRST.replace("0161", "0162").replace("South", "East")
    assert imported(any_store, changed) == {"changed": 2, "unchanged": 1}
    assert contact(kept(any_store)["1"]).phone == "0162"
    assert kept(any_store)["3"].area == "East"
    assert {code: one.uid for code, one in kept(any_store).items()} == uids


def test_a_household_that_is_no_longer_named_is_gone_and_may_come_back(any_store: Store) -> None:
    imported(any_store, FIRST)
    without = "\n".join(FIRST.splitlines()[:3])
    assert imported(any_store, without) == {"unchanged": 2, "gone": 1}
    assert not kept(any_store)["3"].is_here
    assert contact(kept(any_store)["3"]).name == "Dev Powell"
    assert imported(any_store, without) == {"unchanged": 2}
    assert imported(any_store, FIRST) == {"changed": 1, "unchanged": 2}
    assert kept(any_store)["3"].is_here


def test_what_the_file_leaves_out_is_no_longer_kept(any_store: Store) -> None:
    imported(any_store, FIRST, Bedrooms=Field.PROFILE)
    imported(any_store, FIRST, Email=Field.LEAVE_OUT)
    assert (contact(kept(any_store)["1"]).email, kept(any_store)["1"].profile) == ("", {})


def test_a_wish_not_to_be_reminded_is_never_taken_back_by_an_import(any_store: Store) -> None:
    imported(any_store, FIRST)
    with any_store.writing() as session:
        session.scalars(select(Household).where(Household.code == "1")).one().wants_no_reminder = True
    assert imported(any_store, FIRST) == {"unchanged": 3}
    assert imported(any_store, FIRST.replace(",yes,", ",no,")) == {"unchanged": 3}
    assert [kept(any_store)[code].wants_no_reminder for code in "123"] == [True, True, False]


def test_an_erased_household_is_left_alone(any_store: Store) -> None:
    imported(any_store, FIRST)
    with any_store.writing() as session:
        erased = session.scalars(select(Household).where(Household.code == "1")).one()
        erased.code, erased.contact = None, None
    assert imported(any_store, FIRST) == {"added": 1, "unchanged": 2}
    assert kept(any_store)[""].contact is None


def test_a_household_without_contact_gets_one(any_store: Store) -> None:
    with any_store.writing() as session:
        session.add(Household(code="3", area="South"))
    assert imported(any_store, FIRST) == {"added": 2, "changed": 1}
    assert contact(kept(any_store)["3"]).name == "Dev Powell"


def test_refused_rows_are_counted_and_the_others_imported(any_store: Store) -> None:
    assert imported(any_store, FIRST + ",Nobody\n1,Twice\n") == {"added": 3, "refused": 2}


def test_an_import_that_fails_halfway_leaves_everything_as_it_was(
    any_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise RuntimeError

    imported(any_store, FIRST)
    number = imports.begin(any_store, FIRST.replace("North", "West").encode(), by=None)
    table = imports.table_of_import(any_store, number)
    monkeypatch.setattr(imports, "note", failing)
    with pytest.raises(RuntimeError):
        imports.apply(any_store, number, guessed(table.headings), table=table, by=None)
    assert kept(any_store)["1"].area == "North"
    assert imports.table_of_import(any_store, number).headings == table.headings


def test_the_file_is_removed_once_it_is_imported(store: Store) -> None:
    imported(store, FIRST)
    assert list(store.files.names()) == []


def test_the_file_is_removed_once_it_is_given_up(store: Store) -> None:
    number = imports.begin(store, FIRST.encode(), by=None)
    assert len(list(store.files.names())) == 1
    imports.give_up(store, number, by=None)
    assert list(store.files.names()) == []
    with pytest.raises(NotFoundError):
        imports.table_of_import(store, number)


def test_a_file_that_another_import_waits_for_is_not_removed(store: Store) -> None:
    first, second = (imports.begin(store, FIRST.encode(), by=None) for _ in range(2))
    imports.give_up(store, first, by=None)
    assert len(imports.table_of_import(store, second).rows) == 3


def test_a_file_that_cannot_be_read_is_not_kept(store: Store) -> None:
    with pytest.raises(TableError):
        imports.begin(store, b"\x00", by=None)
    assert list(store.files.names()) == []
    with store.reading() as session:
        assert session.scalars(select(HouseholdImport)).all() == []


def test_an_import_is_done_once(any_store: Store) -> None:
    number = imports.begin(any_store, FIRST.encode(), by=None)
    table = imports.table_of_import(any_store, number)
    imports.apply(any_store, number, guessed(table.headings), table=table, by=None)
    with pytest.raises(RefusedError, match="done already"):
        imports.apply(any_store, number, guessed(table.headings), table=table, by=None)
    with pytest.raises(RefusedError, match="done already"):
        imports.give_up(any_store, number, by=None)


def test_columns_matched_wrongly_import_nothing(store: Store) -> None:
    number = imports.begin(store, b"Key,Code\n1,\n2,", by=None)
    table = imports.table_of_import(store, number)
    wrong = {"Key": Field.AREA, "Code": Field.AREA}
    empty = {"Key": Field.AREA, "Code": Field.CODE}
    for matching in (wrong, empty, {"Key": Field.CODE}):
        with pytest.raises(MatchingError):
            imports.apply(store, number, matching, table=table, by=None)
    assert kept(store) == {}


def test_the_matching_is_remembered(store: Store) -> None:
    imported(store, FIRST, Bedrooms=Field.PROFILE)
    with store.reading() as session:
        assert matched_before(session)["Bedrooms"] == "profile"


def test_the_audit_log_tells_of_an_import_in_numbers_only(store: Store) -> None:
    imported(store, FIRST)
    with store.reading() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.number)).all()
    assert [event.action for event in events] == ["household import begun", "households imported"]
    assert '"added": 3' in events[1].detail
    assert not any(word in f"{event.detail}{event.subject}" for event in events for word in ("Marsh", "NF1", "UPRN"))
    assert events[1].at <= now()
