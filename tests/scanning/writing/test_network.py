"""Whatever runs the network, it says the same."""

from importlib import resources
from importlib.util import find_spec

import numpy as np
import pytest

from scanning.writing import network
from scanning.writing.alphabet import CLASSES
from scanning.writing.network import MODEL, by_opencv, by_runtime, probabilities

CONTENT = resources.files("scanning.writing").joinpath("model", MODEL).read_bytes()
PICTURES = np.random.default_rng(1).random((20, 28, 28)).astype(np.float32)


@pytest.mark.skipif(find_spec("onnxruntime") is None, reason="ONNX Runtime is not installed")
def test_both_ways_of_running_it_say_the_same() -> None:
    np.testing.assert_allclose(by_runtime(CONTENT)(PICTURES[:, None]), by_opencv(CONTENT)(PICTURES[:, None]), atol=1e-5)


def test_without_onnx_runtime_opencv_runs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = probabilities(PICTURES)
    monkeypatch.setattr(network, "RUNTIME", "not_installed")
    network._network.cache_clear()
    try:
        np.testing.assert_allclose(probabilities(PICTURES), usual, atol=1e-5)
    finally:
        network._network.cache_clear()  # or the tests after this one would be run by OpenCV


def test_no_picture_has_no_probabilities_and_each_has_some_for_every_character() -> None:
    assert probabilities(PICTURES[:0]).shape == (0, len(CLASSES) + 1)
    assert probabilities(PICTURES).min() >= network.LEAST


def test_a_clear_picture_is_looked_at_once_and_any_other_thrice(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def run(pictures: np.ndarray) -> np.ndarray:
        """Take the first column for how likely a 0 is."""
        seen.append(len(pictures))
        found = np.zeros((len(pictures), len(CLASSES) + 1), np.float32)
        found[:, 0] = pictures[:, 0, :, 0].max(axis=1)
        return found

    monkeypatch.setattr(network, "_network", lambda: run)
    clear, unclear = np.ones((28, 28), np.float32), np.full((28, 28), 0.6, np.float32)
    unclear[:, 1:] = 0  # nothing of the line is left in the first column when it is turned, but for where it crosses
    likely = probabilities(np.array([clear, unclear]))
    assert seen == [2, 2]
    assert likely[0, 0] == 1
    assert 0.2 < likely[1, 0] < 0.6
