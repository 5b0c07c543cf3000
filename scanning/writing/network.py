"""Pictures of characters → how likely each character is, by the network that comes with Sayso.

ONNX Runtime runs it where it is installed, in a third of the time that OpenCV takes, which runs it elsewhere.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module, resources
from importlib.util import find_spec
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from scanning.writing.alphabet import CLASSES

MODEL: Final = "characters.onnx"
"""In the folder `model`, beside the card that says what it was trained on and how good it is."""

LEAST: Final = 1e-6
"""No character is taken for less likely than that: a network is never that sure."""

RUNTIME: Final = "onnxruntime"

Probabilities = npt.NDArray[np.float64]
"""(n, 37): of each character of `CLASSES`, and last of what is no single character."""

Run = Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float32]]


def probabilities(pictures: npt.NDArray[np.float32]) -> Probabilities:
    """Give how likely each of n pictures (n, 28, 28) shows each character; they are calibrated."""
    if not len(pictures):
        return np.zeros((0, len(CLASSES) + 1))
    found = _network()(np.ascontiguousarray(pictures[:, None], dtype=np.float32))
    return np.maximum(np.asarray(found, dtype=np.float64), LEAST)


@cache
def _network() -> Run:
    content = resources.files("scanning.writing").joinpath("model", MODEL).read_bytes()
    return by_runtime(content) if find_spec(RUNTIME) is not None else by_opencv(content)


def by_runtime(content: bytes) -> Run:
    """Give the network as ONNX Runtime runs it, on one thread: the marks have the others."""
    runtime: Any = import_module(RUNTIME)
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = runtime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return lambda pictures: np.asarray(session.run(None, {name: pictures})[0], dtype=np.float32)


def by_opencv(content: bytes) -> Run:
    """Give the network as OpenCV runs it."""
    network = cv2.dnn.readNetFromONNX(np.frombuffer(content, np.uint8))

    def run(pictures: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        network.setInput(pictures)
        return np.asarray(network.forward(), dtype=np.float32)

    return run
