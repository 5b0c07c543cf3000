"""`sayso doctor`: what works on this machine, what lacks, and how to mend it."""

import click
from rich.console import Console
from rich.text import Text

from server.cli import Exit
from server.cli.tables import show, table
from server.config import load_settings
from server.doctor import State, examine

STYLES = {State.WORKS: "green", State.LIMITED: "yellow", State.MISSING: "red"}


@click.command(name="doctor")
def command() -> int:
    """Check what Sayso needs on this machine, and say how to mend it.

    The exit code is 1 when something is missing that Sayso cannot do without.
    """
    from server.installation import clock  # noqa: PLC0415 (loads the database library)

    settings = load_settings()
    made = table("Part", "State", "Found, or what is lost without it", "To mend it")
    states = []
    console = Console(stderr=True)
    with console.status("Looking at this machine …"):
        for finding in (*examine(settings), clock.finding(settings)):
            states.append(finding.state)
            state = Text(finding.state, STYLES[finding.state])
            made.add_row(finding.name, state, finding.found, finding.mend)
    show(made)
    return Exit.FAULT if State.MISSING in states else Exit.OK
