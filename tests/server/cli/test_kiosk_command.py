"""`sayso kiosk`: this machine's kiosk gets a new key, and a browser that keeps nothing."""

import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from server.cli import kiosk
from server.errors import RefusedError
from server.installation import kiosks
from server.installation.handing_out import kiosk_at
from server.models.campaigns import Site
from server.models.kiosks import Kiosk
from server.sittings import full_size
from server.sittings.desk import KioskDesk
from server.sittings.full_size import Browser
from server.store import Store


def printed(store: Store, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    monkeypatch.setattr(kiosk, "load_settings", lambda: store.settings)
    result = CliRunner().invoke(kiosk.command, [*arguments, "--print-address"], catch_exceptions=False)
    return result.stdout.strip()


def test_the_first_kiosk_makes_its_site_and_the_next_time_gets_a_new_key(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = printed(store, monkeypatch, "--site", "The Cove")
    second = printed(store, monkeypatch, "--port", "9000")
    assert re.fullmatch(r"http://127\.0\.0\.1:8750/kiosk/set-up#[0-9A-Z]{32}", first)
    assert second.startswith("http://127.0.0.1:9000/kiosk/set-up#")
    desk = KioskDesk(store)
    assert desk.kiosk_with(first.partition("#")[2]) is None
    found = desk.kiosk_with(second.partition("#")[2])
    assert found is not None
    assert found.site == "The Cove"
    with store.reading() as session:
        assert (len(session.scalars(select(Site)).all()), len(session.scalars(select(Kiosk)).all())) == (1, 1)


def test_a_site_has_to_be_named_where_there_is_not_just_one(store: Store) -> None:
    with pytest.raises(RefusedError, match="There is none yet"):
        kiosk_at(store, None)
    kiosk_at(store, "The Cove")
    kiosk_at(store, "Springfield")
    with pytest.raises(RefusedError, match="Springfield, The Cove"):
        kiosk_at(store, None)
    assert kiosk_at(store, "the cove").site == "The Cove"


def test_a_kiosk_that_was_retired_gets_no_new_key(store: Store) -> None:
    made = kiosk_at(store, "The Cove")
    kiosks.retire(store, made.kiosk_id, by=None)
    with pytest.raises(RefusedError, match="was retired"):
        kiosk_at(store, "The Cove")


@pytest.mark.parametrize("name", ["chromium", "firefox"])
def test_the_key_stands_in_no_command_and_nothing_is_left(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = dict[str, object]()

    def run(command: list[str], *, check: bool) -> None:
        page = Path(command[-1].removeprefix("file://"))
        seen.update(command=command, page=page, words=page.read_text(), mode=page.parent.stat().st_mode, check=check)

    monkeypatch.setattr(subprocess, "run", run)
    full_size.show(Browser(name, f"/usr/bin/{name}"), full_size.address(8750, "3333 4444"))
    assert "#33334444" in str(seen["words"])
    assert "33334444" not in repr(seen["command"])
    assert "--kiosk" in repr(seen["command"])
    assert stat.S_IMODE(int(str(seen["mode"]))) == 0o700
    assert not Path(str(seen["page"])).exists()


def test_the_site_is_started_only_where_nothing_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(full_size, "is_answered", lambda _: True)
    monkeypatch.setattr(subprocess, "Popen", None)
    with full_size.served(8750):
        pass


def test_a_site_that_ends_at_once_is_said_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(full_size, "is_answered", lambda _: False)

    class Ended:
        def poll(self) -> int:
            return 1

        def terminate(self) -> None: ...

        def wait(self, _: float) -> None: ...

    @contextmanager
    def started(_: list[str]) -> Iterator[Ended]:
        yield Ended()

    monkeypatch.setattr(subprocess, "Popen", started)
    with pytest.raises(RefusedError, match="could not be started"), full_size.served(8750):
        pass


def test_a_machine_without_a_browser_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(RefusedError, match="chromium"):
        full_size.browser()
