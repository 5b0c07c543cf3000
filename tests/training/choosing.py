"""`python -m tests.training.choosing FOLDER`: what thresholds of decoding would accept, of writers kept for choosing.

FOLDER holds the pictures that `python -m tests.training` made. Fields are put together from single characters, each
field from one writer where that one wrote them; with `--part judging` of the writers that nothing was chosen by.
"""

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rich.console import Console
from rich.table import Table

from forms.codes.copy_code import new_copy_codes
from forms.kinds import Question
from forms.kinds.code import Code
from forms.kinds.date import Date
from forms.kinds.number import Number
from scanning.writing import decoding
from scanning.writing.alphabet import CLASSES
from scanning.writing.decoding import Expected, weighed
from scanning.writing.expected import Lists, expected_of
from scanning.writing.network import Probabilities, probabilities
from tests.bench.writing import FIRST_DAY, LISTED, postcode
from tests.training.dataset import Seen

TODAY = date(2026, 11, 26)
LEADS = (1.0, 2.0, 3.0, 4.0, 5.0, 5.5, 6.0, 7.0, 8.0, 9.0, 10.0)
OFF_LISTS = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of field: what it can say, how what is written in it is drawn, and whether that can be right at all."""

    name: str
    expected: Expected
    drawn: Callable[[], str]
    can_be_right: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """Of n fields how far the best reading leads, how much likelier the ink alone is, and whether it is right."""

    lead: npt.NDArray[np.float64]
    short: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]

    def rates(self, lead: float, short: float) -> tuple[int, int]:
        """Give how many would be accepted, and how many of these wrong."""
        taken = (self.lead > lead) & (self.short <= short)
        return int(taken.sum()), int((taken & ~self.right).sum())


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.training.choosing", description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=("choosing", "judging"), default="choosing")
    parser.add_argument("--fields", type=int, default=4000)
    parser.add_argument("--as-chosen", action="store_true", help="only with the thresholds that the product has")
    chosen = parser.parse_args(arguments)
    rng = np.random.default_rng(1)
    hands = Hands(Seen.load(sorted(chosen.folder.glob(f"{chosen.part}-*.npz"))), rng)
    table = Table(
        "kind", "lead", "off list", "accepted", "wrong among them", title=f"{chosen.part}: {chosen.fields} each"
    )
    for kind in kinds(rng):
        told = told_of(kind, hands, chosen.fields)
        off_list = decoding.OFF_LIST_MAX if kind.expected.listed is not None else 0.0
        ways = [(decoding.LEAD_MIN, off_list)] if chosen.as_chosen else _ways(kind)
        for lead, short in ways:
            taken, wrong = told.rates(lead, short)
            shares = f"{taken / chosen.fields:.2%}", f"{wrong / max(taken, 1):.3%} ({wrong})"
            table.add_row(kind.name, f"{lead:.1f}", f"{short:.1f}", *shares)
    Console(width=110).print(table)
    return 0


def _ways(kind: Kind) -> Iterator[tuple[float, float]]:
    if kind.expected.listed is None:
        yield from ((lead, 0.0) for lead in LEADS)
        return
    yield from ((lead, decoding.OFF_LIST_MAX) for lead in LEADS)
    yield from ((decoding.LEAD_MIN, short) for short in OFF_LISTS)


def kinds(rng: np.random.Generator) -> Iterator[Kind]:
    """Give each kind of field."""
    codes = sorted({postcode(rng) for _ in range(LISTED)})
    copies = new_copy_codes(2000)
    bare, lists = [code.replace(" ", "") for code in codes], Lists(TODAY, frozenset(codes))
    postcodes = _expected(Code(id="one", kind="code", ask="?", pattern="uk_postcode"), lists)
    yield Kind("postcode on the list", postcodes, lambda: str(rng.choice(bare)))
    yield Kind("postcode off the list", postcodes, lambda: _unlike(bare, lambda: _bare(postcode(rng))), False)
    yield Kind("postcode one character off", postcodes, lambda: _unlike(bare, lambda: _slip(bare, rng)), False)
    days = _expected(Date(id="one", kind="date", ask="?", earliest=FIRST_DAY, latest="today"), lists)
    span = (TODAY - FIRST_DAY).days
    yield Kind("date", days, lambda: f"{FIRST_DAY + timedelta(days=int(rng.integers(span))):%d%m%Y}")
    yield Kind("date that cannot be", days, lambda: _no_day(rng), False)
    copy = Code(id="one", kind="code", ask="?", pattern="copy_code")
    for name, known in (("copy code, no list", None), ("copy code of 2,000", frozenset(copies))):
        expected = _expected(copy, Lists(TODAY, copy_codes=known))
        yield Kind(name, expected, lambda: _bare(copies[int(rng.integers(len(copies)))]))
    for name, pattern, count in (("job number", "job_number", 7), ("telephone number", "99999 999999", 11)):
        expected = _expected(Code(id="one", kind="code", ask="?", pattern=pattern), lists)
        yield Kind(name, expected, partial(_digits, rng, count))
    number = _expected(Number(id="one", kind="number", ask="?", maximum=999), lists)
    yield Kind("number to 999", number, lambda: str(rng.integers(1, 1000)))


def _digits(rng: np.random.Generator, count: int) -> str:
    return "".join(map(str, rng.integers(0, 10, count).tolist()))


def _expected(question: Question, lists: Lists) -> Expected:
    found = expected_of(question, lists)
    if found is None:
        raise ValueError(f"{question.kind} has no cells")
    return found


def _bare(spelling: str) -> str:
    return spelling.replace(" ", "")


def _no_day(rng: np.random.Generator) -> str:
    """Give a day that is in no calendar, or is still to come."""
    year = rng.integers(1950, 2026)
    return str(
        rng.choice([f"3102{year}", f"3104{year}", f"3013{year}", f"{rng.integers(10, 29)}12{rng.integers(2026, 2036)}"])
    )


def _unlike(bare: Sequence[str], draw: Callable[[], str]) -> str:
    """Give something drawn that is not in a list."""
    return next(one for one in iter(draw, None) if one not in bare)


def _slip(bare: Sequence[str], rng: np.random.Generator) -> str:
    """Give one of a list with one character exchanged for another of its sort."""
    one = str(rng.choice(bare))
    at = int(rng.integers(len(one)))
    sort = "0123456789" if one[at].isdigit() else "ABDEFGHJLNPQRSTUWXYZ"
    return one[:at] + str(rng.choice(list(sort))) + one[at + 1 :]


class Hands:
    """What the network makes of each writer's characters."""

    def __init__(self, seen: Seen, rng: np.random.Generator) -> None:
        kept = seen.classes < len(CLASSES)
        self.rng, self.likely = rng, probabilities((seen.pictures[kept] / 255).astype(np.float32))
        self.every: defaultdict[str, list[int]] = defaultdict(list)
        self.own: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for at, (number, writer) in enumerate(zip(seen.classes[kept].tolist(), seen.writers[kept], strict=True)):
            self.every[CLASSES[number]].append(at)
            self.own[str(writer)][CLASSES[number]].append(at)
        self.writers = sorted(self.own)

    def writes(self, words: str) -> Probabilities:
        """Give the cells of one field by one writer; what that one never wrote is another's."""
        own = self.own[self.writers[self.rng.integers(len(self.writers))]]
        found = [own[one] or self.every[one] for one in words]
        return self.likely[[ones[self.rng.integers(len(ones))] for ones in found]]


def told_of(kind: Kind, hands: Hands, count: int) -> Told:
    """Read so many fields of a kind."""
    rows = []
    for _ in range(count):
        truth = kind.drawn()
        found = weighed(np.log(hands.writes(truth)), kind.expected)
        said = found.readings[0].spelling if found.readings else ""
        rows.append((found.lead if said else -1.0, found.short, said == truth and kind.can_be_right))
    lead, short, right = zip(*rows, strict=True)
    return Told(np.array(lead), np.array(short), np.array(right))


if __name__ == "__main__":
    raise SystemExit(main())
