"""`python -m tests.training`: trains the network that reads single characters, and writes it as ONNX with its card.

It takes the files of data as arguments. Pictures are made first, a file for each sheet, so that it can be stopped and
goes on where it was. Training needs PyTorch and onnx (the dependency group `training`).
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from tests.training.characters import Part, characters, part_of
from tests.training.dataset import CLEAN, fair, scanned_digits, seen, sheets, some_wear

MODEL = Path(__file__).parents[2] / "scanning" / "writing" / "model"
SEED = 20261126


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the pictures that are not there yet; train; write the model."""
    parser = argparse.ArgumentParser(prog="python -m tests.training", description=main.__doc__)
    parser.add_argument("unipen", type=Path, help="unipen-characters-*.jsonl.gz")
    parser.add_argument("mnist", type=Path, help="mnist-digits-*.npz")
    parser.add_argument("--corrected", type=Path, nargs="*", default=(), help="what `sayso writing export` wrote")
    parser.add_argument("--made", type=Path, default=Path("characters"), help="where the pictures are kept")
    parser.add_argument("--into", type=Path, default=MODEL)
    parser.add_argument("--passes", type=int, default=2, help="how often each character is written anew")
    parser.add_argument("--scans", type=int, default=2, help="how often each sheet is scanned")
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--go-on", action="store_true", help="from where the last training ended")
    parser.add_argument("--only-make", action="store_true", help="make the pictures, train nothing")
    chosen = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    make(chosen.unipen, chosen.mnist, chosen.passes, chosen.scans, chosen.made)
    if not chosen.only_make:
        from tests.training import training  # noqa: PLC0415  pictures can be made without PyTorch

        training.train(chosen.made, chosen.corrected, chosen.into, chosen.epochs, goes_on=chosen.go_on)
    return 0


def make(unipen: Path, mnist: Path, passes: int, scans: int, into: Path) -> None:
    """Make all pictures and keep them: those to judge by, those to choose by, then those to train by."""
    into.mkdir(parents=True, exist_ok=True)
    if not (into / "training-mnist.npz").exists():
        scanned_digits(mnist).save(into / "training-mnist.npz")
    every = list(characters(unipen))
    for part, times in ((Part.JUDGING, 1), (Part.CHOOSING, 1), (Part.TRAINING, passes)):
        written = [one for one in every if part_of(one.writer) is part]
        for turn in range(times):
            ones = fair(written, np.random.default_rng([SEED, turn])) if part is Part.TRAINING else written
            for number, sheet in enumerate(sheets(ones)):
                path = into / f"{part}-{turn}-{number:03}.npz"
                if path.exists():
                    continue
                rng = np.random.default_rng([SEED, list(Part).index(part), turn, number])
                if part is Part.JUDGING:
                    seen(sheet, rng, (CLEAN,), spoilt=False).save(into / f"pen-{number:03}.npz")
                wears = [some_wear(rng) for _ in range(scans if part is Part.TRAINING else 1)]
                seen(sheet, rng, wears, spoilt=True).save(path)


if __name__ == "__main__":
    raise SystemExit(main())
