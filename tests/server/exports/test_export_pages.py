"""Exporting through the pages and the command line: who may have what, and that it is put on record."""

import csv
import zipfile
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from sqlalchemy import select

from server.cli import run
from server.models.audit import AuditEvent
from server.models.officers import Role
from server.responses.saving import save_response
from server.store import Store
from tests.server.conftest import Browser
from tests.server.filling import incoming, new_campaign


def test_an_officer_downloads_answers_and_only_a_manager_what_people_wrote(
    as_role: Callable[[Role], Browser], store: Store
) -> None:
    campaign = new_campaign(store)
    save_response(store, incoming(campaign))
    address = f"/exports/{campaign.id}"
    assert as_role(Role.VIEWER).get(address).status_code == 403
    officer, manager = as_role(Role.OFFICER), as_role(Role.MANAGER)
    assert "own words" not in officer.get(address).get_data(as_text=True).split("<main")[1].split("</form>")[0]
    assert officer.post(address, {"kind": ".csv", "what": ["words"]}).status_code == 403
    assert officer.post(address, {"kind": ".pdf"}).status_code == 422
    plain, whole = officer.post(address, {"kind": ".csv"}), manager.post(address, {"kind": ".csv", "what": ["words"]})
    tables = [zipfile.ZipFile(BytesIO(answer.data)) for answer in (plain, whole)]
    assert all(len(table.namelist()) == 2 and max(table.namelist()).endswith(".csv") for table in tables)
    contents = [table.read(min(table.namelist(), key=len)).decode("utf-8-sig") for table in tables]
    assert ["The lift is slow." in content for content in contents] == [False, True]
    with store.reading() as session:
        kept = session.scalars(select(AuditEvent).where(AuditEvent.action == "answers exported")).all()
    assert ['"words": true' in one.detail or '"words":true' in one.detail for one in kept] == [False, True]


def test_the_command_writes_a_file_with_its_columns_beside_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = new_campaign(store, "Autumn 2026")
    save_response(store, incoming(campaign))
    (tmp_path / "sayso.toml").write_text(f'data = "{store.folder}"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["export"]) == 0
    assert "Autumn 2026" in capsys.readouterr().out
    assert run(["export", "autumn 2026", "--to", "a.csv", "--what", "words"]) == 0
    rows = list(csv.DictReader(StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig"))))
    assert [row["comment"] for row in rows] == ["The lift is slow."]
    assert (tmp_path / "a-columns.csv").read_text(encoding="utf-8-sig").startswith("Column,Question")
    assert run(["export", "Autumn 2026", "--to", "a.doc"]) == 2
    assert run(["export", "Winter", "--to", "b.csv"]) == 3
    assert run(["report", "table", "--to", "t.pdf"]) == 0
    assert (tmp_path / "t.pdf").read_bytes().startswith(b"%PDF")
