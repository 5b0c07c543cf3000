"""Figures of the forms: how every broken form is named, how old a reader must be, how quick the help is."""

import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

from rich.table import Table

from forms import library, reading
from forms.landlord import Landlord
from forms.loading import DefinitionError, parse_form
from tests.forms.broken import broken

VARIANTS_A_FORM = 120
VARIANTS_A_FORM_QUICK = 1
HELP_CPU_MAX_S = 0.3


def broken_forms(*, quick: bool) -> tuple[Table, bool]:
    """Break every form of the library in many ways; give the table, and whether all were named."""
    counts: Counter[tuple[str, bool]] = Counter()
    for name in library.names():
        sound = library.path_of(name).read_text(encoding="utf-8")
        random = Random(name)
        for _ in range(VARIANTS_A_FORM_QUICK if quick else VARIANTS_A_FORM):
            how, named = _is_named(sound, random)
            counts[how, named] += 1
    table = Table("Broken forms", "Made", "Named with file, line, key and remedy", "Wanted")
    for how in sorted({how for how, _ in counts}):
        table.add_row(how, str(counts[how, True] + counts[how, False]), str(counts[how, True]), "all")
    total = sum(counts.values())
    named_in_all = sum(count for (_, ok), count in counts.items() if ok)
    table.add_row("together", str(total), str(named_in_all), "all", style="bold")
    return table, named_in_all == total


def _is_named(sound: str, random: Random) -> tuple[str, bool]:
    variant = broken(sound, random)
    try:
        parse_form(variant.content, "form.yaml")
    except DefinitionError as error:
        found = [one for one in error.mistakes if one.line == variant.line and variant.key in one.key.split(".")]
        return variant.way, bool(found) and all(one.remedy for one in found)
    return variant.way, False


def reading_ages() -> tuple[Table, bool]:
    """Measure every passage of every form; give the table, and whether none is too hard."""
    table = Table("Reading age", "Passages", "Highest", "Where", "Wanted")
    oldest = 0.0
    for form in library.library():
        found = reading.passages(form, Landlord())
        hardest = max(found, key=lambda passage: passage.age)
        oldest = max(oldest, hardest.age)
        wanted = f"≤ {reading.AGE_MAX:.0f}"
        table.add_row(form.form, str(len(found)), f"{hardest.age:.1f}", hardest.place, wanted)
    return table, oldest <= reading.AGE_MAX


def help_time(*, quick: bool) -> Table:
    """Measure the CPU time of `sayso --help`, as whole processes."""
    sayso = Path(sys.executable).parent / "sayso"
    times = []
    for _ in range(3 if quick else 15):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sayso, "--help"], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    table = Table("Quickness", "Median CPU s", "Longest CPU s", "Wanted")
    middle = sorted(times)[len(times) // 2]
    table.add_row("sayso --help", f"{middle:.3f}", f"{max(times):.3f}", f"≤ {HELP_CPU_MAX_S}")
    return table
