"""The desk of what needs a person, with papers whose questions stand on known pages."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from server.keying import sheets
from tests.server.aside.conftest import Desk, a_desk, desk, office, printings_known
from tests.server.pages_made import PAGES

__all__ = ["Desk", "a_desk", "desk", "office", "printings_known"]


@pytest.fixture(autouse=True)
def _printings(printings_known: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Know where questions stand without opening a PDF."""
    del printings_known
    monkeypatch.setattr(sheets, "pages_of_questions", placed)


def placed(_: Path) -> Mapping[str, int]:
    return {question: number for number, questions in PAGES.items() for question in questions}
