"""Handing over: everything about one person, nothing about anybody else."""

import json
from zipfile import ZipFile

import pytest
from sqlalchemy import inspect, select

from server.errors import NotFoundError
from server.models.audit import AuditEvent
from server.people.exporting import export
from server.people.portrait import NAMES
from server.queries.held import TABLES, held_about
from server.queries.subjects import Subject, SubjectKind
from server.store import Store
from tests.server.people.town import NEIGHBOUR, Town


def unpacked(store: Store, reference: str) -> dict[str, bytes]:
    with export(store, reference, by=None) as content, ZipFile(content) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_every_row_of_every_table_is_handed_over(any_store: Store, any_town: Town) -> None:
    files = unpacked(any_store, f"household-{any_town.household}")
    kept = json.loads(files["person.json"])["everything held"]
    with any_store.reading() as session:
        held = held_about(session, Subject(SubjectKind.HOUSEHOLD, any_town.household))
    for model in TABLES:
        assert len(kept[NAMES[model]]) == len(held.rows[model]) > 0
        assert all(len(row) >= len(inspect(model).columns) for row in kept[NAMES[model]])
    assert kept["Household"][0]["profile"] == {"cat": "Zelda Quillfeather"}
    assert {row["campaign"] for row in kept["Numbered copies of forms"]} == {"Autumn", "Winter"}


def test_it_reads_well_and_holds_their_paper_and_nothing_of_others(store: Store, town: Town) -> None:
    files = unpacked(store, f"household-{town.household}")
    page = files["person.html"].decode()
    for words in ("What is held", "How was it?", "Neither", "Homes", "The boiler sings opera.", "Marmalade Row"):
        assert words in page
    assert sorted(name.rpartition(".")[2] for name in files if name.startswith("pages/")) == [
        "jpg", "pdf", "pdf", "tif", "tif",
    ]  # fmt: skip
    assert sum(b"PNG boiler" in content for content in files.values()) == 10
    everything = b"\n".join(files.values())
    assert b"oneperson2" in everything
    for words in (NEIGHBOUR["name"], NEIGHBOUR["email"], NEIGHBOUR["address"], "others1", "others3", "all well"):
        assert words.encode() not in everything, words


def test_equality_answers_are_not_in_it_and_the_words_say_why(store: Store, town: Town) -> None:
    files = unpacked(store, f"household-{town.household}")
    assert b"How old are you?" not in files["person.html"]
    assert b"nothing joins them to you" in files["README.txt"]


def test_a_response_alone_can_be_handed_over(store: Store, town: Town) -> None:
    files = unpacked(store, f"response-{town.walk_in}")
    assert b"Wanda Inwalker" in files["person.html"]
    assert not [name for name in files if name.startswith("pages/")]


def test_handing_over_is_in_the_audit_log_by_numbers_only(store: Store, town: Town) -> None:
    unpacked(store, f"household-{town.household}")
    with store.reading() as session:
        event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.subject) == ("person exported", f"household {town.household}")
    assert json.loads(event.detail) == {"responses": 2, "pages": 5}


@pytest.mark.parametrize("reference", ["household-999", "nobody", "copy-1-1"])
def test_nobody_cannot_be_handed_over(store: Store, reference: str) -> None:
    with pytest.raises(NotFoundError):
        export(store, reference, by=None)
