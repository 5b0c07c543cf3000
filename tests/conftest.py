"""What all tests share."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests import made_once
from tests.forms.paper import PRINTINGS

settings.register_profile("sayso", deadline=None)  # two workers share two cores: a slow example is no fault
settings.load_profile("sayso")

LONG = ("tests/journeys/", "tests/test_")
"""Where the files that take longest lie: browsers, and measurements."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long files: begun last, one of them would leave the other worker idle for minutes."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


@pytest.fixture(scope="session", autouse=True)
def shared_printings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Have the workers of one run print each form once among them."""
    base = tmp_path_factory.getbasetemp()
    os.environ[PRINTINGS] = str((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "printings")


@pytest.fixture(scope="session", autouse=True)
def what_is_made_once() -> Iterator[None]:
    """Have applications and databases use again what was worked out for another."""
    with pytest.MonkeyPatch.context() as patch:
        made_once.remember(patch)
        yield
