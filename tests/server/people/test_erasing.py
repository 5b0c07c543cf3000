"""Erasing: nothing tells who it was, what was chosen still counts, and everybody else is as before."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from server.errors import NotFoundError
from server.models import Base
from server.models.audit import AuditEvent, Erasure
from server.models.copies import Copy, PrintRun
from server.models.equality import EqualityAnswer
from server.models.households import Household
from server.models.intake import Page, PageState, ReceivedFile
from server.models.responses import Answer, Response
from server.models.review import Correction
from server.people.erasing import erase, erase_again
from server.queries.held import TABLES, held_about
from server.queries.people import find_people
from server.queries.subjects import Subject, SubjectKind
from server.store import Store, erasure_journal
from server.store.keys import KeyName
from server.store.references import named
from server.trail.chain import faults
from tests.server.people.received import frames, streams
from tests.server.people.town import SECRETS, Town

STAYS = {
    "households": {"id", "area", "scheme", "tenure", "age_band", "property_type", "wants_no_reminder", "is_here",
                   "updated_at"},
    "household_contacts": set(),
    "invitations": {"campaign_id", "household_id"},
    "copies": {"id", "campaign_id", "print_run_id", "number", "household_id"},
    "responses": {"id", "campaign_id", "form_version_id", "copy_id", "household_id", "channel", "method", "site_id",
                  "kiosk_id", "received_on", "saved_at", "language", "format", "helped_by", "state", "is_erased"},
    "answers": {"response_id", "question", "place", "option"},
    "contact_details": set(),
    "alerts": set(),
    "returns": {"id", "batch_id", "printed_form_id", "campaign_id", "copy_id", "response_id", "is_equality", "is_typed",
                "state", "problem", "pages_missing", "pages_given_up", "repeats_id", "decided_by", "created_at",
                "settled_at", "asked_again_at", "version"},
    "pages": {"id", "file_id", "number", "part", "reader", "state", "attempts", "refusal", "condition", "return_id",
              "printed_form_id", "form_page", "is_equality", "copy_id", "response_id", "settled_at",
              "asked_again_at", "decided_by", "decided_because", "writing", "writing_attempts", "writing_after"},
    "readings": set(),
    "crops": set(),
    "doubts": set(),
    "corrections": {"id", "response_id", "question", "officer_id", "decided_at", "noted", "undone_at"},
    "second_looks": set(),
    "sittings": set(),
}  # fmt: skip
GOES = {
    "households": {"uid", "code", "profile"},
    "household_contacts": {"household_id", "name", "name_folded", "address", "postcode", "phone", "email"},
    "invitations": {"left_out_because"},
    "copies": {"code"},
    "responses": {"uid", "content_sha256", "receipt"},
    "answers": {"written"},
    "contact_details": {"response_id", "question", "name_folded", "details", "replied_at"},
    "alerts": {"id", "uid", "response_id", "return_id", "kind", "question", "dangers", "came_at", "acknowledged_at",
               "acknowledged_by", "settled_at", "settled_by", "outcome", "version"},
    "returns": {"uid", "decided_because"},
    "pages": {"preview_sha256", "set_aside_because", "outcome"},
    "readings": {"id", "page_id", "question", "answer", "reason", "fields", "drafts"},
    "crops": {"reading_id", "image", "is_sampled"},
    "doubts": {"id", "reading_id", "return_id", "batch_id", "question", "reason", "state", "leased_by", "leased_until",
               "created_at", "version"},
    "corrections": {"doubt_id", "machine", "decided"},
    "second_looks": {"id", "batch_id", "reading_id", "kind", "first", "first_by", "second", "second_by", "looked_at",
                     "agrees", "leased_by", "leased_until", "drawn_at", "version"},
    "sittings": {"id", "key_sha256", "kiosk_id", "campaign_id", "response_uid", "turn", "screen", "delivered", "draft",
                 "copy_code", "helped_by", "settings", "receipt", "begun_at", "touched_at"},
}  # fmt: skip


def held(session: Session, town: Town) -> dict[type[Base], tuple[Base, ...]]:
    return held_about(session, Subject(SubjectKind.HOUSEHOLD, town.household)).rows


def all_words(session: Session) -> str:
    """Give everything that any table holds, as one text in small letters; the journal's own uids left out."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in ("erasures", "form_versions")]
    return "\n".join(repr(tuple(row)) for table in tables for row in session.execute(select(table))).casefold()


def secrets_of(town: Town) -> Iterable[str]:
    return (*SECRETS, *(one.casefold() for one in (*town.copies, *town.receipts)))


def counted(session: Session) -> Counter[tuple[Any, ...]]:
    chosen = (
        select(Answer.question, Answer.option, Household.area, Response.channel, Response.received_on, Answer.place)
        .join(Response, Response.id == Answer.response_id)
        .outerjoin(Household, Household.id == Response.household_id)
    )
    return Counter(map(tuple, session.execute(chosen)))


def rows_of_others(session: Session, town: Town) -> dict[str, list[tuple[Any, ...]]]:
    theirs = held(session, town)
    found = {}
    for model in TABLES:
        keys = {inspect(row).identity for row in theirs[model]}
        columns = model.__table__.columns
        rows = session.execute(select(*columns).order_by(*model.__mapper__.primary_key)).all()
        places = [list(columns.keys()).index(str(key.key)) for key in model.__mapper__.primary_key]
        found[model.__tablename__] = [tuple(row) for row in rows if tuple(row[place] for place in places) not in keys]
    return found


def test_every_column_is_said_to_stay_or_to_go() -> None:
    for model in TABLES:
        name = model.__tablename__
        assert STAYS[name] | GOES[name] == {column.name for column in model.__table__.columns}, name


def test_after_erasing_no_word_of_them_is_in_any_table_or_file(any_store: Store, any_town: Town) -> None:
    with any_store.reading() as session:
        before = all_words(session)
        assert all(secret in before for secret in (*secrets_of(any_town), any_town.uid, *any_town.response_uids))
        hashes = [response.content_sha256 for response in held(session, any_town)[Response]]  # type: ignore[attr-defined]
    erase(any_store, f"household-{any_town.household}", by=None)
    with any_store.reading() as session:
        after = all_words(session).replace(f"household {any_town.uid}", "")  # the audit log's own event
        needed = named(session.connection())
    for secret in (*secrets_of(any_town), any_town.uid, *any_town.response_uids, *hashes):
        assert secret not in after, secret
    assert set(any_store.files.names()) == needed
    files = b"\n".join(any_store.files.read(name) for name in any_store.files.names()).lower()
    for secret in (*secrets_of(any_town), "oneperson"):
        assert secret.encode() not in files, secret
    assert b"others1" in files


def test_after_erasing_no_byte_of_them_is_in_the_databases_files(store: Store, town: Town) -> None:
    assert "quillfeather" in raw_bytes(store.folder)
    erase(store, f"household-{town.household}", by=None)
    after = raw_bytes(store.folder)
    for secret in secrets_of(town):
        assert secret not in after, secret
    assert "oakhanger" in after


def raw_bytes(folder: Path) -> str:
    return b"".join(path.read_bytes() for path in folder.glob("sayso.db*")).decode("latin-1").casefold()


def test_counts_stay_exactly_as_they_were(any_store: Store, any_town: Town) -> None:
    with any_store.reading() as session:
        before, equality = counted(session), len(session.scalars(select(EqualityAnswer)).all())
    erase(any_store, f"household-{any_town.household}", by=None)
    with any_store.reading() as session:
        assert counted(session) == before
        assert len(session.scalars(select(EqualityAnswer)).all()) == equality
        responses = held(session, any_town)[Response]
        numbers = select(Answer.written).where(Answer.question == "years")
        assert set(session.scalars(numbers)) == {"12"}
        assert set(session.scalars(select(Answer.option).where(Answer.question == "agree"))) == {"given"}
        chosen = session.scalars(select(Correction.decided).where(Correction.question == "overall"))
        assert set(chosen) == {"neither"}
    assert [response.is_erased for response in responses] == [True, True]  # type: ignore[attr-defined]


def test_everybody_else_is_untouched(any_store: Store, any_town: Town) -> None:
    with any_store.reading() as session:
        before = rows_of_others(session, any_town)
        pdf, tiff = (any_store.files.read(name) for name in (any_town.batch_pdf, any_town.batch_tiff))
    erase(any_store, f"household-{any_town.household}", by=None)
    with any_store.reading() as session:
        assert rows_of_others(session, any_town) == before
        files = {file.name: file for file in session.scalars(select(ReceivedFile))}
    assert set(files) == {"scan.pdf", "scan.tif", "removed file"}
    assert files["removed file"].kept_sha256 is None
    pages = streams(any_store.files.read(str(files["scan.pdf"].kept_sha256)))
    assert [page for number, page in enumerate(pages, 1) if number not in (2, 4)] == streams(pdf)[::2]
    assert [pages[1][1], pages[3][1]] == [[], []]
    assert frames(any_store.files.read(str(files["scan.tif"].kept_sha256)))[::2] == frames(tiff)[::2]


def test_erasing_is_noted_by_numbers_and_the_log_stays_whole(any_store: Store, any_town: Town) -> None:
    gone = erase(any_store, f"household-{any_town.household}", by=None)
    assert (gone.responses, gone.pages, gone.is_tidy) == (2, 5, True)
    with any_store.reading() as session:
        event = session.scalars(select(AuditEvent)).one()
        row = session.scalars(select(Erasure)).one()
        assert list(faults(session, any_store.keys.get(KeyName.AUDIT))) == []
    assert (event.action, event.subject) == ("person erased", f"household {any_town.uid}")
    assert json.loads(event.detail) == {"responses": 2, "pages": 5}
    (noted,) = erasure_journal.read(any_store)
    assert noted.same() == (any_town.uid, tuple(sorted(any_town.response_uids)))
    assert (row.household_uid, sorted(row.response_uids)) == (any_town.uid, sorted(any_town.response_uids))


def test_nothing_is_found_afterwards_and_erasing_again_says_so(any_store: Store, any_town: Town) -> None:
    reference = f"household-{any_town.household}"
    erase(any_store, reference, by=None)
    for words in ("WH/00421", "quill", "07700 9001234", "LE13 1XY", *any_town.copies, *any_town.receipts, reference):
        with any_store.reading() as session:
            assert find_people(session, words).rows == (), words
    with pytest.raises(NotFoundError, match="erased before"):
        erase(any_store, reference, by=None)
    assert len(erasure_journal.read(any_store)) == 1


def test_an_erasure_stays_made_in_a_database_that_was_restored(any_store: Store, any_town: Town) -> None:
    erase(any_store, f"response-{any_town.walk_in}", by=None)
    uid = erasure_journal.read(any_store)[0].response_uids
    with any_store.writing() as session:
        assert erase_again(any_store.files, session, None, uid) == set()
        before = counted(session)
        loose = erase_again(any_store.files, session, any_town.uid, any_town.response_uids)
        assert counted(session) == before
        words = all_words(session)
        needed = named(session.connection())
    assert all(secret not in words for secret in secrets_of(any_town))
    assert {any_town.batch_pdf, any_town.batch_tiff} < loose
    assert not loose & needed
    assert needed <= set(any_store.files.names())


def test_who_answered_by_a_copy_that_was_handed_out_is_erased_with_its_code(any_store: Store, any_town: Town) -> None:
    with any_store.writing() as session:
        session.get_one(Response, any_town.walk_in).copy_id = any_town.handed_out
    erase(any_store, f"response-{any_town.walk_in}", by=None)
    with any_store.reading() as session:
        assert session.get_one(Copy, any_town.handed_out).code is None
        assert "inwalker" not in all_words(session)
        assert "quillfeather" in all_words(session)
    assert [one.household_uid for one in erasure_journal.read(any_store)] == [None]


def test_labels_and_letters_with_their_address_go(store: Store, town: Town) -> None:
    erase(store, f"household-{town.household}", by=None)
    with store.reading() as session:
        theirs = select(Copy.print_run_id).where(Copy.household_id == town.household)
        runs = session.scalars(select(PrintRun).where(PrintRun.id.in_(theirs))).all()
    assert [(run.labels_sha256, run.letters_sha256) for run in runs] == [(None, None)] * 2


def test_the_state_of_their_pages_says_that_they_were_removed(store: Store, town: Town) -> None:
    erase(store, f"household-{town.household}", by=None)
    with store.reading() as session:
        assert {page.state for page in held(session, town)[Page]} == {PageState.REMOVED}  # type: ignore[attr-defined]
