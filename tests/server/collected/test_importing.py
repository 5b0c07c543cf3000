"""An import of answers on both databases: once, whole, and nothing of it lost."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import func, select

from server.accounts import officers
from server.collected import importing, waiting
from server.collected.rows import Setup
from server.collected.values import Direction
from server.errors import NotFoundError, RefusedError
from server.figures.directions import Population, direction
from server.figures.years import ReportingYear
from server.models.campaigns import Campaign, CampaignState
from server.models.collected import CollectedImport
from server.models.officers import Officer, Role
from server.models.responses import ContactDetails, Response
from server.people.erasing import erase
from server.queries.collected import import_of, recent_imports
from server.queries.counted import scope_of
from server.queries.measures import counts_of
from server.store import Store
from tests.server.conftest import Browser
from tests.server.filling import new_campaign, new_copy
from tests.server.reports.homes import a_home, invite

TODAY = date(2026, 11, 26)
TABLE = "TP01,uprn,comment\nneither,H1,=a\nvery satisfied,H2,\nHappy,H1,\nneither,H3,\nfairly satisfied,,\n"
COLUMNS = {"TP01": "overall", "uprn": "@household", "comment": "comment"}


def matched(columns: dict[str, str] = COLUMNS) -> Setup:
    return Setup(columns, "telephone", TODAY, Direction.WORDS)


def town(store: Store) -> tuple[Campaign, Officer]:
    campaign = new_campaign(store)
    with store.writing() as session:
        for number, because in ((1, None), (2, None), (3, "Asked not to be")):
            invite(session, campaign, a_home(session, number), because)
    return campaign, officers.add(store, "mia", "Mia", Role.MANAGER, "three random words", by=None)


def begun(store: Store, campaign: Campaign, by: Officer, table: str = TABLE, how: Setup | None = None) -> str:
    key = waiting.begin(store, table.encode(), "calls.csv", campaign.id, by=by)
    waiting.match(store, key, how or matched())
    return key


def applied(store: Store, key: str, by: Officer) -> CollectedImport:
    importing.apply(store, key, TODAY, by=by)
    with store.reading() as session:
        return import_of(session, key)


def test_rows_become_responses_of_their_homes_and_count_by_their_method(any_store: Store) -> None:
    campaign, mia = town(any_store)
    done = applied(any_store, begun(any_store, campaign, mia), mia)
    assert (done.rows, done.saved, done.there_already, done.refused) == (5, 3, 0, 2)
    with any_store.reading() as session:
        scope = scope_of(session, ReportingYear(2026), Population.RENTED, direction())
        counts = counts_of(session, scope, direction())
        kept = session.scalars(select(Response).order_by(Response.id)).all()
        assert session.scalar(select(func.count()).select_from(ContactDetails)) == 0
    assert counts.answers == 2
    assert {method.value: number for method, number in counts.by_method.items() if number} == {"telephone": 2}
    assert {(one.channel, one.method, one.received_on) for one in kept} == {("imported", "telephone", TODAY)}


def test_refused_rows_are_kept_as_a_file_and_the_table_is_not(any_store: Store) -> None:
    campaign, mia = town(any_store)
    key = begun(any_store, campaign, mia)
    done = applied(any_store, key, mia)
    refused = importing.refused_of(any_store, done).decode("utf-8-sig").splitlines()
    assert refused[0] == "Row,What is wrong,TP01,uprn,comment"
    assert [line.split(",")[0] for line in refused[1:]] == ["4", "5"]
    assert list(any_store.files.names()) == [done.refused_sha256]
    for again in (lambda: applied(any_store, key, mia), lambda: waiting.match(any_store, key, matched())):
        with pytest.raises(RefusedError, match="done already"):
            again()


def test_the_same_file_imported_again_adds_nothing_however_it_is_matched(any_store: Store) -> None:
    campaign, mia = town(any_store)
    applied(any_store, begun(any_store, campaign, mia), mia)
    otherwise = matched({"TP01": "overall", "uprn": "@leave_out", "comment": "@leave_out"})
    done = applied(any_store, begun(any_store, campaign, mia, how=otherwise), mia)
    assert (done.saved, done.there_already) == (1, 3)
    with any_store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 4


def test_the_code_of_a_paper_form_names_the_copy(any_store: Store) -> None:
    campaign, mia = town(any_store)
    table = f"TP01,code\nneither,{new_copy(any_store, campaign).lower()}\n"
    key = begun(any_store, campaign, mia, table, matched({"TP01": "overall", "code": "@copy_code"}))
    assert applied(any_store, key, mia).saved == 1
    with any_store.reading() as session:
        assert session.scalars(select(Response.copy_id)).one() is not None


def test_an_import_that_fails_leaves_its_table_and_nothing_else(
    any_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign, mia = town(any_store)
    key = begun(any_store, campaign, mia)
    before = list(any_store.files.names())

    def fail(*_: object, **__: object) -> None:
        raise RefusedError("the disk is full.")

    monkeypatch.setattr(importing, "note", fail)
    with pytest.raises(RefusedError, match="full"):
        importing.apply(any_store, key, TODAY, by=mia)
    assert list(any_store.files.names()) == before
    with any_store.reading() as session:
        assert session.scalars(select(Response)).all() == []
        assert import_of(session, key).applied_at is None


def test_a_removed_import_leaves_no_file_and_its_responses(any_store: Store) -> None:
    campaign, mia = town(any_store)
    done, other = begun(any_store, campaign, mia), begun(any_store, campaign, mia, "TP01,uprn,comment\nneither,H1,\n")
    applied(any_store, done, mia)
    assert [waiting.remove(any_store, key, by=mia) for key in (done, other)] == [True, False]
    assert list(any_store.files.names()) == []
    with any_store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 3
        with pytest.raises(NotFoundError):
            import_of(session, done)


def test_erasing_anybody_lets_go_of_what_waits_and_of_refused_rows(any_store: Store) -> None:
    campaign, mia = town(any_store)
    done, other = begun(any_store, campaign, mia), begun(any_store, campaign, mia, "TP01,uprn,comment\nneither,H1,\n")
    applied(any_store, done, mia)
    with any_store.reading() as session:
        walk_in = session.scalars(select(Response.id).where(Response.household_id.is_(None))).one()
    erase(any_store, f"response-{walk_in}", by=mia)
    assert list(any_store.files.names()) == []
    with any_store.reading() as session:
        assert [one.uid for one, *_ in recent_imports(session)] == [done]
        with pytest.raises(NotFoundError, match="Choose its file again"):
            importing.refused_of(any_store, import_of(session, done))
        with pytest.raises(NotFoundError):
            import_of(session, other)


def test_nothing_is_put_into_a_campaign_that_is_not_open(any_store: Store) -> None:
    campaign, mia = town(any_store)
    key = begun(any_store, campaign, mia)
    with any_store.writing() as session:
        session.get_one(Campaign, campaign.id).state = CampaignState.CLOSED
    with pytest.raises(RefusedError, match="not open"):
        importing.apply(any_store, key, TODAY, by=mia)


def test_an_import_goes_through_its_pages(as_role: Callable[[Role], Browser], store: Store) -> None:
    campaign, _ = town(store)
    manager = as_role(Role.MANAGER)
    assert manager.post("/collected/", {"campaign": campaign.id}).status_code == 422
    sent = {"campaign": str(campaign.id), "file": (BytesIO(TABLE.encode()), "calls.csv")}
    answer = manager.post("/collected/", sent, content_type="multipart/form-data")
    address = answer.headers["Location"].removesuffix("/columns")
    page = manager.get(f"{address}/columns").get_data(as_text=True)
    assert '<option value="overall" selected>' in page
    fields = {
        "column-0": "overall",
        "column-1": "overall",
        "column-2": "comment",
        "method": "sms",
        "direction": "words",
    }
    fields |= {"received_on_day": "31", "received_on_month": "2", "received_on_year": "2026"}
    wrong = manager.post(f"{address}/columns", fields)
    assert wrong.status_code == 422
    assert "already" in wrong.get_data(as_text=True)
    assert "Give a date" in wrong.get_data(as_text=True)
    fields |= {"column-1": "@household", "received_on_day": "3"}
    assert manager.post(f"{address}/columns", fields).status_code == 302
    page = manager.get(address).get_data(as_text=True)
    assert "Import 3 responses" in page
    assert "Happy" in manager.get(f"{address}/refused.csv").get_data(as_text=True)
    assert manager.post(f"{address}/apply").status_code == 302
    assert "2 rows were refused" in manager.get(address).get_data(as_text=True)
    assert "Happy" in manager.get(f"{address}/refused.csv").get_data(as_text=True)
    with store.writing() as session:
        session.get_one(Campaign, campaign.id).state = CampaignState.CLOSED
    listing = manager.get("/collected/").get_data(as_text=True)
    assert "calls.csv" in listing
    assert campaign.name in listing, "also when it is closed"
    assert manager.get(f"{address}/columns").status_code == 400
    assert manager.post(f"{address}/remove").status_code == 302
    assert manager.get(address).status_code == 404
    assert manager.get("/collected/..").status_code == 404
