"""Layers → an ONNX file that OpenCV reads: convolutions with ReLU, pooling, and a layer with softmax at the end.

Weights are kept in 16 bits, which halves the file, and are made 32 as it is loaded.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, checker, helper, numpy_helper

OPSET = 13


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One layer: a convolution (outputs, inputs, side, side) and its bias, a pooling of 2 × 2, or a dense layer."""

    kind: str
    weight: npt.NDArray[np.float32] | None = None
    bias: npt.NDArray[np.float32] | None = None
    stride: int = 1


def onnx_bytes(layers: Sequence[Layer]) -> bytes:
    """Give a network from pictures (n, 1, 28, 28) to probabilities (n, classes) as the bytes of a file."""
    nodes, kept, at = [], [], "pictures"
    for number, layer in enumerate(layers):
        names = [f"weight{number}", f"bias{number}"]
        if layer.weight is not None and layer.bias is not None:
            values = (layer.weight, layer.bias)
            for one, name in zip(values, names, strict=True):
                kept.append(numpy_helper.from_array(one.astype(np.float16), f"{name}_short"))
                nodes.append(helper.make_node("Cast", [f"{name}_short"], [name], to=TensorProto.FLOAT))
        made, at = _nodes(layer, number, at, names)
        nodes += made
    classes = len(layers[-1].bias) if layers[-1].bias is not None else 0
    ends = [("pictures", ["n", 1, 28, 28]), (at, ["n", classes])]
    given, out = (helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in ends)
    graph = helper.make_graph(nodes, "characters", [given], [out], kept)
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8, producer_name="sayso"
    )
    checker.check_model(model)
    return bytes(model.SerializeToString())


def _nodes(layer: Layer, number: int, at: str, names: Sequence[str]) -> tuple[list[object], str]:
    made, out = f"made{number}", f"out{number}"
    if layer.kind == "pool":
        return [helper.make_node("MaxPool", [at], [out], kernel_shape=[2, 2], strides=[2, 2])], out
    if layer.kind == "dense":
        nodes = [
            helper.make_node("Flatten", [at], [f"flat{number}"], axis=1),
            helper.make_node("Gemm", [f"flat{number}", *names], [made], transB=1),
            helper.make_node("Softmax", [made], [out], axis=1),
        ]
        return nodes, out
    side = layer.weight.shape[-1] if layer.weight is not None else 1
    convolution = helper.make_node(
        "Conv", [at, *names], [made], kernel_shape=[side] * 2, strides=[layer.stride] * 2, pads=[side // 2] * 4
    )
    return [convolution, helper.make_node("Relu", [made], [out])], out
