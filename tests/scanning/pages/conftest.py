"""OpenCV on one thread, as everywhere that images are simulated."""

from collections.abc import Iterator

import cv2
import pytest


@pytest.fixture(scope="package", autouse=True)
def _one_thread() -> Iterator[None]:
    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    yield
    cv2.setNumThreads(before)
