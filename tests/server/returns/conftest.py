"""The printings of returns that are made up are known."""

import pytest

from tests.server.returns_made import printings_known

__all__ = ["printings_known"]


@pytest.fixture(autouse=True)
def _known(printings_known: None) -> None:
    """Use it in every test here."""
