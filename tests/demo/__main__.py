"""`python -m tests.demo` makes the demo and holds it until Ctrl-C; `--check` makes one, compares, and ends."""

import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from server.intake.working import is_working
from server.sittings.full_size import address as kiosk_address
from server.web.words import today
from tests.demo import workspace
from tests.demo.browser import DemoError
from tests.demo.chapters import whole_year
from tests.demo.comparing import compared
from tests.demo.making import REPORTS, make
from tests.demo.site import LOG, Site, free_port, held
from tests.demo.story import SPARE
from tests.demo.workspace import ADMINISTRATOR, DATA, OFFICER, PASSWORD, ROOT, Made

FOLDER = ROOT / "demo"


def main(arguments: Sequence[str]) -> int:
    """Make the demo or check it; give the exit code."""
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)  # a terminal that is closed ends the site too
    try:
        return check() if "--check" in arguments else demo()
    except DemoError as error:
        click.echo(f"demo: {error}", err=True)
        return 1
    except KeyboardInterrupt:
        click.echo("The demo has ended. Start it again with: make demo")
        return 0


def check() -> int:
    """Make a workspace in a folder of its own, compare what was read with what was filled in, and end."""
    say = _telling()
    with tempfile.TemporaryDirectory(prefix="sayso-demo-") as name:
        folder = Path(name) / "demo"
        workspace.begin(folder)
        with held(folder, free_port()) as site:
            played = make(folder, site, whole_year(today()), say)
            return 1 if compared(played).show() else 0


def demo() -> int:
    """Hold the demo, made first unless there is one that can be used."""
    if (FOLDER / DATA).is_dir() and is_working(FOLDER / DATA):
        raise DemoError("The demo is running already. End it with Ctrl-C where it was started.")
    made = Made.read(FOLDER)
    if made is not None and made.can_be_used(today()):
        click.echo(f"The demo in {FOLDER} is used again. To have it made anew, remove that folder.")
    else:
        made = None
        workspace.begin(FOLDER)
    with held(FOLDER, free_port()) as site:
        if made is None:
            chapters = whole_year(today())
            played = make(FOLDER, site, chapters, _telling())
            played.post.wait_for_drafts()
            compared(played).show()
            last_day = min(chapter.closes_on for chapter in chapters if chapter.closes_on >= today())
            made = Made(workspace.code(), last_day.isoformat(), played.kiosk_key)
            made.keep(FOLDER)
        click.echo(where_to_look(site, made))
        try:
            site.process.wait()
        except KeyboardInterrupt:
            click.echo("\nThe site is being ended.")
            raise
    raise DemoError(f"The site ended by itself. {FOLDER / LOG} says why.")


def _telling() -> Callable[[str], None]:
    begun = time.monotonic()
    return lambda words: click.echo(f"{time.monotonic() - begun:5.0f} s  {words}")


def where_to_look(site: Site, made: Made) -> str:
    """Say where everything is."""
    return f"""
Everything in this demo is made up: landlord, homes, people, answers. All paper is simulated.

  Officers   {site.address}/   sign in as {ADMINISTRATOR} (or {OFFICER}), password: {PASSWORD}
  Kiosk      {kiosk_address(site.port, made.kiosk_key)}
  Results    {site.address}/figures/   and PDFs in {FOLDER / REPORTS}
  Scans      drop files into {FOLDER / DATA / "inbox"}
             {len(list((FOLDER / SPARE).iterdir()))} to try with are in {FOLDER / SPARE}

Sign in, and Today says what waits. Ctrl-C ends the demo; make demo starts it again."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
