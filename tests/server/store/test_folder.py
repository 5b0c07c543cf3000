"""Whoever runs a command in the wrong folder is told where the data is, not to make more of it."""

from pathlib import Path

import pytest

from server.config import Settings
from server.errors import StoreError
from server.store import Store


def test_the_machines_own_installation_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = tmp_path / "installed"
    installed.mkdir()
    monkeypatch.setattr("server.store.INSTALLED", installed)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match=f"cd {installed}"):
        Store(Settings())


def test_where_there_is_none_it_is_said_how_to_make_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.store.INSTALLED", tmp_path / "installed")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match="sayso init"):
        Store(Settings())
