"""`python -m tests.training.words FILE`: writes the list of English words by which comments are read.

FILE is `frequency_dictionary_en_82_765.txt` of the package symspellpy 6.10 (MIT): a word a line and how often it stands
in books, the commonest first.
"""

import argparse
import gzip
import math
from collections.abc import Sequence
from pathlib import Path

from scanning.writing.wording import WORDS
from tests.training.__main__ import MODEL

MOST = 40_000
"""With all 82,765 no more lines are read right."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the commonest words in order of the alphabet, packed."""
    parser = argparse.ArgumentParser(prog="python -m tests.training.words", description=main.__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--into", type=Path, default=MODEL)
    chosen = parser.parse_args(arguments)
    rows = [row.split() for row in chosen.file.read_text("utf-8-sig").splitlines()]
    counts = {word.lower(): int(count) for word, count in rows[:MOST]}
    whole = sum(counts.values())
    lines = (f"{word} {round(100 * math.log(count / whole))}\n" for word, count in sorted(counts.items()))
    (chosen.into / WORDS).write_bytes(gzip.compress("".join(lines).encode("ascii"), 9, mtime=0))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
