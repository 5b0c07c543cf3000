"""A workspace from nothing to a year in it: the one thing that `make demo` and `make demo-check` both do."""

import signal
import tomllib
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from server.config import Settings
from server.figures.years import ReportingYear
from server.store import Store
from server.web.words import today as this_day
from tests.demo import town, workspace
from tests.demo.browser import Browser
from tests.demo.chapters import Chapter
from tests.demo.office import Office
from tests.demo.post import Post
from tests.demo.settling import settle
from tests.demo.site import Site
from tests.demo.story import Played, Scene, Story

FILLERS: Final = 2
"""Processes that fill in and scan paper."""

REPORTS: Final = "reports"
KINDS: Final = ("results", "table")
"""What is published of the year that is over."""

HOMES: Final = 120


def make(
    folder: Path, site: Site, chapters: Sequence[Chapter], say: Callable[[str], None], homes: int = HOMES
) -> Played:
    """Play the year at a site whose folder is new; settle and close what is over, publish its figures."""
    today = this_day()
    store = Store(settings_of(folder))
    office = signed_in(site, workspace.ADMINISTRATOR)
    # Begun anew, not forked: a fork of a process with threads can wait for ever for a lock that one of them held.
    fresh = get_context("spawn")
    with ProcessPoolExecutor(FILLERS, mp_context=fresh, initializer=_let_parent_decide) as pool:
        played = Story(office, Post(store), pool, today, say).play(chapters, town.homes(homes))
    office.add_officer(workspace.OFFICER, workspace.NAMES[workspace.OFFICER], workspace.PASSWORD)
    over = [scene for scene in played.scenes if scene.chapter.closes_on < today]
    officer = signed_in(site, workspace.OFFICER)
    count = settle(officer.browser, played.post, [batch for scene in over for batch in scene.batches])
    say(f"{count} doubts of the campaigns that are over are settled by an officer; their figures are published")
    for scene in over:
        office.close_campaign(scene.campaign)
    _publish(office, folder, over)
    return played


def settings_of(folder: Path) -> Settings:
    """Give the settings of the demo in a folder."""
    made = Settings.model_validate(tomllib.loads((folder / "sayso.toml").read_text(encoding="utf-8")))
    return made.model_copy(update={"data": folder / made.data})


def signed_in(site: Site, username: str) -> Office:
    """Give an officer who has signed in at a site."""
    browser = Browser(site.port)
    browser.sign_in(username, workspace.PASSWORD)
    return Office(browser)


def _let_parent_decide() -> None:
    """Leave Ctrl-C to the process that began this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _publish(office: Office, folder: Path, over: Sequence[Scene]) -> None:
    """Write the reports of the tenant survey that is over, where there is one."""
    (folder / REPORTS).mkdir()
    for scene in over:
        if scene.chapter.form.measures:
            year = str(ReportingYear.of(scene.chapter.opens_on))
            for kind in KINDS:
                (folder / REPORTS / f"{kind}-{year}.pdf").write_bytes(office.report(kind, year))
