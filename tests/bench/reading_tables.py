"""Tables of what reading got right and wrong, by wear, and beside what is wanted."""

from rich.table import Table

from tests.bench.tally import Tally, added, bound_of_zero
from tests.paper.wear import HARD, ORDINARY

GROUPS = {"ordinary": ORDINARY, "hard": HARD}
WANTED = {
    "ordinary": {"registered": "100 %", "p95": "≤ 0.05 mm", "beyond": "≤ 0.5 %"},
    "hard": {"registered": "≥ 99.5 %", "p95": "≤ 0.15 mm", "beyond": "≤ 2 %"},
}


def table(tallies: dict[str, Tally], title: str) -> Table:
    """Give the figures of each wear, and of both groups."""
    shown = Table(title=title)
    for name in ("wear", "pages", "aside", "boxes", "questions", "p95 mm", "wrong", "bound", "doubts beyond"):
        shown.add_column(name, justify="left" if name == "wear" else "right")
    for name in ("doubts", "ambiguous", "accepted", "boxes twice", "flips"):
        shown.add_column(name, justify="right")
    for group, wears in GROUPS.items():
        for wear in wears:
            if wear.name in tallies:
                shown.add_row(wear.name, *_cells(tallies[wear.name]))
        shown.add_section()
        shown.add_row(group, *_cells(added(tallies[wear.name] for wear in wears if wear.name in tallies)), style="bold")
        shown.add_section()
    return shown


def figures(tallies: dict[str, Tally]) -> Table:
    """Give what is wanted of reading beside what was measured, for both groups of wears."""
    shown = Table(title="Wanted and measured, simulated")
    for name in ("what", "wanted", "ordinary", "wanted", "hard"):
        shown.add_column(name, justify="left" if name == "what" else "right")
    groups = {name: added(tallies[one.name] for one in wears if one.name in tallies) for name, wears in GROUPS.items()}
    measured = {name: _measured(tally) for name, tally in groups.items()}
    for at, (what, key) in enumerate(ROWS):
        wanted = [WANTED[group].get(key, key) for group in GROUPS]
        shown.add_row(what, wanted[0], measured["ordinary"][at], wanted[1], measured["hard"][at])
    return shown


ROWS = (
    ("pages registered, identity right", "registered"),
    ("pages taken for another", "0"),
    ("box position, 95th percentile", "p95"),
    ("wrong answers accepted", "0"),
    ("boxes, and the 95 % bound of a wrong answer a box", "1,000,000 in all"),
    ("questions doubted beyond those truly ambiguous", "beyond"),
    ("truly ambiguous questions that were doubted", "100 %"),
    ("answers that flip between two scans of a sheet", "0"),
)
"""Each figure, with its key in `WANTED` or what is wanted of both groups."""


def _measured(tally: Tally) -> list[str]:
    registered = 1 - tally["set_aside"] / max(1, tally["pages"])
    wrong = tally["wrong"]
    bound = "" if wrong else f", {1e6 * bound_of_zero(tally['boxes']):.1f} in a million"
    ambiguous = tally["ambiguous"]
    return [
        f"{100 * registered:.2f} % of {tally['pages']:,}",
        str(tally["wrong_identity"]),
        f"{tally.gap_mm(0.95):.3f} mm",
        f"{wrong}",
        f"{tally['boxes']:,}{bound}",
        f"{100 * tally['overdoubted'] / max(1, tally['questions'] - ambiguous):.2f} %",
        f"{ambiguous - tally['ambiguous_accepted']} of {ambiguous}",
        f"{tally['flips']} in {tally['boxes_twice']:,} boxes",
    ]


def _cells(tally: Tally) -> list[str]:
    clear = max(1, tally["questions"] - tally["ambiguous"])
    return [
        f"{tally['pages']:,}",
        f"{tally['set_aside']} + {tally['wrong_identity']} wrong",
        f"{tally['boxes']:,}",
        f"{tally['questions']:,}",
        f"{tally.gap_mm(0.95):.3f}",
        f"{tally['wrong']} ({tally['wrong_on_page']})",
        f"{1e6 * bound_of_zero(tally['boxes']):.1f}/M",
        f"{100 * tally['overdoubted'] / clear:.2f} %",
        f"{100 * tally['doubted'] / max(1, tally['questions']):.2f} %",
        f"{tally['ambiguous']}",
        f"{tally['ambiguous_accepted']}",
        f"{tally['boxes_twice']:,}",
        f"{tally['flips']}",
    ]
