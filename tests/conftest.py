"""What all tests share."""

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests import made_once
from tests.forms.paper import PRINTINGS

settings.register_profile("sayso", deadline=None, max_examples=50)  # workers share cores: a slow example is no fault
settings.load_profile("sayso")

gc.set_threshold(20_000, 20, 20)  # a test makes much and leaves little: Python looks for garbage too often

LONGEST = (
    "tests/journeys/test_the_whole_journey.py",
    "tests/forms/paper/test_nothing_is_cut_or_overlaps.py",
    "tests/test_demo.py",
    "tests/journeys/test_officer_pages.py",
    "tests/test_whole_bench.py",
    "tests/forms/paper/test_tags.py",
    "tests/test_intake_bench.py",
    "tests/journeys/test_kiosk_answers.py",
    "tests/forms/paper/",
    "tests/test_store_bench.py",
    "tests/journeys/",
    "tests/test_",
    "tests/scanning/",
    "tests/forms/",
)
"""Files and folders by how long they take, the longest first; browsers beside what needs none."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long files: begun last, one of them would leave the other workers idle for minutes."""
    items.sort(key=lambda item: next((at for at, of in enumerate(LONGEST) if item.nodeid.startswith(of)), len(LONGEST)))


def pytest_collection_finish() -> None:
    """Leave what was imported out of all looking for garbage: it stays until the end."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Have libraries that look for leaks as they end find none."""
    gc.unfreeze()


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
