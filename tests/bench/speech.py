"""Print how long the clips of the TSM survey take, and what checks find: `python -m tests.bench.speech [--quick]`.

All that a kiosk may have to say of the survey, in all of its languages, is made by the voices of this machine into an
empty store, checked, and then checked again as kept. `--quick` takes a few lines of a poll, and bounds no time. The
exit code is 1 when a clip is missing or fails its check, or when they take too long.
"""

import resource
import statistics
import sys
import time
from collections.abc import Sequence
from typing import Final

from forms import library
from kiosk.speech import Utterance, of_form, of_kiosk, unique
from kiosk.speech.pronunciation import pronounced
from server.speech.checking import LOUDNESS_DB
from server.speech.clips import Clip, Made, make, spoken_now
from server.speech.levelling import TARGET_DB
from server.store import Store
from tests.bench.paper import Figures
from tests.bench.stores import load, store_on

FORM, QUICK_FORM = "tsm-2026-27", "poll"
QUICK_LINES: Final = 6
"""Of each language."""

SECONDS_MAX: Final = 60
TRIES, QUICK_TRIES = 20, 2
TYPED: Final = {
    "en": "The lift is slow and the bins are full. Thank you.",
    "pl": "Winda jest wolna.",
    "ar": "المصعد بطيء.",
}
"""Words as a person types them, to be read back."""


def figures(*, quick: bool) -> Figures:
    """Make, check and keep the clips of a form."""
    form = library.find(QUICK_FORM if quick else FORM)
    table = Figures(f"Clips of {form.form} in {', '.join(form.languages)} ({load()})")
    with store_on("SQLite") as store:
        landlord = store.settings.who()
        wanted = unique(
            one
            for language in form.languages
            for one in (*of_form(form, language, landlord), *of_kiosk(language, landlord))[
                : QUICK_LINES if quick else None
            ]
        )
        made, seconds, cpu_s = _timed(store, wanted)
        in_time = quick or seconds <= SECONDS_MAX
        shown = f"{seconds:.1f} s ({cpu_s:.1f} s of CPU)"
        table.add(f"{len(wanted)} clips made", "" if quick else f"≤ {SECONDS_MAX} s", shown, held=in_time)
        _add_checks(table, made)
        again, seconds, _ = _timed(store, wanted)
        table.add("kept and checked again", f"{len(wanted)}", f"{again.kept} in {seconds:.1f} s", held=not again.made)
        for language in form.languages:
            tries_ms = _typed_ms(store, language, QUICK_TRIES if quick else TRIES)
            shown = f"{statistics.median(tries_ms):.0f} ms, {max(tries_ms):.0f} ms at the most"
            table.add(f"a typed sentence read back in '{language}'", "", shown, held=True)
    return table


def _timed(store: Store, wanted: Sequence[Utterance]) -> tuple[Made, float, float]:
    """Make clips; give them with the seconds on the clock, and those of all cores, the voices' programs included."""
    before, begun = _cpu_s(), time.perf_counter()
    made = make(store, wanted)
    return made, time.perf_counter() - begun, _cpu_s() - before


def _cpu_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _add_checks(table: Figures, made: Made) -> None:
    table.add("without a voice, or silent", "0", f"{len(made.silent)}", held=not made.silent)
    found = [f"{clip.utterance.words}: {problem}" for clip in made.failed for problem in clip.problems]
    table.add("failed a check", "0", "\n".join([f"{len(made.failed)}", *found]), held=not made.failed)
    levels = [clip.level_db for clip in made.clips] or [0.0]
    asked = f"{TARGET_DB:.0f} ± {LOUDNESS_DB:.0f} dB"
    within = all(abs(level - TARGET_DB) <= LOUDNESS_DB for level in levels)
    table.add("loudness, quietest to loudest", asked, f"{min(levels):.1f} to {max(levels):.1f} dB", held=within)
    rates = sorted(1000 * clip.seconds / max(1, len(pronounced(clip.utterance))) for clip in _sentences(made))
    shown = f"{rates[0]:.0f}, {statistics.median(rates):.0f}, {rates[-1]:.0f} ms" if rates else "none"
    table.add("time a character of 10 or more: least, half, most", "", shown, held=bool(rates))
    total = f"{sum(clip.seconds for clip in made.clips):,.0f} s"
    table.add("sound in all", "", total, held=True)


def _sentences(made: Made) -> list[Clip]:
    return [clip for clip in made.clips if len(clip.utterance.words) >= 10]


def _typed_ms(store: Store, language: str, tries: int) -> list[float]:
    found = []
    for _ in range(tries):
        begun = time.perf_counter()
        spoken_now(store, TYPED[language], language)
        found.append((time.perf_counter() - begun) * 1000)
    return found


def main(arguments: Sequence[str]) -> int:
    """Print the table; give the exit code."""
    return 1 if figures(quick="--quick" in arguments).show() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
