"""The settings page: sites, kiosks and their keys, and what is shown of the settings file."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from server.errors import RefusedError
from server.installation import kiosks, sites
from server.installation.condition import condition
from server.models.audit import AuditEvent
from server.models.base import now
from server.models.campaigns import Site
from server.models.kiosks import Kiosk
from server.models.officers import Role
from server.store import Store
from tests.server.conftest import Browser, made_store
from tests.server.filling import a_campaign

AsRole = Callable[[Role], Browser]


def named(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(Site.name).order_by(Site.id)))


def events(store: Store) -> list[tuple[str, str]]:
    with store.reading() as session:
        return [(event.action, event.subject) for event in session.scalars(select(AuditEvent))]


def test_a_site_is_added_renamed_and_removed_and_each_is_in_the_log(any_store: Store) -> None:
    site = sites.add(any_store, "Parkside", by=None)
    sites.rename(any_store, site.id, "Parkside reception", by=None)
    assert named(any_store) == ["Parkside reception"]
    sites.remove(any_store, site.id, by=None)
    assert named(any_store) == []
    assert events(any_store) == [(f"site {done}", f"site {site.id}") for done in ("added", "renamed", "removed")]


def test_no_two_sites_or_kiosks_have_the_same_name_in_whatever_letters(any_store: Store) -> None:
    first, second = (sites.add(any_store, name, by=None) for name in ("Parkside", "Gretton Court"))
    with pytest.raises(RefusedError, match="already a site"):
        sites.add(any_store, "PARKSIDE", by=None)
    with pytest.raises(RefusedError, match="already a site"):
        sites.rename(any_store, second.id, "parkside", by=None)
    sites.rename(any_store, first.id, "PARKSIDE", by=None)
    kiosks.add(any_store, "Screen", first.id, by=None)
    with pytest.raises(RefusedError, match="already a kiosk"):
        kiosks.add(any_store, "screen", second.id, by=None)


def in_a_campaign(store: Store, site_id: int) -> None:
    with store.writing() as session:
        campaign = a_campaign(session)
        campaign.sites.append(session.get_one(Site, site_id))


def with_a_kiosk(store: Store, site_id: int) -> None:
    kiosks.add(store, "Screen", site_id, by=None)


@pytest.mark.parametrize(("using", "words"), [(in_a_campaign, "a campaign"), (with_a_kiosk, "a kiosk")])
def test_a_site_in_use_is_not_removed(any_store: Store, using: Callable[[Store, int], None], words: str) -> None:
    site = sites.add(any_store, "Parkside", by=None)
    using(any_store, site.id)
    with pytest.raises(RefusedError, match=words):
        sites.remove(any_store, site.id, by=None)
    assert named(any_store) == ["Parkside"]


def test_a_kiosks_key_is_shown_once_and_only_its_hash_is_kept(as_role: AsRole, store: Store) -> None:
    site = sites.add(store, "Parkside", by=None)
    browser = as_role(Role.ADMINISTRATOR)
    answer = browser.post("/settings/kiosks", {"kiosk_name": "Screen", "site": site.id})
    assert answer.status_code == 201
    shown = re.search(r'class="key">([^<]+)<', answer.get_data(as_text=True))
    assert shown
    with store.reading() as session:
        kiosk = session.scalars(select(Kiosk)).one()
    assert kiosk.token_sha256 == kiosks.hashed(shown[1]) == kiosks.hashed(shown[1].lower().replace(" ", ""))
    assert len(set(shown[1])) > 5
    for address in ("/settings/", f"/settings/kiosks/{kiosk.id}", "/audit/"):
        assert shown[1][:9] not in browser.get(address).get_data(as_text=True)


def test_each_kiosk_has_a_key_of_its_own(store: Store) -> None:
    site = sites.add(store, "Parkside", by=None)
    assert len({kiosks.add(store, f"Screen {number}", site.id, by=None).key for number in range(5)}) == 5


def test_a_kiosk_is_retired_once_and_keeps_its_place_in_the_list(as_role: AsRole, store: Store) -> None:
    site = sites.add(store, "Parkside", by=None)
    kiosk_id = kiosks.add(store, "Screen", site.id, by=None).kiosk_id
    browser = as_role(Role.ADMINISTRATOR)
    for _ in range(2):
        assert browser.post(f"/settings/kiosks/{kiosk_id}/retire").status_code == 302
    with store.reading() as session:
        retired_at = session.get_one(Kiosk, kiosk_id).retired_at
    assert retired_at is not None
    assert (now() - retired_at).total_seconds() < 60
    assert [action for action, _ in events(store)].count("kiosk retired") == 1
    page = browser.get("/settings/").get_data(as_text=True)
    assert "Screen" in page
    assert "Retired" in page


def test_the_pages_add_rename_and_remove_a_site(as_role: AsRole, store: Store) -> None:
    browser = as_role(Role.ADMINISTRATOR)
    assert browser.post("/settings/sites", {"site_name": " Parkside "}).status_code == 302
    assert browser.post("/settings/sites/1", {"site_name": "The Venue"}).status_code == 302
    assert named(store) == ["The Venue"]
    assert "can be removed" in browser.get("/settings/sites/1").get_data(as_text=True)
    assert browser.post("/settings/sites/1/remove").status_code == 302
    assert named(store) == []
    assert browser.get("/settings/sites/1").status_code == 404


@pytest.mark.parametrize(
    ("address", "fields", "words"),
    [
        ("/settings/sites", {"site_name": "  "}, "Fill this in."),
        ("/settings/sites", {"site_name": "parkside"}, "already a site"),
        ("/settings/sites/1", {"site_name": ""}, "Fill this in."),
        ("/settings/kiosks", {"kiosk_name": "Screen", "site": "9"}, "not here any more"),
        ("/settings/kiosks", {"kiosk_name": "", "site": "1"}, "Fill this in."),
    ],
)
def test_a_form_that_cannot_stand_is_shown_again_with_its_mistake(
    as_role: AsRole, store: Store, address: str, fields: dict[str, str], words: str
) -> None:
    sites.add(store, "Parkside", by=None)
    answer = as_role(Role.ADMINISTRATOR).post(address, fields)
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert named(store) == ["Parkside"]


def test_the_page_shows_settings_in_force_and_never_the_databases_password(any_store: Store) -> None:
    shown = condition(any_store)
    assert shown.database.startswith(("SQLite 3.", "PostgreSQL 1"))
    assert {fact.words: fact.value for fact in shown.landlord}["Landlord"] == "Melton Borough Council"
    assert not any(fact.is_set for fact in (*shown.landlord, *shown.reading))
    assert not any(kept.is_set for kept in shown.retention)
    assert shown.free_bytes > shown.data_bytes > 0


def test_what_the_settings_file_sets_is_marked(tmp_path: Path) -> None:
    store = made_store(tmp_path / "data", None)
    store.settings = store.settings.model_copy(
        update={"landlord": {"phone": "01664 1"}, "reading": {"pages": 7}, "retention": {"responses": 7}}
    )
    shown = condition(store)
    assert [(fact.words, fact.value) for fact in shown.landlord if fact.is_set] == [("Phone", "01664 1")]
    assert [(fact.words, fact.value) for fact in shown.reading if fact.is_set] == [("Pages of a file", 7)]
    assert [(kept.what, kept.time) for kept in shown.retention if kept.is_set] == [("responses", "7 months")]
    times = {kept.what: kept.time for kept in shown.retention}
    assert times["the audit log"] == "6 years"
    assert times["scans of equality pages"] == "not at all"
    store.close()


def test_the_settings_are_for_administrators(as_role: AsRole) -> None:
    assert as_role(Role.MANAGER).get("/settings/").status_code == 403
