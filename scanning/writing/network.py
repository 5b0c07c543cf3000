"""Pictures of characters → how likely each character is, by the network that comes with Sayso."""

from functools import cache
from importlib import resources
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from scanning.writing.alphabet import CLASSES

MODEL: Final = "characters.onnx"
"""In the folder `model`, beside the card that says what it was trained on and how good it is."""

LEAST: Final = 1e-6
"""No character is taken for less likely than that: a network is never that sure."""

Probabilities = npt.NDArray[np.float64]
"""(n, 37): of each character of `CLASSES`, and last of what is no single character."""


def probabilities(pictures: npt.NDArray[np.float32]) -> Probabilities:
    """Give how likely each of n pictures (n, 28, 28) shows each character; they are calibrated."""
    if not len(pictures):
        return np.zeros((0, len(CLASSES) + 1))
    network = _network()
    network.setInput(np.ascontiguousarray(pictures[:, None], dtype=np.float32))
    return np.maximum(np.asarray(network.forward(), dtype=np.float64), LEAST)


@cache
def _network() -> cv2.dnn.Net:
    content = resources.files("scanning.writing").joinpath("model", MODEL).read_bytes()
    return cv2.dnn.readNetFromONNX(np.frombuffer(content, np.uint8))
