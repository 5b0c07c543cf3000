"""Whoever was erased stays erased, whichever backup is restored, and wherever."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select

from server.backup import making, restoring
from server.backup.restoring import restore
from server.errors import BackupError, StoreError
from server.models.audit import Erasure
from server.models.campaigns import Campaign
from server.models.copies import Copy
from server.models.households import Household, HouseholdContact
from server.models.intake import Batch, Page, PageState, ReceivedFile
from server.models.responses import ContactDetails, Response
from server.people import erasing
from server.responses.saving import save_response
from server.store import Store, erasure_journal
from tests.server.backup.contents import all_of, files
from tests.server.filling import incoming, new_campaign, new_copy
from tests.server.people.received import tiff

Another = Callable[[str], Store]


@pytest.fixture
def lived_in(any_store: Store) -> Store:
    """Give a store with the household of Ada Żuk, her response, and a batch with a page of hers and one of Bo's."""
    campaign = new_campaign(any_store)
    code = new_copy(any_store, campaign)
    with any_store.writing() as session:
        session.add(household := Household(code="H1", contact=HouseholdContact(name="Ada Żuk", name_folded="ada żuk")))
        session.flush()
        session.scalars(select(Copy)).one().household_id = household.id
    receipt = save_response(any_store, incoming(campaign, copy_code=code))
    with any_store.writing() as session:
        batch = Batch(channel="paper", received_on=date(2026, 11, 20))
        name = any_store.files.add(tiff(["ADA", "BO"]))
        file = ReceivedFile(batch=batch, sha256=name, kept_sha256=name, name="scan.tif", size_bytes=1)
        preview = any_store.files.add(b"a picture of what ADA wrote")
        session.add_all(
            [
                Page(file=file, number=1, reader="1", response_id=receipt.response_id, preview_sha256=preview),
                Page(file=file, number=2, reader="1"),
            ]
        )
    return any_store


def erase(store: Store) -> None:
    erasing.erase(store, "household-1", by=None)


def check_erased(store: Store) -> None:
    kept = files(store).values()
    assert not any(b"ADA" in content for content in kept)
    assert any(b"BO" in content for content in kept)
    with store.reading() as session:
        assert session.scalars(select(HouseholdContact)).all() == []
        assert session.scalars(select(ContactDetails)).all() == []
        assert session.scalars(select(Household.code)).all() == [None]
        assert session.scalars(select(Response.is_erased)).all() == [True]
        assert session.scalars(select(Page.state).order_by(Page.number)).all() == [PageState.REMOVED, PageState.WAITING]
        assert len(session.scalars(select(Erasure)).all()) == 1


def is_there(store: Store) -> bool:
    with store.reading() as session:
        assert session.scalars(select(HouseholdContact.name)).all() in ([], ["Ada Żuk"])
        return bool(session.scalars(select(HouseholdContact.name)).all())


@pytest.mark.parametrize("known_by", ["both", "journal", "database"])
def test_an_erasure_since_the_backup_is_made_again_in_what_is_restored(
    lived_in: Store, tmp_path: Path, known_by: str
) -> None:
    making.make(lived_in, tmp_path / "b.zip")
    erase(lived_in)
    check_erased(lived_in)
    if known_by == "journal":
        with lived_in.writing() as session:
            session.execute(delete(Erasure))
    if known_by == "database":
        (lived_in.folder / erasure_journal.FILE_NAME).unlink()
    assert restore(lived_in, tmp_path / "b.zip").erased == 1
    check_erased(lived_in)
    assert len(erasure_journal.read(lived_in)) == 1


def test_nothing_is_left_of_several_people_in_one_file(lived_in: Store, tmp_path: Path) -> None:
    """Each erasure makes another file, and all but the last hold somebody."""
    with lived_in.reading() as session:
        campaign = session.scalars(select(Campaign)).one()
    with lived_in.writing() as session:
        file = session.scalars(select(ReceivedFile)).one()
        lived_in.files.remove(str(file.kept_sha256))
        file.kept_sha256 = lived_in.files.add(tiff(["ADA", "BO", "CY"]))
    for number, uid in ((2, "bo"), (3, "cy")):
        receipt = save_response(lived_in, incoming(campaign, uid=uid))
        with lived_in.writing() as session:
            page = session.scalar(select(Page).where(Page.number == number)) or Page(
                file_id=file.id, number=number, reader="1"
            )
            page.response_id = receipt.response_id
            session.add(page)
    making.make(lived_in, tmp_path / "b.zip")
    for household, uids in (("unknown", ["bo"]), (None, ["cy"])):
        erasure_journal.append(lived_in, household, uids)
    restore(lived_in, tmp_path / "b.zip")
    contents = b"".join(files(lived_in).values())
    assert b"<ADA>" in contents
    assert b"<BO>" not in contents
    assert b"<CY>" not in contents


def test_a_new_machine_takes_the_journal_of_the_lost_one(lived_in: Store, another: Another, tmp_path: Path) -> None:
    making.make(lived_in, tmp_path / "b.zip")
    erase(lived_in)
    restore(without := another("sqlite"), tmp_path / "b.zip")
    assert is_there(without)
    target = another("sqlite")
    restore(target, tmp_path / "b.zip", copied_journal=lived_in.folder / erasure_journal.FILE_NAME)
    check_erased(target)
    assert erasure_journal.read(target) == erasure_journal.read(lived_in)


def test_an_erasure_of_somebody_whom_the_backup_does_not_know_is_kept_for_the_next(
    small: Store, another: Another, tmp_path: Path
) -> None:
    making.make(small, tmp_path / "b.zip")
    target = another("sqlite")
    erasure_journal.append(target, "unknown", ["r2", "r1"])
    before = erasure_journal.read(target)
    restore(target, tmp_path / "b.zip")
    assert erasure_journal.read(target) == before
    with target.reading() as session:
        assert [row.response_uids for row in session.scalars(select(Erasure)) if row.household_uid == "unknown"] == [
            ["r2", "r1"]
        ]
    restore(target, tmp_path / "b.zip")
    assert erasure_journal.read(target)[0] == before[0]


def test_somebody_who_is_erased_while_a_restore_is_prepared_stops_it(
    lived_in: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    making.make(lived_in, tmp_path / "b.zip")
    prepared = restoring._prepared

    def erase_then_prepare(*arguments: Any) -> Any:
        with lived_in.writing() as session:
            session.add(Erasure(household_uid="somebody", response_uids=[]))
        before.append(all_of(lived_in)[0])
        return prepared(*arguments)

    before: list[Any] = []
    monkeypatch.setattr(restoring, "_prepared", erase_then_prepare)
    with pytest.raises(BackupError, match="Start it again"):
        restore(lived_in, tmp_path / "b.zip")
    assert all_of(lived_in)[0] == before[0]
    monkeypatch.undo()
    restore(lived_in, tmp_path / "b.zip")


def test_a_journal_whose_last_line_the_power_cut_goes_on_after_it(store: Store) -> None:
    erasure_journal.append(store, "one", ["a"])
    path = store.folder / erasure_journal.FILE_NAME
    path.write_bytes(path.read_bytes() + b'{"made_at":"2026-11-2')
    erasure_journal.append(store, None, ["b"])
    assert [(one.household_uid, one.response_uids) for one in erasure_journal.read(store)] == [
        ("one", ("a",)),
        (None, ("b",)),
    ]


@pytest.mark.parametrize("content", [b'{"household_uid":"x"}\n', b'{"a":{}}'])
def test_a_file_that_is_no_journal_is_refused(small: Store, tmp_path: Path, content: bytes) -> None:
    making.make(small, tmp_path / "b.zip")
    (tmp_path / "j").write_bytes(content)
    for path in (tmp_path / "j", tmp_path / "none"):
        with pytest.raises(StoreError, match=str(path)):
            restore(small, tmp_path / "b.zip", copied_journal=path)
