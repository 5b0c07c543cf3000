"""`python -m tests.bench [--quick]`: measure, and print each figure beside the one that is wanted."""

import argparse
import sys

from rich.console import Console

from tests.bench import forms, paper


def main() -> int:
    """Print all tables; 1 when a figure is missed that does not depend on the machine's speed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="measure a little of each, in seconds")
    quick = parser.parse_args().quick
    console = Console(width=140)
    reached = []
    for table, ok in (forms.broken_forms(quick=quick), forms.reading_ages()):
        console.print(table)
        reached.append(ok)
    console.print(forms.help_time(quick=quick))
    reached.append(paper.main(["--quick"] if quick else []) == 0)
    return 0 if all(reached) else 1


if __name__ == "__main__":
    sys.exit(main())
