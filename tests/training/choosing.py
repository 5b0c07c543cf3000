"""`python -m tests.training.choosing FOLDER`: what thresholds of decoding would accept, of writers kept for choosing.

FOLDER holds the pictures that `python -m tests.training` made. Fields are put together from single characters.
"""

import argparse
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from forms.kinds.code import Code
from forms.kinds.date import Date
from scanning.writing import decoding
from scanning.writing.alphabet import CLASSES
from scanning.writing.characters import Holds
from scanning.writing.decoding import Expected, decoded
from scanning.writing.expected import Lists, expected_of
from scanning.writing.network import Probabilities, probabilities
from tests.bench.writing import FIRST_DAY, LISTED, postcode
from tests.training.dataset import Seen

TODAY = date(2026, 11, 26)
LEADS = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0)
OFF_LISTS = (1.0, 2.0, 3.0, 4.0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.training.choosing", description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fields", type=int, default=3000)
    chosen = parser.parse_args(arguments)
    rng = np.random.default_rng(1)
    given = Seen.load(sorted(chosen.folder.glob("choosing-*.npz")))
    kept = given.classes < len(CLASSES)
    likely = probabilities((given.pictures[kept] / 255).astype(np.float32))
    cells: defaultdict[str, list[int]] = defaultdict(list)
    for at, number in enumerate(given.classes[kept].tolist()):
        cells[CLASSES[number]].append(at)

    def written(words: str) -> Probabilities:
        return likely[[cells[one][rng.integers(len(cells[one]))] for one in words]]

    codes = sorted({postcode(rng) for _ in range(LISTED)})
    expected = expected_of(
        Code(id="one", kind="code", ask="?", pattern="uk_postcode"), Lists(TODAY, postcodes=frozenset(codes))
    )
    if expected is not None:
        bare = [code.replace(" ", "") for code in codes]
        on_list = [(str(one), written(str(one))) for one in rng.choice(bare, chosen.fields)]
        off = [one for one in (postcode(rng).replace(" ", "") for _ in range(chosen.fields)) if one not in bare]
        _show("postcodes", expected, on_list, [("", written(one)) for one in off])
    days = expected_of(Date(id="one", kind="date", ask="?", earliest=FIRST_DAY, latest="today"), Lists(TODAY))
    if days is not None:
        drawn = [
            FIRST_DAY + timedelta(days=int(at)) for at in rng.integers((TODAY - FIRST_DAY).days, size=chosen.fields)
        ]
        _show("dates", days, [(f"{day:%d%m%Y}", written(f"{day:%d%m%Y}")) for day in drawn], [])
    return 0


def _show(
    name: str, expected: Expected, right: Sequence[tuple[str, Probabilities]], off: Sequence[tuple[str, Probabilities]]
) -> None:
    table = Table("lead", "off list", "accepted", "wrong", "off-list accepted", title=name)
    for lead in LEADS:
        for most in OFF_LISTS:
            decoding.LEAD_MIN, decoding.OFF_LIST_MAX = lead, most  # type: ignore[misc]
            accepted = [(truth, _accepted(likely, expected)) for truth, likely in right]
            taken = [one for one in accepted if one[1] is not None]
            wrong = sum(truth != said for truth, said in taken)
            beyond = sum(_accepted(likely, expected) is not None for _, likely in off)
            shares = (len(taken) / len(right), wrong / max(len(taken), 1), beyond / max(len(off), 1))
            table.add_row(f"{lead:.0f}", f"{most:.0f}", *(f"{share:.2%}" for share in shares))
    Console().print(table)


def _accepted(likely: Probabilities, expected: Expected) -> str | None:
    return decoded(likely, [Holds.SOMETHING] * len(likely), expected).accepted


if __name__ == "__main__":
    raise SystemExit(main())
