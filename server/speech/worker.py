"""The thread beside the site that makes the clips of every form that an open campaign asks at a kiosk."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Final

from forms.definition import Form
from kiosk.speech import of_form, of_kiosk, unique
from server.catalogue.versions import form_of
from server.queries.speech import forms_asked_at_kiosks
from server.speech.clips import Made, make
from server.store import Store

POLL_SECONDS: Final = 10.0
"""How soon after a campaign has opened its clips are begun; a screen that is shown before has its own made first."""

AT_ONCE: Final = 4
"""Clips between two looks at whether the site is ending: so it ends within a second or two."""

log = logging.getLogger("sayso.speech")

Done = set[tuple[str, str]]
"""Content hash and language of the forms whose clips were seen to."""


@contextmanager
def working(store: Store) -> Iterator[Thread]:
    """Make clips until the block ends; what is then missing is made at the next start."""
    ended = Event()
    thread = Thread(target=_work, args=(store, ended), name="speech", daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        ended.set()


def _work(store: Store, ended: Event) -> None:
    done: Done = set()
    while not ended.is_set():
        try:
            make_for_open_campaigns(store, done, ended)
        except Exception as error:  # noqa: BLE001 (the database may be away for a while: the thread must outlive it)
            log.error("clips are not made at present: %s", type(error).__name__)
        ended.wait(POLL_SECONDS)


def make_for_open_campaigns(store: Store, done: Done, ended: Event) -> None:
    """Make the clips of the forms of open campaigns in all their languages, but for those that are done already."""
    with store.reading() as session:
        forms = [form_of(version) for version in forms_asked_at_kiosks(session)]
    for form in forms:
        for language in form.languages:
            if (form.content_hash, language) not in done and _make(store, form, language, ended):
                done.add((form.content_hash, language))


def _make(store: Store, form: Form, language: str, ended: Event) -> bool:
    """Make the clips of one form in one language, leaving a core to those who answer; tell whether all were."""
    jobs = max(1, (os.cpu_count() or 1) - 1)
    landlord = store.settings.who()
    wanted = unique((*of_form(form, language, landlord), *of_kiosk(language, landlord)))
    for at in range(0, len(wanted), AT_ONCE):
        if ended.is_set():
            return False
        _tell(make(store, wanted[at : at + AT_ONCE], jobs=jobs), form, language)
    return True


def _tell(made: Made, form: Form, language: str) -> None:
    if made.silent or made.failed:
        log.warning(
            "%s in '%s': %d clips without a voice, %d that failed their check. Look with: sayso speech %s",
            form.form,
            language,
            len(made.silent),
            len(made.failed),
            form.form,
        )
