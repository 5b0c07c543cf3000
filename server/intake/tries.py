"""How often the writing on a page is tried to be read: again after a rest, the last time on a quiet machine only.

What fails while others take the machine often goes well later; what fails on a quiet one does so every time.
"""

import os
from datetime import timedelta
from typing import Final

from sqlalchemy import update

from server.models.base import now
from server.models.intake import Page, WritingState
from server.store import Store

RESTS: Final = (timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1))
"""After the first try, the second and all later ones: a batch takes the machine for minutes, a backup for an hour."""

TRIES_MAX: Final = 4


def is_quiet() -> bool:
    """Tell whether in the last minute no process had to wait for a core, about."""
    return os.getloadavg()[0] <= len(os.sched_getaffinity(0))


def tried_most() -> int:
    """Give how often at most a page was tried that may be tried now: the last try needs a quiet machine."""
    return TRIES_MAX - 1 if is_quiet() else TRIES_MAX - 2


def begin(page: Page) -> None:
    """Take down that a page is about to be tried; if this process dies over it, its rest comes all the same."""
    page.writing_after = now() + RESTS[min(page.writing_attempts, len(RESTS) - 1)]
    page.writing_attempts += 1


def failed(page: Page) -> None:
    """Take down that a try failed: after the last one the page is given up."""
    if page.writing_attempts >= TRIES_MAX:
        page.writing = WritingState.FAILED


def anew(page: Page) -> None:
    """Have a page that was given up tried as if for the first time."""
    page.writing, page.writing_attempts, page.writing_after = WritingState.WAITING, 0, None


def give_up(store: Store) -> None:
    """Give up the pages over whose last try a worker died: to be called where none is at work."""
    died = (Page.writing == WritingState.WAITING, Page.writing_attempts >= TRIES_MAX)
    with store.writing() as session:
        session.execute(update(Page).where(*died).values(writing=WritingState.FAILED))
