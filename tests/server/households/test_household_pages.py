"""The pages of households: listing, finding, one household, and importing as a manager does it."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from server.households import imports
from server.households.guessing import guessed
from server.models.audit import AuditEvent
from server.models.campaigns import Audience, Campaign, CampaignState, Invitation, Sampling
from server.models.copies import Copy, PrintRun, RunKind
from server.models.form_versions import FormVersion
from server.models.households import Household
from server.models.officers import Role
from server.models.responses import Response
from server.store import Store
from tests.server.conftest import Browser

LIST = """UPRN,Tenant name,Address,Postcode,Phone,Area,Scheme,Tenure
1001,Ada Marsh,1 Mill Lane,nf11aa,0161 496 0001,North,Rose Court,Secure
1002,Siân O'Neill,2 Mill Lane,NF1 1AA,+44 (161) 4960002,North,,Secure
1003,Dev Powell,3 Mill Lane,SF2 3BB,,South,,Leasehold
"""
AsRole = Callable[[Role], Browser]


@pytest.fixture
def filled(store: Store) -> Store:
    for content in (LIST + "1004,Gone Away,,,,South,,\n", LIST):
        number = imports.begin(store, content.encode(), by=None)
        table = imports.table_of_import(store, number)
        imports.apply(store, number, guessed(table.headings), table=table, by=None)
    return store


@pytest.fixture
def officer(as_role: AsRole) -> Browser:
    return as_role(Role.OFFICER)


@pytest.fixture
def manager(as_role: AsRole) -> Browser:
    return as_role(Role.MANAGER)


def text(answer: Any) -> str:
    found: str = answer.get_data(as_text=True)
    return found


def codes(answer: Any) -> list[str]:
    return re.findall(r">(10\d\d)</a>", text(answer))


def uid_of(store: Store, code: str) -> str:
    with store.reading() as session:
        return session.scalars(select(Household.uid).where(Household.code == code)).one()


def uploaded(browser: Browser, content: bytes, name: str = "list.csv") -> Any:
    return browser.post("/households/import", {"file": (BytesIO(content), name)}, content_type="multipart/form-data")


def test_without_households_the_page_says_how_to_import_them(manager: Browser) -> None:
    page = text(manager.get("/households/"))
    assert "no households yet" in page
    assert "/households/example.csv" in page


def test_an_officer_is_told_that_a_manager_imports(officer: Browser) -> None:
    page = text(officer.get("/households/"))
    assert "A manager can import them" in page
    assert "/households/import" not in page
    assert officer.get("/households/import").status_code == 403


@pytest.mark.usefixtures("filled")
def test_the_list_shows_who_is_here_and_counts_them_by_place(officer: Browser) -> None:
    page = officer.get("/households/")
    assert codes(page) == ["1001", "1002", "1003"]
    cells = re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td><td class=\"figure\">(\d+)</td></tr>", text(page))
    assert cells == [("North", "No scheme", "1"), ("North", "Rose Court", "1"), ("South", "No scheme", "1")]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("area=North", ["1001", "1002"]),
        ("scheme=Rose+Court", ["1001"]),
        ("tenure=Leasehold", ["1003"]),
        ("area=North&tenure=Leasehold", []),
        ("show=gone", ["1004"]),
        ("page=2", []),
    ],
)
def test_the_list_can_be_narrowed(officer: Browser, query: str, found: list[str]) -> None:
    assert codes(officer.get(f"/households/?{query}")) == found


def test_a_long_list_comes_in_pages(store: Store, officer: Browser) -> None:
    with store.writing() as session:
        session.add_all(Household(code=str(code)) for code in range(1000, 1060))
    assert codes(officer.get("/households/?page=2")) == [str(code) for code in range(1050, 1060)]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("1002", ["1002"]),
        ("SIÂN", ["1002"]),
        ("o'ne", ["1002"]),
        ("nf1 1aa", ["1001", "1002"]),
        ("SF2", ["1003"]),
        ("0161 4960001", ["1001"]),
        ("+44 161 496 0001", ["1001"]),
        ("0161-496-0002", ["1002"]),
        ("gone away", ["1004"]),
        ("%", []),
        ("nobody", []),
    ],
)
def test_a_household_is_found(officer: Browser, words: str, found: list[str]) -> None:
    assert codes(officer.post("/households/search", {"words": words})) == found


@pytest.mark.usefixtures("filled")
def test_a_search_for_nothing_says_so(officer: Browser) -> None:
    answer = officer.post("/households/search", {"words": " "})
    assert answer.status_code == 422
    assert "Fill this in." in text(answer)


def test_a_search_that_finds_many_says_that_there_are_more(store: Store, officer: Browser) -> None:
    number = imports.begin(store, ("UPRN,Name\n" + "".join(f"{1000 + n},Ada\n" for n in range(60))).encode(), by=None)
    table = imports.table_of_import(store, number)
    imports.apply(store, number, guessed(table.headings), table=table, by=None)
    page = officer.post("/households/search", {"words": "ada"})
    assert "60 households found" in text(page)
    assert len(codes(page)) == 50
    assert "first 50" in text(page)


def test_a_household_shows_what_it_was_asked_and_only_when_it_answered(filled: Store, officer: Browser) -> None:
    uid = uid_of(filled, "1001")
    with filled.writing() as session:
        asked(session, session.scalars(select(Household.id).where(Household.uid == uid)).one())
    page = text(officer.get(f"/households/{uid}"))
    for words in ("Ada Marsh", "NF1 1AA", "Survey one", "Left out: too new", "AAA-1", "AAA-2", "20 November 2026"):
        assert words in page
    assert page.count("Not yet") == 1


def asked(session: Any, household_id: int) -> None:
    """Invite a household to one campaign, leave it out of another, and issue two copies, one of them answered."""
    form = FormVersion(name="t", version="1", title="T", definition="{}", content_sha256="0")
    session.add(form)
    session.flush()
    one, two = (
        Campaign(
            name=name, form_version_id=form.id, state=CampaignState.OPEN, opens_on=date(2026, 11, 1),
            closes_on=date(2026, 12, 1), channels=["paper"], audience=Audience.INVITED, sampling=Sampling.CENSUS,
            survey_round="r",
        )
        for name in ("Survey one", "Survey two")
    )  # fmt: skip
    session.add_all([one, two])
    session.flush()
    session.add_all(
        [
            Invitation(campaign_id=one.id, household_id=household_id),
            Invitation(campaign_id=two.id, household_id=household_id, left_out_because="too new"),
        ]
    )
    run = PrintRun(campaign_id=one.id, kind=RunKind.HOUSEHOLDS, edition="clear", size="a4", language="en",
                   copies_wanted=2)  # fmt: skip
    session.add(run)
    session.flush()
    copies = [
        Copy(code=f"AAA-{number}", campaign_id=one.id, print_run_id=run.id, number=number, household_id=household_id)
        for number in (1, 2)
    ]
    session.add_all(copies)
    session.flush()
    session.add(Response(
        uid="u", content_sha256="1", receipt="R1", campaign_id=one.id, form_version_id=form.id, copy_id=copies[0].id,
        household_id=household_id, channel="paper", received_on=date(2026, 11, 20), language="en", format="clear",
    ))  # fmt: skip


def test_there_is_no_page_of_an_unknown_or_erased_household(filled: Store, officer: Browser) -> None:
    uid = uid_of(filled, "1001")
    with filled.writing() as session:
        session.scalars(select(Household).where(Household.uid == uid)).one().code = None
    assert officer.get(f"/households/{uid}").status_code == 404
    assert officer.get("/households/00000000-0000-4000-8000-000000000000").status_code == 404


def test_the_wish_not_to_be_reminded_is_switched_and_noted(filled: Store, officer: Browser) -> None:
    uid = uid_of(filled, "1001")
    for wanted in ("yes", "yes", "no"):
        assert officer.post(f"/households/{uid}/reminders", {"wants_none": wanted}).status_code == 302
        with filled.reading() as session:
            household = session.scalars(select(Household).where(Household.uid == uid)).one()
            assert household.wants_no_reminder == (wanted == "yes")
    with filled.reading() as session:
        actions = session.scalars(select(AuditEvent.action).where(AuditEvent.subject == f"household {uid}")).all()
    assert actions == ["reminders stopped", "reminders allowed"]


def test_a_manager_imports_a_list(store: Store, manager: Browser) -> None:
    waiting = uploaded(manager, LIST.encode())
    page = text(manager.get(waiting.location))
    assert "Siân O&#39;Neill" in page
    chosen = dict(re.findall(r'<select id="(column-\d)".*?<option value="(\w+)" selected>', page, re.DOTALL))
    assert chosen["column-0"] == "code"
    done = manager.post(f"{waiting.location}/apply", {**chosen, "column-7": "profile"})
    report = text(manager.get(done.location))
    assert "The households are imported." in report
    assert "Nothing was odd" in report
    with store.reading() as session:
        assert session.scalars(select(Household).where(Household.code == "1001")).one().profile == {"Tenure": "Secure"}


def test_columns_matched_wrongly_are_shown_again_with_what_is_wrong(store: Store, manager: Browser) -> None:
    waiting = uploaded(manager, b"Key,Name\n1,a")
    fields = {"column-0": "code", "column-1": "code"}
    answer = manager.post(f"{waiting.location}/apply", fields)
    assert answer.status_code == 422
    assert "is matched with “Key” already" in text(answer)
    assert "which column holds the code" in text(manager.post(f"{waiting.location}/apply", {"column-0": "name"}))
    with store.reading() as session:
        assert session.scalars(select(Household)).all() == []


def test_an_import_is_given_up(store: Store, manager: Browser) -> None:
    waiting = uploaded(manager, LIST.encode())
    answer = manager.post(f"{waiting.location}/give-up")
    assert "No household has changed" in text(manager.get(answer.location))
    assert list(store.files.names()) == []
    assert manager.get(waiting.location).status_code == 404


@pytest.mark.parametrize(("content", "words"), [(b"\x00\x01", "neither a CSV file"), (b"PK\x03\x04", "broken")])
def test_a_file_that_cannot_be_read_is_refused_beside_its_field(manager: Browser, content: bytes, words: str) -> None:
    answer = uploaded(manager, content)
    assert answer.status_code == 422
    assert words in text(answer)


def test_no_file_is_refused(manager: Browser) -> None:
    answer = manager.post("/households/import", {})
    assert answer.status_code == 422
    assert "Choose a file." in text(answer)


def test_the_report_to_download_has_every_oddity_and_no_formula(manager: Browser) -> None:
    waiting = uploaded(manager, b"UPRN,=HYPERLINK(1)\n1,secret words\n1,twice\n")
    done = manager.post(f"{waiting.location}/apply", {"column-0": "code", "column-1": "postcode"})
    page = text(manager.get(done.location))
    assert "The code is the same as in row 2." in page
    content = manager.get(f"{done.location}/oddities.csv")
    assert content.headers["Content-Type"].startswith("text/csv")
    assert content.get_data().decode("utf-8-sig").splitlines() == [
        "Row,Column,What is odd,What was done",
        "2,'=HYPERLINK(1),This cannot be a UK postcode.,kept as it is",
        "3,UPRN,The code is the same as in row 2.,row left out",
    ]
    assert "secret" not in page + text(content)


def test_the_example_is_a_list_that_can_be_imported_as_guessed(store: Store, manager: Browser) -> None:
    waiting = uploaded(manager, manager.get("/households/example.csv").get_data())
    page = text(manager.get(waiting.location))
    chosen = dict(re.findall(r'<select id="(column-\d+)".*?<option value="(\w+)" selected>', page, re.DOTALL))
    assert "leave_out" not in chosen.values()
    report = text(manager.get(manager.post(f"{waiting.location}/apply", chosen).location))
    assert "Nothing was odd" in report
    with store.reading() as session:
        assert len(session.scalars(select(Household)).all()) == 3
