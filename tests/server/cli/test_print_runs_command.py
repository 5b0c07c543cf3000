"""`sayso print-runs make`: what waits is made without a site."""

from pathlib import Path

import pytest

from server.cli import Exit, run
from server.config import Settings
from server.models.copies import RunState
from server.store import Store
from tests.server.runs.conftest import add_campaign, add_run, run_of


def test_what_waits_is_made_and_what_cannot_be_made_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAYSO_SETTINGS", raising=False)
    assert run(["init"]) == Exit.OK
    store = Store(Settings())
    campaign = add_campaign(store)
    right, wrong = add_run(store, campaign), add_run(store, campaign, language="de")
    capsys.readouterr()
    assert run(["print-runs", "make"]) == Exit.OK
    assert capsys.readouterr().out == "1 print run made.\n"
    assert f"print run {wrong} could not be made: poll is not in 'de'" in caplog.text
    assert run_of(store, right).state == RunState.READY
    store.close()
