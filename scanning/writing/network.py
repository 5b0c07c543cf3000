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

CLEAR_MIN: Final = 0.98
"""From this probability on a character is clear at first sight; any other is looked at twice more, turned a little."""

TURN: Final = 0.1
"""By how much each way, in radians: 6°. On 300 whole pages (writers kept for choosing) 97.2 instead of 97.0 % of digits
and 90.9 instead of 90.6 % of capitals are right by the mean of the three looks, and 93.6 instead of 90.7 % of postcodes
are accepted: a network is seldom wrong in the same way thrice. Leaning, stretching and nine looks do no better."""

RUNTIME: Final = "onnxruntime"

Probabilities = npt.NDArray[np.float64]
"""(n, 37): of each character of `CLASSES`, and last of what is no single character."""

Run = Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float32]]


def probabilities(pictures: npt.NDArray[np.float32]) -> Probabilities:
    """Give how likely each of n pictures (n, 28, 28) shows each character; they are calibrated."""
    if not len(pictures):
        return np.zeros((0, len(CLASSES) + 1))
    run = _network()
    found = np.asarray(run(np.ascontiguousarray(pictures[:, None], dtype=np.float32)), dtype=np.float64)
    unclear = np.flatnonzero(found.max(axis=1) < CLEAR_MIN)
    if len(unclear):
        again = np.array([_turned(pictures[at], by) for by in (-TURN, TURN) for at in unclear], dtype=np.float32)
        found[unclear] = (found[unclear] + run(again[:, None]).reshape(2, len(unclear), -1).sum(axis=0)) / 3
    return np.maximum(found, LEAST)


def _turned(picture: npt.NDArray[np.float32], by: float) -> npt.NDArray[np.float32]:
    """Give a picture turned around its middle by an angle's tangent."""
    middle = (len(picture) - 1) / 2
    matrix = np.array([[1.0, -by, by * middle], [by, 1.0, -by * middle]])
    turned = cv2.warpAffine(np.asarray(picture, np.float32), matrix, picture.shape[::-1], flags=cv2.INTER_LINEAR)
    return np.asarray(turned, dtype=np.float32)


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
