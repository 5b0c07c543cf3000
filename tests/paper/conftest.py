"""Printings that the proving ground's own tests fill in."""

from collections.abc import Iterator

import cv2
import pytest

from forms.paper.printing import Printing
from tests.forms.paper import EVERY_KIND, Case, printing


@pytest.fixture(scope="package", autouse=True)
def _one_thread() -> Iterator[None]:
    """Keep OpenCV to one thread: on a busy machine several wait for each other longer than they save."""
    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    yield
    cv2.setNumThreads(before)


@pytest.fixture(scope="session")
def after_repair() -> Printing:
    """Give a form with scales, routing, a comment and contact details."""
    return printing(Case("after-repair"))


@pytest.fixture(scope="session")
def your_choice() -> Printing:
    """Give a form that mostly asks for several choices."""
    return printing(Case("your-choice"))


@pytest.fixture(scope="session")
def all_kinds() -> Printing:
    """Give a form with every kind of question and a sheet to tear off."""
    return printing(EVERY_KIND)
