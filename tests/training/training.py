"""Pictures of characters → a trained network, its temperature, and both as one ONNX file with a card."""

import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from scanning.writing.alphabet import CAPITALS, CLASSES, DIGITS
from tests.training.dataset import Seen
from tests.training.onnx_file import Layer, onnx_bytes
from tests.training.varying import varied

SEED = 7
BATCH = 256
RATE, RATE_ON = 3e-3, 1.5e-3
"""How fast it learns at the most: from nothing, and when it goes on."""

STATE = "network.pt"
SMOOTHING = 0.02
"""Of labels: a few in the data are wrong."""

DOUBTED_FROM, DOUBTED_BELOW = 0.6, 0.005
"""After which part of the training a label is left out where the network, told its group, finds it less likely than
that: some capitals in the data are labelled wrong. Of training writers only."""

DECAY, DROPPED = 2e-2, 0.3
WIDTHS = (32, 48, 96, 96, 192)

AVERAGED = 0.999
"""Of the weights before, that much is kept at each step in the network that is written: a mean over the last steps."""
FILE = "characters.onnx"
FIGURES = "figures.json"


def network_of(widths: tuple[int, int, int, int, int] = WIDTHS) -> nn.Sequential:
    """Give five convolutions and one layer: 28 × 28 px in, a logit for every character and for none out."""
    first, second, third, fourth, fifth = widths
    return nn.Sequential(
        *_convolved(1, first, 5, 2),
        *_convolved(first, second, 3, 1),
        nn.MaxPool2d(2),
        *_convolved(second, third, 3, 1),
        *_convolved(third, fourth, 3, 1),
        nn.MaxPool2d(2),
        *_convolved(fourth, fifth, 3, 1),
        nn.Flatten(),
        nn.Dropout(DROPPED),
        nn.Linear(fifth * 9, len(CLASSES) + 1),
    )


def _convolved(inputs: int, outputs: int, side: int, stride: int) -> tuple[nn.Module, ...]:
    return (
        nn.Conv2d(inputs, outputs, side, stride, side // 2, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
    )


def train(made: Path, corrected: Sequence[Path], into: Path, epochs: int, *, goes_on: bool) -> None:
    """Train on the pictures made and those that officers corrected; write the network and its figures.

    With `goes_on` from where the last training ended, more slowly.
    """
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    network, rate = network_of(), RATE
    if goes_on:
        network.load_state_dict(torch.load(made / STATE))
        rate = RATE_ON
    network = _trained(network, Seen.load([*sorted(made.glob("training-*.npz")), *corrected]), epochs, rate)
    torch.save(network.state_dict(), made / STATE)
    logits, classes = _logits(network, Seen.load(sorted(made.glob("choosing-*.npz"))))
    temperature = _temperature(logits, classes)
    rates, per_class = _judged(network, made)
    into.mkdir(parents=True, exist_ok=True)
    (into / FILE).write_bytes(onnx_bytes(_layers(network, temperature)))
    figures = {"temperature": round(temperature, 3), "rates": rates, "per_class": per_class}
    (into / FIGURES).write_text(json.dumps(figures, indent=1) + "\n")


def _trained(network: nn.Sequential, given: Seen, epochs: int, rate: float) -> nn.Sequential:
    """Give the network trained: the mean of its last steps. In numbers of 16 bits, which takes 0.6 of the time."""
    network.to(memory_format=torch.channels_last).train()
    mean = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(AVERAGED), use_buffers=True)
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=DECAY)
    steps = epochs * (len(given.classes) // BATCH)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps + 1, pct_start=0.15)
    pictures, classes = torch.from_numpy(given.pictures), torch.from_numpy(given.classes)
    weights = _weights(given.classes)
    for epoch in range(epochs):
        order, total = torch.randperm(len(classes)), 0.0
        for start in range(0, len(order) - BATCH + 1, BATCH):
            batch = order[start : start + BATCH]
            optimizer.zero_grad()
            with torch.autocast("cpu", torch.bfloat16):
                logits = network(varied(pictures[batch]))
            loss = _loss(logits.float(), classes[batch], weights, doubts_labels=epoch >= DOUBTED_FROM * epochs)
            loss.backward()
            optimizer.step()
            plan.step()
            mean.update_parameters(network)
            total += loss.item()
        print(f"epoch {epoch + 1} of {epochs}: loss {total / (len(order) // BATCH):.4f}", flush=True)  # noqa: T201
    trained: nn.Sequential = mean.module
    return trained.eval()


def _loss(logits: Tensor, classes: Tensor, weights: Tensor, *, doubts_labels: bool) -> Tensor:
    """Give how wrong the network is: half of it among all classes, half among digits or capitals alone."""
    among_all = functional.cross_entropy(logits, classes, weights, reduction="none", label_smoothing=SMOOTHING)
    among_group = functional.cross_entropy(logits.masked_fill(_others(classes), -1e4), classes, reduction="none")
    loss = (among_all + among_group * weights[classes]) / 2
    if doubts_labels:
        loss = loss * (among_group.detach() < -math.log(DOUBTED_BELOW))
    return loss.mean()


def _others(classes: Tensor) -> Tensor:
    """Tell for each label which classes a pattern leaves out where it stands: (n, classes)."""
    groups = torch.tensor([0] * len(DIGITS) + [1] * len(CAPITALS) + [2])
    own = groups[classes][:, None]
    return (own < 2) & (groups[None] != own)


def _weights(classes: npt.NDArray[np.int64]) -> Tensor:
    """Give rare classes some more weight."""
    counts = np.bincount(classes, minlength=len(CLASSES) + 1).clip(1)
    weights = (counts.mean() / counts) ** 0.3
    return torch.tensor(weights / weights.mean(), dtype=torch.float32)


def _logits(network: nn.Sequential, given: Seen) -> tuple[Tensor, Tensor]:
    with torch.no_grad():
        pictures = torch.from_numpy(given.pictures)[:, None].float() / 255
        return torch.cat([network(part) for part in pictures.split(512)]), torch.from_numpy(given.classes)


def _temperature(logits: Tensor, classes: Tensor) -> float:
    """Give by what logits are divided so that the probabilities say how often they are right."""
    tried = torch.arange(0.4, 2.0, 0.02)
    losses = torch.stack([functional.cross_entropy(logits / one, classes) for one in tried])
    return float(tried[losses.argmin()])


def _judged(network: nn.Sequential, made: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Give how often digits among digits and capitals among capitals are right, of writers never seen."""
    rates, per_class = {}, {}
    for name in ("pen", "judging"):
        logits, classes = _logits(network, Seen.load(sorted(made.glob(f"{name}-*.npz"))))
        for group in (DIGITS, CAPITALS):
            first = CLASSES.index(group[0])
            wanted = (classes >= first) & (classes < first + len(group))
            right = logits[wanted][:, first : first + len(group)].argmax(1) + first == classes[wanted]
            rates[f"{name} {group[0]}-{group[-1]}"] = round(float(right.float().mean()), 4)
            for number, character in enumerate(group, first):
                of_one = right[classes[wanted] == number].float()
                per_class[f"{name} {character}"] = round(float(of_one.mean()), 4) if len(of_one) else 0.0
        last = len(CLASSES)
        if (classes == last).any():
            told = logits.argmax(1) == last
            rates[f"{name} not one told"] = round(float(told[classes == last].float().mean()), 4)
            rates[f"{name} a character taken for none"] = round(float(told[classes < last].float().mean()), 4)
    return rates, per_class


def _layers(network: nn.Sequential, temperature: float) -> list[Layer]:
    """Give the layers with normalisation folded into the convolutions, and the temperature into the last one."""
    layers: list[Layer] = []
    modules = list(network)
    for module, following in zip(modules, [*modules[1:], nn.Identity()], strict=True):
        if isinstance(module, nn.Conv2d) and isinstance(following, nn.BatchNorm2d):
            layers.append(_folded(module, following))
        elif isinstance(module, nn.MaxPool2d):
            layers.append(Layer("pool"))
        elif isinstance(module, nn.Linear):
            weight, bias = (one.detach().numpy() / temperature for one in (module.weight, module.bias))
            layers.append(Layer("dense", weight, bias))
    return layers


def _folded(convolution: nn.Conv2d, norm: nn.BatchNorm2d) -> Layer:
    if norm.running_mean is None or norm.running_var is None:
        raise ValueError("a network without running means cannot be folded")
    factor = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    weight = convolution.weight * factor[:, None, None, None]
    bias = norm.bias - norm.running_mean * factor
    return Layer("convolution", weight.detach().numpy(), bias.detach().numpy(), convolution.stride[0])
