"""Sending files in through the browser, by each role, with and without the script."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server.intake import trouble, views
from server.intake.working import _alone
from server.models.intake import Arrival, Batch, ReceivedFile
from server.models.officers import Role
from server.store import Store
from tests.server.conftest import Browser

DAY = {"received_on_day": "20", "received_on_month": "11", "received_on_year": "2026"}


@pytest.fixture
def officer(as_role: Callable[[Role], Browser]) -> Browser:
    return as_role(Role.OFFICER)


def begun(officer: Browser, **more: str) -> str:
    answer = officer.post("/intake/", DAY | more)
    assert answer.status_code == 302
    return str(answer.location)


def send(officer: Browser, page: str, *files: tuple[bytes, str], token: str = "t", **more: Any) -> Any:  # noqa: S107
    sent = [(io.BytesIO(content), name) for content, name in files]
    return officer.post(page, {"token": token, "files": sent}, content_type="multipart/form-data", **more)


def shown(officer: Browser, page: str) -> str:
    return str(officer.get(page).get_data(as_text=True))


def test_a_batch_is_begun_with_the_day_on_which_its_paper_came(officer: Browser, store: Store) -> None:
    page = begun(officer)
    with store.reading() as session:
        batch = session.scalars(select(Batch)).one()
    assert (page, batch.name, str(batch.received_on)) == ("/intake/1", "Post of 20 November 2026", "2026-11-20")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"received_on_day": "31", "received_on_month": "2", "received_on_year": "2026"}, "Give a date as day, month"),
        ({"received_on_day": "1", "received_on_month": "1", "received_on_year": "2126"}, "still to come"),
        (DAY | {"name": "x" * 121}, "at most 120 characters"),
    ],
)
def test_a_batch_that_is_not_in_order_is_not_begun(
    officer: Browser, store: Store, sent: dict[str, str], words: str
) -> None:
    answer = officer.post("/intake/", sent)
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    with store.reading() as session:
        assert session.scalars(select(Batch)).all() == []


def test_each_file_is_named_with_what_became_of_it(officer: Browser) -> None:
    page = begun(officer)
    answer = send(officer, page, (b"one", "one.pdf"), (b"one", "same.pdf"), (b"", "empty.pdf"))
    assert answer.location == page
    told = shown(officer, page)
    assert "3 files came in. 1 was here already. 1 was set aside: see below." in told
    rows = {name: told.split(f'<th scope="row">{name}</th>')[1].split("</tr>")[0] for name in ("one.pdf", "same.pdf")}
    assert "waits to be read" in rows["one.pdf"]
    assert "The same content came" in rows["same.pdf"]
    assert "The file is empty." in told


def test_the_script_sends_them_one_by_one_and_is_told_in_json(officer: Browser) -> None:
    page = begun(officer)
    answer = send(officer, page, (b"", "empty.pdf"), headers={"Accept": "application/json"})
    assert answer.get_json() == {
        "files": [{"name": "empty.pdf", "words": "Set aside. The file is empty. Scan or send it again.", "good": False}]
    }


def test_a_request_that_is_sent_again_is_no_second_coming(officer: Browser, store: Store) -> None:
    page = begun(officer)
    for _ in range(2):
        send(officer, page, (b"one", "one.pdf"), (b"one", "one.pdf"))
    send(officer, page, (b"one", "one.pdf"), token="another")  # noqa: S106
    with store.reading() as session:
        assert session.scalars(select(Arrival.is_repeat).order_by(Arrival.id)).all() == [False, True, True]
        assert len(session.scalars(select(ReceivedFile)).all()) == 1


def test_nothing_sent_is_said(officer: Browser) -> None:
    answer = officer.post(begun(officer), {"token": "t"})
    assert answer.status_code == 422
    assert "Choose at least one file." in answer.get_data(as_text=True)


def test_a_batch_that_is_not_there_is_said(officer: Browser) -> None:
    assert send(officer, "/intake/77", (b"one", "one.pdf")).status_code == 404
    assert officer.get("/intake/77").status_code == 404


def test_a_file_that_is_too_large_is_answered_in_words(app: Flask, officer: Browser) -> None:
    page = begun(officer)
    app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = send(officer, page, (b"x" * 2000, "large.pdf"))
    assert answer.status_code == 413
    assert "too large" in answer.get_data(as_text=True)


def test_a_full_disk_is_said_and_nothing_is_acknowledged(
    officer: Browser, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    page = begun(officer)
    monkeypatch.setattr(views, "receive", full)
    answer = send(officer, page, (b"one", "one.pdf"))
    assert answer.status_code == 507
    assert "The disk is full." in answer.get_data(as_text=True)
    with store.reading() as session:
        assert session.scalars(select(Arrival)).all() == []


@pytest.mark.parametrize("address", ["/intake/", "/"])
def test_what_hinders_intake_is_on_the_page_until_it_goes_well(officer: Browser, store: Store, address: str) -> None:
    trouble.tell(store.folder, "reading", trouble.FULL)
    assert "The disk is full." in shown(officer, address)
    trouble.tell(store.folder, "reading", None)
    assert "The disk is full." not in shown(officer, address)


def test_files_that_nobody_reads_are_said(officer: Browser, store: Store) -> None:
    send(officer, begun(officer), (b"one", "one.pdf"))
    assert "nothing reads them" in shown(officer, "/intake/")
    with _alone(store.folder):
        assert "nothing reads them" not in shown(officer, "/intake/")


def test_viewers_send_nothing_in(as_role: Callable[[Role], Browser]) -> None:
    viewer = as_role(Role.VIEWER)
    assert viewer.get("/intake/").status_code == 403
    assert viewer.post("/intake/", DAY).status_code == 403
