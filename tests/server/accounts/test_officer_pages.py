"""An administrator's pages for officers' accounts."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from server.accounts import officers
from server.models.officers import Officer, Role
from server.store import Store
from tests.server.conftest import PASSWORD, Browser

NEW = {"name": "Ben Moss", "username": "Ben", "role": "manager", "password": "kettle orbit plum"}


@pytest.fixture
def admin(as_role: Callable[[Role], Browser]) -> Browser:
    return as_role(Role.ADMINISTRATOR)


def found(store: Store, username: str) -> Officer:
    with store.reading() as session:
        return session.scalars(select(Officer).where(Officer.username == username)).one()


def text(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def test_the_list_shows_who_may_sign_in_and_how(admin: Browser, store: Store, anna: Officer) -> None:
    officers.disable(store, anna.uid, by=None)
    with store.writing() as session:
        session.get_one(Officer, anna.id).totp_secret = "JBSWY3DPEHPK3PXP"  # noqa: S105
    page = text(admin.get("/officers/"))
    first, second = page.split("<tbody>")[1].split("<tr>")[1:]
    assert "Administrator" in first
    assert "never" not in first
    for words in ("Anna Field", "<td>anna</td>", "<td>officer</td>", "never", "<td>yes</td>", "disabled"):
        assert words in second


def test_an_officer_is_added_and_may_sign_in(admin: Browser, browser: Browser) -> None:
    answer = admin.post("/officers/add", NEW)
    assert answer.location == "/officers/"
    assert "Ben Moss may sign in as ben." in text(admin.get("/officers/"))
    assert browser.post("/sign-in", {"username": "ben", "password": NEW["password"]}).status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("username", "administrator", "There is already an officer"),
        ("username", "two words", "no spaces"),
        ("password", "short", "12 to 200 characters"),
        ("role", "king", "Choose one of these."),
        ("name", " ", "Fill this in."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(field: str, value: str, words: str, admin: Browser) -> None:
    answer = admin.post("/officers/add", {**NEW, field: value})
    assert answer.status_code == 422
    assert words in text(answer).split(f'id="{field}-mistake">')[1].split("</p>")[0]


def test_an_officers_page_changes_their_account(admin: Browser, store: Store, anna: Officer, browser: Browser) -> None:
    page = f"/officers/{anna.uid}"
    assert admin.post(page, {"name": "Anna Moss", "role": "manager"}).location == page
    assert found(store, "anna").name == "Anna Moss"
    assert admin.post(f"{page}/password", {"password": "kettle orbit plum"}).location == page
    assert browser.post("/sign-in", {"username": "anna", "password": PASSWORD}).status_code == 422
    assert admin.post(f"{page}/disable").location == page
    assert "Enable the account" in text(admin.get(page))
    assert admin.post(f"{page}/enable").location == page
    assert browser.post("/sign-in", {"username": "anna", "password": "kettle orbit plum"}).status_code == 302


def test_a_lost_telephone_is_forgotten(admin: Browser, store: Store, anna: Officer) -> None:
    page = f"/officers/{anna.uid}"
    assert "Lost telephone" not in text(admin.get(page))
    with store.writing() as session:
        session.get_one(Officer, anna.id).totp_secret = "JBSWY3DPEHPK3PXP"  # noqa: S105
    assert "Lost telephone" in text(admin.get(page))
    assert admin.post(f"{page}/second-factor/forget").location == page
    assert found(store, "anna").totp_secret is None


def test_an_easy_password_is_refused_on_the_page(admin: Browser, anna: Officer) -> None:
    answer = admin.post(f"/officers/{anna.uid}/password", {"password": "password1234"})
    assert answer.status_code == 422
    assert "too easy to guess" in text(answer)


def test_the_last_administrator_is_told_why_not(admin: Browser, store: Store) -> None:
    own = found(store, "administrator")
    demoted = admin.post(f"/officers/{own.uid}", {"name": "Me", "role": "viewer"})
    disabled = admin.post(f"/officers/{own.uid}/disable")
    for answer in (demoted, disabled):
        assert answer.status_code == 422
        assert "last administrator who can sign in" in text(answer)
    assert admin.get("/officers/").status_code == 200


def test_ones_own_page_points_to_where_the_password_is_asked_for(admin: Browser, store: Store) -> None:
    page = f"/officers/{found(store, 'administrator').uid}"
    assert "Give this password" not in text(admin.get(page))
    answer = admin.post(f"{page}/password", {"password": "kettle orbit plum"})
    assert answer.status_code == 400
    assert "This is your own account." in text(answer)


def test_nobody_of_that_uid_is_a_page_that_says_so(admin: Browser) -> None:
    answer = admin.get("/officers/00000000-0000-4000-8000-000000000000")
    assert answer.status_code == 404
    assert "There is no such officer." in text(answer)
