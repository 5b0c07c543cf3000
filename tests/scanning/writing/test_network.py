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
    np.testing.assert_allclose(probabilities(PICTURES), usual, atol=1e-5)
    network._network.cache_clear()


def test_no_picture_has_no_probabilities_and_each_has_some_for_every_character() -> None:
    assert probabilities(PICTURES[:0]).shape == (0, len(CLASSES) + 1)
    assert probabilities(PICTURES).min() >= network.LEAST
