"""How commands print tables: as wide as the screen, and never cut when a script or a file reads them."""

from rich.console import Console
from rich.table import Table

SCRIPT_WIDTH = 200
"""Columns where nobody's screen limits them."""


def table(*headings: str) -> Table:
    """Give an empty table with thin looks and a first column that is never cut."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    for number, heading in enumerate(headings):
        made.add_column(heading, no_wrap=number == 0, overflow="fold")
    return made


def show(made: Table) -> None:
    """Print a table."""
    console = Console()
    width = console.width if console.is_terminal else SCRIPT_WIDTH
    Console(width=width, markup=False, highlight=False, emoji=False).print(made)
