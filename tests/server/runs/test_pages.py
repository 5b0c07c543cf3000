"""The pages of print runs: asking for one, seeing how far it is, and fetching what came of it."""

import csv
import io
from collections.abc import Callable

import pytest
from python_calamine import CalamineWorkbook

from server.models.audit import AuditEvent
from server.models.campaigns import CampaignState, Channel
from server.models.copies import PrintRun, RunKind, RunState
from server.models.officers import Role
from server.runs.making import make_waiting
from server.store import Store
from tests.server.conftest import Browser
from tests.server.runs.conftest import add_campaign, add_household, add_run, copies_of, run_of

AsRole = Callable[[Role], Browser]
PAPER = {"edition": "clear", "size": "a4", "language": "en"}
FILES = ("run.pdf", "labels.pdf", "letters.pdf", "index.csv", "index.xlsx")


def runs(store: Store) -> list[PrintRun]:
    with store.reading() as session:
        return list(session.query(PrintRun))


def words(answer: object) -> str:
    return str(answer.get_data(as_text=True))  # type: ignore[attr-defined]


@pytest.fixture
def made(store: Store, quick_printing: Callable[[], int]) -> int:
    """Give the number of a run for one household, made."""
    del quick_printing
    campaign = add_campaign(store)
    add_household(store, campaign, '=HYPERLINK("evil")')
    run_id = add_run(store, campaign, RunKind.HOUSEHOLDS, letter="Hello there.")
    make_waiting(store)
    return run_id


def test_a_manager_asks_for_copies_and_a_waiting_run_is_written_down(store: Store, as_role: AsRole) -> None:
    campaign, browser = add_campaign(store), as_role(Role.MANAGER)
    answer = browser.post(f"/print/new?campaign={campaign.id}&kind=copies", {**PAPER, "copies": "20"})
    (run,) = runs(store)
    assert answer.location == f"/print/{run.id}"
    assert (run.state, run.kind, run.copies_wanted, run.letter) == (RunState.WAITING, RunKind.COPIES, 20, "")
    assert "It is being made" in words(browser.get(answer.location))
    with store.reading() as session:
        (event,) = session.query(AuditEvent).filter_by(action="print run asked for")
    assert event.subject == f"print run {run.id}"
    assert '"copies": 20' in event.detail


def test_a_run_for_households_takes_the_letter_as_the_officer_changed_it(store: Store, as_role: AsRole) -> None:
    campaign, browser = add_campaign(store), as_role(Role.MANAGER)
    add_household(store, campaign, "T1")
    address = f"/print/new?campaign={campaign.id}&kind=households"
    page = words(browser.get(address))
    assert "1, one for each household" in page
    for part in ("about 2 minutes", "Freepost MELTON HOUSING", "do not need a stamp", "01664 502502", "up to you"):
        assert part in page
    browser.post(address, {**PAPER, "letter": "Our own words.\r\n\r\nThank you."})
    (run,) = runs(store)
    assert (run.copies_wanted, run.letter) == (1, "Our own words.\n\nThank you.")


def test_a_campaign_with_a_screen_and_without_freepost_says_so_in_its_letter(store: Store, as_role: AsRole) -> None:
    campaign = add_campaign(store, channels=[Channel.PAPER, Channel.KIOSK])
    page = words(as_role(Role.MANAGER).get(f"/print/new?campaign={campaign.id}&kind=reminder"))
    assert "touch screen" in page
    assert "We do not have your answer yet" in page


@pytest.mark.parametrize(
    ("kind", "changed", "mistake"),
    [
        ("copies", {"copies": "0"}, "Give a number of at least 1."),
        ("copies", {"copies": "5001"}, "Give a number of at most 5000."),
        ("copies", {"copies": "ten"}, "Give a whole number."),
        ("copies", {"language": "de"}, "Choose one of these."),
        ("copies", {"edition": "tiny"}, "Choose one of these."),
        ("households", {"letter": "We want to know.\n\n" * 40}, "longer than one page"),
        ("households", {"letter": "你好"}, "Paper has no letters for these"),
        ("reminder", {}, "No household is left to remind"),
    ],
)
def test_what_cannot_be_printed_is_said_beside_its_field_and_nothing_is_written(
    store: Store, as_role: AsRole, kind: str, changed: dict[str, str], mistake: str
) -> None:
    campaign, browser = add_campaign(store), as_role(Role.MANAGER)
    if kind == "households":
        add_household(store, campaign, "T1")
    answer = browser.post(f"/print/new?campaign={campaign.id}&kind={kind}", {**PAPER, "copies": "2", **changed})
    assert answer.status_code == 422
    assert mistake in words(answer)
    assert runs(store) == []


def test_only_campaigns_that_are_not_closed_and_take_paper_are_offered(store: Store, as_role: AsRole) -> None:
    add_campaign(store, "Open one")
    add_campaign(store, "Draft one", state=CampaignState.DRAFT)
    closed = add_campaign(store, "Closed one", state=CampaignState.CLOSED)
    add_campaign(store, "Screen only", channels=[Channel.KIOSK])
    browser = as_role(Role.MANAGER)
    page = words(browser.get("/print/"))
    assert "Open one (open)" in page
    assert "Draft one (draft)" in page
    assert "Closed one" not in page
    assert "Screen only" not in page
    assert browser.get(f"/print/new?campaign={closed.id}&kind=copies").status_code == 404
    assert browser.post(f"/print/new?campaign={closed.id}&kind=copies", {**PAPER, "copies": "2"}).status_code == 404


@pytest.mark.parametrize("query", ["", "?campaign=1", "?campaign=x&kind=copies", "?campaign=1&kind=all"])
def test_an_address_that_names_no_campaign_or_kind_leads_back_to_the_list(as_role: AsRole, query: str) -> None:
    answer = as_role(Role.MANAGER).get(f"/print/new{query}")
    assert answer.status_code == 422
    assert "There is a problem" in words(answer)


def test_an_officer_sees_runs_and_fetches_them_but_asks_for_none(made: int, as_role: AsRole) -> None:
    browser = as_role(Role.OFFICER)
    assert "New run" not in words(browser.get("/print/"))
    assert "It is ready" in words(browser.get(f"/print/{made}"))
    assert [browser.get(f"/print/{made}/{file}", buffered=True).status_code for file in FILES] == [200] * 5
    assert browser.get("/print/new").status_code == 403
    assert browser.post("/print/new?campaign=1&kind=copies", PAPER).status_code == 403


def test_a_viewer_sees_nothing_of_print_runs(made: int, as_role: AsRole) -> None:
    browser = as_role(Role.VIEWER)
    pages = ["/print/", f"/print/{made}", f"/print/{made}/state", *(f"/print/{made}/{file}" for file in FILES)]
    assert {browser.get(page).status_code for page in pages} == {403}


def test_files_come_whole_under_harmless_names_and_stay_in_no_cache(store: Store, made: int, as_role: AsRole) -> None:
    browser, run = as_role(Role.OFFICER), run_of(store, made)
    for what, name in (("run", run.pdf_sha256), ("labels", run.labels_sha256), ("letters", run.letters_sha256)):
        answer = browser.get(f"/print/{made}/{what}.pdf", buffered=True)
        assert name is not None
        assert answer.data == store.files.read(name)
        assert answer.content_length == len(answer.data)
        assert answer.headers["Cache-Control"] == "no-store"
        ending = "" if what == "run" else f"-{what}"
        assert answer.headers["Content-Disposition"] == f"attachment; filename=run-{made}{ending}.pdf"


def test_the_index_names_copy_code_and_household_in_cells_that_cannot_run(
    store: Store, made: int, as_role: AsRole
) -> None:
    browser, (copy,) = as_role(Role.OFFICER), copies_of(store, made)
    table = list(csv.reader(io.StringIO(browser.get(f"/print/{made}/index.csv").data.decode("utf-8-sig"))))
    assert table == [["Copy", "Code", "Household"], ["1", copy.code, '\'=HYPERLINK("evil")']]
    book = CalamineWorkbook.from_filelike(io.BytesIO(browser.get(f"/print/{made}/index.xlsx").data))
    assert book.get_sheet_by_index(0).to_python()[1] == [1, copy.code, '=HYPERLINK("evil")']


def test_a_waiting_run_asks_for_its_state_until_that_changes_and_can_be_looked_at_again(
    store: Store, as_role: AsRole
) -> None:
    run_id, browser = add_run(store, add_campaign(store), language="de"), as_role(Role.OFFICER)
    page = words(browser.get(f"/print/{run_id}"))
    assert f'hx-get="/print/{run_id}/state"' in page
    assert f'href="/print/{run_id}">Look again' in page
    assert browser.get(f"/print/{run_id}/state").status_code == 204
    assert browser.get(f"/print/{run_id}/run.pdf").status_code == 404
    make_waiting(store)
    part = words(browser.get(f"/print/{run_id}/state"))
    assert "It could not be made" in part
    assert "hx-get" not in part
    assert "<html" not in part


def test_a_failed_run_says_why(store: Store, as_role: AsRole) -> None:
    run_id = add_run(store, add_campaign(store), language="de")
    make_waiting(store)
    assert "Poll is not in &#39;de&#39;" in words(as_role(Role.OFFICER).get(f"/print/{run_id}"))


def test_a_run_that_is_not_there_is_said_to_be_so(as_role: AsRole) -> None:
    browser = as_role(Role.OFFICER)
    for page in ("/print/9", "/print/9/state", "/print/9/run.pdf", "/print/9/index.csv"):
        answer = browser.get(page)
        assert answer.status_code == 404
        assert "no print run 9" in words(answer)


def test_labels_that_were_removed_are_said_to_be_removed(store: Store, made: int, as_role: AsRole) -> None:
    with store.writing() as session:
        run = session.get_one(PrintRun, made)
        run.labels_sha256 = run.letters_sha256 = None
    browser = as_role(Role.OFFICER)
    assert "were removed" in words(browser.get(f"/print/{made}"))
    assert browser.get(f"/print/{made}/labels.pdf").status_code == 404
