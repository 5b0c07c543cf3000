"""A site with a kiosk, held once for all tests of a module."""

from collections.abc import Iterator

import pytest

from server.app import create_app
from server.store import Store
from tests.journeys.browser import held
from tests.journeys.kiosk import TSM
from tests.server.conftest import made_store
from tests.server.sittings.visitor import Place, a_place


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = made_store(tmp_path_factory.mktemp("kiosk") / "data", None)
    yield store
    store.close()


@pytest.fixture(scope="module")
def place(shared: Store) -> Place:
    return a_place(shared, TSM, "poll")


@pytest.fixture(scope="module")
def address(shared: Store) -> Iterator[str]:
    with held(create_app(shared.settings, shared)) as address:
        yield address
