"""The town, on both databases and on one."""

import pytest

from server.store import Store
from tests.server.people.town import Town, build


@pytest.fixture
def any_town(any_store: Store) -> Town:
    """Give the town, put into `any_store`."""
    return build(any_store)


@pytest.fixture
def town(store: Store) -> Town:
    """Give the town, put into `store`."""
    return build(store)
