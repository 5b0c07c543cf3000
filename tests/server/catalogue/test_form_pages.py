"""The pages of forms."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from forms import library
from forms.loading import DefinitionError
from server.catalogue import uploading
from server.models.audit import AuditEvent
from server.models.form_versions import PrintedForm
from server.models.officers import Role
from server.store import Store
from tests.server.campaigns.made import campaign
from tests.server.conftest import Browser

SignIn = Callable[[Role], Browser]
SLIP = "/forms/reply-slip/library"


def words(answer: Any) -> str:
    text: str = answer.get_data(as_text=True)
    return text


def upload(browser: Browser, content: bytes, **more: Any) -> Any:
    return browser.post("/forms/new", {"file": (BytesIO(content), "mine.yaml")}, **more)


def own_form() -> bytes:
    return library.path_of("poll").read_bytes().replace(b"form: poll", b"form: our-poll")


def test_the_list_shows_each_form_its_drafts_and_where_it_is_used(as_role: SignIn, store: Store) -> None:
    made = campaign(store, name="Winter poll")
    page = words(as_role(Role.OFFICER).get("/forms/"))
    assert all(f'href="/forms/{name}/library"' in page for name in library.names())
    assert page.count("/forms/poll/") == 1
    assert f'<a href="/campaigns/{made.id}">Winter poll</a>' in page
    assert "draft" in page
    assert "Put in a form" not in page


def test_a_form_is_shown_as_a_screen_asks_it_in_the_language_asked_for(as_role: SignIn) -> None:
    browser = as_role(Role.OFFICER)
    english = words(browser.get("/forms/tsm-2026-27/library"))
    assert "Asked only when question" in english
    assert "<button" not in english.split('class="card step"')[1].split("</section>")[0]
    polish = words(browser.get("/forms/tsm-2026-27/library?language=pl"))
    assert "Ankieta satysfakcji" in polish
    assert '<section class="card" lang="pl" dir="ltr">' in polish
    assert 'dir="rtl"' in words(browser.get("/forms/poll/library?language=ar"))


def test_paper_that_was_not_made_yet_comes_later_and_then_at_once(as_role: SignIn) -> None:
    browser = as_role(Role.OFFICER)
    first = words(browser.get(f"{SLIP}/paper?size=a5"))
    address = f"{SLIP}/paper/clear/a5/en"
    assert f'hx-get="{address}/pages"' in first
    assert "<img" not in first
    part = words(browser.get(f"{address}/pages", headers={"HX-Request": "true"}))
    assert part.lstrip().startswith("<form")
    assert 'loading="lazy"' in part
    assert "<img" in words(browser.get(f"{SLIP}/paper?size=a5"))
    picture = browser.get(f"{address}/1.png")
    assert picture.mimetype == "image/png"
    assert picture.get_data().startswith(b"\x89PNG")
    pdf = browser.post(f"{address}/form.pdf")
    assert pdf.get_data().startswith(b"%PDF")
    assert pdf.headers["Content-Disposition"] == 'attachment; filename="reply-slip-clear-a5-en.pdf"'
    assert browser.get(f"{address}/99.png").status_code == 404


def test_the_printing_of_a_paper_that_is_given_out_is_known_from_then_on(as_role: SignIn, store: Store) -> None:
    browser = as_role(Role.OFFICER)
    for _ in range(2):
        pdf = browser.post(f"{SLIP}/paper/clear/a5/en/form.pdf").get_data()
    with store.reading() as session:
        kept = session.scalars(select(PrintedForm)).one()
        assert kept.form_version.name == "reply-slip"
    assert (kept.edition, kept.size, kept.language) == ("clear", "a5", "en")
    assert store.files.read(kept.pdf_sha256) == pdf


def test_paper_that_cannot_be_made_says_why(as_role: SignIn) -> None:
    page = words(as_role(Role.OFFICER).get(f"{SLIP}/paper/giant/a6/en/pages"))
    assert "This form cannot be printed so." in page
    assert "choose a larger size" in page


@pytest.mark.parametrize(
    "address",
    [
        "/forms/nothing/library",
        "/forms/poll/0000",
        f"{SLIP}/paper/tiny/a4/en/pages",
        f"{SLIP}/paper/clear/a9/en/1.png",
        f"{SLIP}/paper/clear/a4/cy/pages",
    ],
)
def test_what_there_is_not_is_a_page_that_says_so(as_role: SignIn, address: str) -> None:
    assert as_role(Role.OFFICER).get(address).status_code == 404


def test_a_manager_puts_in_a_form_once(as_role: SignIn, store: Store) -> None:
    browser = as_role(Role.MANAGER)
    assert "The form is here now." in words(upload(browser, own_form(), follow_redirects=True))
    assert "here already" in words(upload(browser, own_form(), follow_redirects=True))
    page = words(browser.get("/forms/"))
    assert page.count("/forms/our-poll/") == 1
    assert "put in here" in page
    with store.reading() as session:
        actions = session.scalars(select(AuditEvent.action)).all()
    assert actions.count("form added") == 1


def test_mistakes_in_a_form_are_shown_with_line_key_and_remedy(as_role: SignIn, store: Store) -> None:
    answer = upload(as_role(Role.MANAGER), own_form().replace(b"kind: one_choice", b"kind: one_choise"))
    page = words(answer)
    assert answer.status_code == 422
    assert "one_choise" in page
    assert '<td class="figure">' in page
    assert "Nothing was kept." in page
    with store.reading() as session:
        assert not session.scalars(select(AuditEvent).where(AuditEvent.action == "form added")).all()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Choose a file that is not empty."),
        (b"\x00\x01", "What is wrong"),
        (b"form: [", "What is wrong"),
    ],
)
def test_a_file_that_is_no_form_is_refused_in_words(as_role: SignIn, content: bytes, says: str) -> None:
    answer = upload(as_role(Role.MANAGER), content)
    assert answer.status_code == 422
    assert says in words(answer)


def test_a_file_larger_than_any_form_is_not_even_read(store: Store) -> None:
    with pytest.raises(DefinitionError, match="more than a million bytes"):
        uploading.upload(store, b"#" * 1_000_001, by="")


def test_an_officer_may_not_put_in_forms_and_a_viewer_not_see_them(as_role: SignIn) -> None:
    officer = as_role(Role.OFFICER)
    assert officer.get("/forms/new").status_code == 403
    assert upload(officer, own_form()).status_code == 403
    assert as_role(Role.VIEWER).get("/forms/").status_code == 403
