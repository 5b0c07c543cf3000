"""The printings of returns that are made up are known, and readers that play: files of lines, no picture decoded."""

import pytest

from tests.server.returns_made import printings_known

__all__ = ["printings_known"]


@pytest.fixture(autouse=True)
def _known(printings_known: None) -> None:
    """Use it in every test here."""
