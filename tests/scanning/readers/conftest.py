"""A folder of files that play, and children that play them."""

from pathlib import Path

import pytest

from scanning.readers import child
from tests.scanning.readers.played import Folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """Give an empty one; whatever is read is played from now on."""
    monkeypatch.setattr(child, "WORKER", "tests.scanning.readers.playing:serve")
    return Folder(tmp_path)
