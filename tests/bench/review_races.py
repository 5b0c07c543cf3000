"""Print what comes of officers who settle one doubt at once: `python -m tests.bench.review_races [--quick]`.

1,000 pairs of officers, each pair on a doubt of its own, answer in two ways at once. Nothing is overwritten in silence:
one decision counts, the other officer is told, and both are kept. Then both decide anew on what counts, at once again.
The exit code is 1 when a decision was lost or overwritten.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Final

from sqlalchemy import select

from server.accounts import officers
from server.models.officers import Officer, Role
from server.models.review import Correction, Doubt, DoubtState
from server.queries.review import Wish
from server.returns.deciding import Clash, Decided, Said
from server.returns.decisions import Decision, How
from server.review import settling
from server.store import Store
from tests.bench.paper import Figures
from tests.bench.review_rows import put
from tests.bench.stores import DATABASES, load, store_on

PAIRS, QUICK_PAIRS = 1_000, 12
ANSWERS: Final = (Said(Decision(How.BLANK)), Said(Decision(How.UNREADABLE)))
PASSWORD: Final = "three random words"  # noqa: S105 (of the bench's own officers)

Settle = Callable[[int, Said, Officer], Decided | Clash]


@dataclass(frozen=True, slots=True)
class Raced:
    """What came of the pairs."""

    pairs: int
    told: int
    """Pairs of which one was told of the other."""
    overwritten: int
    """Doubts on which another decision counts than whose officer was told that it does, or of which one is gone."""
    twice: int
    """Pairs that were both told that theirs counts."""


def raced(store: Store, doubts: Sequence[int], settle: Settle, pair: Sequence[Officer]) -> Raced:
    """Have a pair of officers settle each doubt at once."""
    told = overwritten = twice = 0
    start = Barrier(2)

    def one(place: int, doubt_id: int) -> Decided | Clash:
        start.wait()
        return settle(doubt_id, ANSWERS[place], pair[place])

    with ThreadPoolExecutor(2) as pool:
        for doubt_id in doubts:
            before = set(_decisions(store, doubt_id))
            outcomes = [one.result() for one in [pool.submit(one, place, doubt_id) for place in (0, 1)]]
            counting = [outcome for outcome in outcomes if isinstance(outcome, Decided)]
            told, twice = told + (len(counting) == 1), twice + (len(counting) > 1)
            after = _decisions(store, doubt_id)
            new = {key: value for key, value in after.items() if key not in before}
            kept = sorted(outcome.correction_id for outcome in outcomes) == sorted(new)
            stands = [key for key, is_standing in after.items() if is_standing][-1:]
            overwritten += not kept or stands != [outcome.correction_id for outcome in counting]
    return Raced(len(doubts), told, overwritten, twice)


def _decisions(store: Store, doubt_id: int) -> dict[int, bool]:
    """Give the decisions on a doubt by their ids, the first first, and whether each was not taken back."""
    with store.reading() as session:
        asked = select(Correction.id, Correction.undone_at).where(Correction.doubt_id == doubt_id)
        return {key: undone is None for key, undone in session.execute(asked.order_by(Correction.id))}


def _officers(store: Store) -> list[Officer]:
    for name in ("anna", "ben"):
        officers.add(store, name, name.title(), Role.OFFICER, PASSWORD, by=None)
    with store.reading() as session:
        return list(session.scalars(select(Officer).order_by(Officer.id)))


def _standing(store: Store, doubts: Iterable[int]) -> dict[int, int]:
    """Give the decision that counts, by doubt."""
    return {
        doubt_id: [key for key, is_standing in _decisions(store, doubt_id).items() if is_standing][-1]
        for doubt_id in doubts
    }


def figures(database: str, *, quick: bool) -> Figures:
    """Race on one database."""
    pairs = QUICK_PAIRS if quick else PAIRS
    table = Figures(f"{pairs:,} pairs of officers on one doubt each on {database} ({load()})")
    with store_on(database, safe=False) as store:
        put(store, -(-pairs // 4))
        pair = _officers(store)
        with store.reading() as session:
            doubts = list(session.scalars(select(Doubt.id).order_by(Doubt.id).limit(pairs)))

        def decide(doubt_id: int, said: Said, officer: Officer) -> Decided | Clash:
            return settling.decide(store, doubt_id, said, officer, Wish()).outcome

        _add(table, "settle it", raced(store, doubts, decide, pair))
        seen = _standing(store, doubts)

        def overrule(doubt_id: int, said: Said, officer: Officer) -> Decided | Clash:
            return settling.overrule(store, seen[doubt_id], said, officer, Wish()).outcome

        _add(table, "decide anew", raced(store, doubts, overrule, pair))
        with store.reading() as session:
            left = len(session.scalars(select(Doubt.id).where(Doubt.state == DoubtState.OPEN)).all())
    table.add("doubts left open", "0", str(left), held=left == 0)
    return table


def _add(table: Figures, words: str, got: Raced) -> None:
    table.add(f"silent overwrites, both {words}", "0", str(got.overwritten), held=got.overwritten == 0)
    table.add(f"both told that theirs counts, both {words}", "0", str(got.twice), held=got.twice == 0)
    table.add(f"one told of the other, both {words}", f"{got.pairs:,}", f"{got.told:,}", held=got.told == got.pairs)


def main(arguments: Sequence[str]) -> int:
    """Print the tables; give the exit code."""
    missed = sum(figures(database, quick="--quick" in arguments).show() for database in DATABASES)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
