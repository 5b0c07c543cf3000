"""What all tests share."""

import os

import pytest
from hypothesis import settings

from tests.forms.paper import PRINTINGS

settings.register_profile("sayso", deadline=None)  # two workers share two cores: a slow example is no fault
settings.load_profile("sayso")


@pytest.fixture(scope="session", autouse=True)
def shared_printings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Have the workers of one run print each form once among them."""
    base = tmp_path_factory.getbasetemp()
    os.environ[PRINTINGS] = str((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "printings")
