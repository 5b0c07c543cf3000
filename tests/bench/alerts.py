"""Print how well dangers are found in people's own words: `python -m tests.bench.alerts [--quick]`.

All sentences are made up, most of them by whoever chose the phrases: the figures are simulated, and tenants' own words
will fare worse. What was written when the phrases were done fares worse already; it stands beside, and bounds nothing.
`--quick` measures the time once instead of twenty times. The exit code is 1 when a figure is missed.
"""

import sys
import time
from collections.abc import Sequence
from typing import Final

from server.alerting.dangers import dangers_in
from tests.bench.paper import Figures
from tests.server.alerts.sentences import parts, scored

RECALL_MIN: Final = 0.98
FALSE_ALARMS_MAX: Final = 0.05
MS_MAX: Final = 1.0

NAMED: Final = {
    "choosing": "while the phrases were chosen",
    "kept": "kept for the test",
    "later": "written when the phrases were done",
}


def main(arguments: Sequence[str]) -> int:
    """Print the table; give the exit code."""
    figures = Figures("Dangers found in sentences (made up: simulated)")
    for part, words in NAMED.items():
        add_part(figures, part, words)
    repeats = 1 if "--quick" in arguments else 20
    each = ms_each(repeats)
    figures.add("time to look at one, processor", f"≤ {MS_MAX:.0f} ms", f"{each:.2f} ms", held=each <= MS_MAX)
    return 1 if figures.show() else 0


def add_part(figures: Figures, part: str, words: str) -> None:
    """Add what was found in one part of the sentences."""
    score = scored(part)
    is_bound = part == "kept"
    found = f"{score.recall:.3f} ({score.rightly} of {score.dangerous}; any danger: {score.found})"
    false = f"{score.false_alarms:.3f} ({score.false} of {score.harmless})"
    wanted = (f"≥ {RECALL_MIN}", f"≤ {FALSE_ALARMS_MAX}") if is_bound else ("", "")
    figures.add(f"found, {words}", wanted[0], found, held=not is_bound or score.recall >= RECALL_MIN)
    figures.add(f"false alarms, {words}", wanted[1], false, held=not is_bound or score.false_alarms <= FALSE_ALARMS_MAX)


def ms_each(repeats: int) -> float:
    """Give how long a sentence takes on average, in milliseconds of processor time."""
    every = [one for part in parts().values() for one in part]
    began = time.process_time()
    for _ in range(repeats):
        for one in every:
            dangers_in(one.words, one.language)
    return (time.process_time() - began) * 1000 / (repeats * len(every))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
