"""Lines of writing as pictures → words and how sure: RapidOCR's network for hands, Tesseract for print.

RapidOCR's wheel carries the network; nothing is fetched. Without it, or without what runs it, Tesseract reads hands.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Protocol

import cv2
import numpy as np
import pytesseract

from scanning.template import Grey
from scanning.writing.drafts import Word
from scanning.writing.spelling import Speller, Steps, placed
from scanning.writing.wording import Wording

MODEL: Final = "PP-OCRv6_rec_small.onnx"
"""In RapidOCR 3.10's folder `models`; its metadata hold its characters."""

HIGH_PX: Final = 48
"""How high a line is for it."""

WIDE_MIN_PX: Final = 64

KNOWN: Final = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:;!?'\"()-/&%£$€+@#*=ÄÖÜäöüßéèêëçàâáíïîóôúûñ "
)
"""Characters that a tenant may write; the network knows 18,000, most of them Chinese, which a scrawl looks like."""

KNOWN_WORDS_MIN: Final = 0.5
"""The least part of a line's words that must be of the language for its words to weigh: a line of names, or in another
language, says what the ink says."""

TESSERACT: Final = "--oem 1 --psm {}"
LINE_MODE, BOX_MODE = 7, 6
"""Tesseract's page segmentation: one line, or one even block of lines."""

ALONE: Final = {"|": "I"}
"""What stands for another character where it stands alone: nobody types a stroke."""

TESSERACT_SECONDS: Final = 90
"""After which it is given up: a box takes it one, and on a machine that others take many times that."""


class HandReader(Protocol):
    """Reads lines of handwriting."""

    def lines(self, pictures: Sequence[Grey], wording: Wording | None = None) -> list[tuple[Word, ...]]:
        """Give the words of each line, of dark ink on white; `wording` is of the language, None for names and such."""


@dataclass(frozen=True)
class Engines:
    """What reads lines here: the one for hands, and Tesseract for print."""

    @cached_property
    def hand(self) -> HandReader:
        """Give what reads handwriting best of what is installed."""
        return Rapid() if has_rapid() else Tesseract()

    @cached_property
    def print(self) -> "Tesseract":
        """Give what reads print."""
        return Tesseract()


def has_rapid() -> bool:
    """Tell whether RapidOCR's network and what runs it are installed."""
    return find_spec("onnxruntime") is not None and _model() is not None


def _model() -> Path | None:
    """Give the network's file; RapidOCR itself is not imported: it would want libraries that lines do not need."""
    spec = find_spec("rapidocr")
    folders = list(spec.submodule_search_locations or ()) if spec is not None else []
    found = (Path(folder) / "models" / MODEL for folder in folders)
    return next((path for path in found if path.is_file()), None)


class Rapid:
    """RapidOCR's network that reads lines, on one thread: the marks have the others."""

    def __init__(self) -> None:
        runtime = import_module("onnxruntime")
        options = runtime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session: Any = runtime.InferenceSession(str(_model()), options, providers=["CPUExecutionProvider"])
        told = self.session.get_modelmeta().custom_metadata_map["character"].splitlines()
        characters = ["", *told, " "]
        self.kept = np.array([at for at, one in enumerate(characters) if not one or one in KNOWN])
        self.characters = [characters[at] for at in self.kept.tolist()]

    def lines(self, pictures: Sequence[Grey], wording: Wording | None = None) -> list[tuple[Word, ...]]:
        """Give the words of each line."""
        return [self._line(self._steps(picture), wording) for picture in pictures]

    def _steps(self, picture: Grey) -> Steps:
        height, width = picture.shape
        wide = max(WIDE_MIN_PX, int(np.ceil(width * HIGH_PX / height / 8)) * 8)
        how = cv2.INTER_AREA if height > HIGH_PX else cv2.INTER_LINEAR
        seen = cv2.resize(picture, (wide, HIGH_PX), interpolation=how).astype(np.float32) / 127.5 - 1
        [likely] = self.session.run(None, {self.session.get_inputs()[0].name: np.stack([seen] * 3)[None]})
        known = likely[0][:, self.kept]
        return np.asarray(known / np.maximum(known.sum(axis=1, keepdims=True), 1e-9), dtype=np.float32)

    def _line(self, likely: Steps, wording: Wording | None) -> tuple[Word, ...]:
        if wording is not None:
            speller = Speller(self.characters, wording)
            text = speller.line(likely)
            if _is_worded(text, wording):
                return _words(zip(text, placed(text, likely, speller.numbers), strict=True))
        return _words(self._by_ink(likely))

    def _by_ink(self, likely: Steps) -> Iterator[tuple[str, float]]:
        """Give the likeliest character at each step: repeated ones are one, blanks none (CTC)."""
        best = likely.argmax(axis=1)
        new = np.flatnonzero((best != 0) & (best != np.concatenate([[0], best[:-1]])))
        return ((self.characters[best[at]], float(likely[at].max())) for at in new.tolist())


def _is_worded(text: str, wording: Wording) -> bool:
    """Tell whether a line is in a language, about."""
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", text.lower())
    return bool(words) and sum(map(wording.holds, words)) >= KNOWN_WORDS_MIN * len(words)


def _words(read: Iterable[tuple[str, float]]) -> tuple[Word, ...]:
    """Give the words of characters and how sure each is."""
    words: list[list[tuple[str, float]]] = [[]]
    for character, confidence in read:
        if character == " ":
            words.append([])
        else:
            words[-1].append((character, confidence))
    return tuple(
        Word("".join(one for one, _ in word), float(np.mean([one for _, one in word]))) for word in words if word
    )


class Tesseract:
    """Tesseract, a process for each call."""

    def lines(self, pictures: Sequence[Grey], wording: Wording | None = None) -> list[tuple[Word, ...]]:  # noqa: ARG002
        """Give the words of each line; it has words of its own."""
        return [self._read(picture, LINE_MODE) for picture in pictures]

    def box(self, picture: Grey) -> tuple[Word, ...]:
        """Give the words of a whole box, those that end a line marked."""
        return self._read(picture, BOX_MODE)

    def _read(self, picture: Grey, mode: int) -> tuple[Word, ...]:
        told = pytesseract.image_to_data(
            picture, config=TESSERACT.format(mode), output_type=pytesseract.Output.DICT, timeout=TESSERACT_SECONDS
        )
        rows = [
            (ALONE.get(words.strip(), words), float(confidence) / 100, line)
            for words, confidence, *line in zip(
                told["text"], told["conf"], told["block_num"], told["par_num"], told["line_num"], strict=True
            )
            if words.strip()
        ]
        ends = [one[2] != following[2] for one, following in pairwise(rows)]
        return tuple(
            Word(words.strip(), max(confidence, 0.0), end)
            for (words, confidence, _), end in zip(rows, [*ends, False][: len(rows)], strict=True)
        )
