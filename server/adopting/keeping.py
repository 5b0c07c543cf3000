"""A draft that is right → a form in the catalogue, and their paper with our marks as a printing of it."""

import json
from dataclasses import dataclass
from typing import Final

from forms.adopting import AdoptingError, Draft
from forms.definition import Form
from forms.errors import FormsError
from forms.loading import parse_form
from forms.paper.editions import SizeName
from forms.sandbox import Limits, run_limited
from forms.stamping.printing import Stamped, stamp
from server.adopting.drafts import Drafts
from server.catalogue.versions import keep
from server.errors import NotFoundError
from server.models.form_versions import FormVersion, PrintedForm
from server.queries.catalogue import THEIRS, theirs_of
from server.runs.printed import kept_once
from server.store import Store
from server.trail.recording import note

LOADING: Final = Limits(memory_mb=1_000, cpu_s=10, wall_s=30)
"""What one paper may take to be drawn. Every reader draws all kept papers when it starts, with 1,500 MB and 30 s of a
processor for them all: one that is too heavy would end all reading. 16 common pages take 3 s and 600 MB."""

HEAVY: Final = (
    "a reader could not draw it within its limits ({}). Save the PDF anew with smaller pictures, or print it and adopt "
    "a scan of it"
)


@dataclass(frozen=True, slots=True)
class Adopted:
    """What became of a draft."""

    name: str
    version: str
    without_paper: str
    """Why their paper cannot bear our marks; empty where it does."""


def form_of_draft(draft: Draft) -> Form:
    """Give the form that a draft defines; `DefinitionError` says what has to be mended first."""
    return parse_form(json.dumps(draft.definition, ensure_ascii=False).encode(), "the draft")


def keep_as_form(store: Store, drafts: Drafts, uid: str, *, by: str) -> Adopted:
    """Keep a draft as a form, and its paper so that what comes back on it is read; the draft is then gone."""
    waiting = drafts.one(uid)
    form = form_of_draft(waiting.draft)
    stamped, why = _stamped(drafts.theirs(uid), form, waiting.draft)
    pages = len(waiting.sizes)
    kept = store.files.add(stamped.pdf) if stamped is not None else None
    with store.writing() as session:
        version = keep(session, form)
        if stamped is not None and kept is not None:
            kept_once(session, _printed(version, stamped, kept, form.language, pages))
        note(store, session, "form added", f"form {version.id}", by=by, detail={"questions": len(form.questions)})
        adopted = Adopted(version.name, version.content_sha256, why)
    drafts.remove(uid)
    return adopted


def paper_of(store: Store, name: str, version: str) -> bytes:
    """Give their paper with our marks; `NotFoundError` when a form has none."""
    with store.reading() as session:
        kept = theirs_of(session, name, version)
    if kept is None:
        raise NotFoundError("This form has no paper of somebody else’s. Look for its own paper.")
    return store.files.read(kept)


def _stamped(content: bytes, form: Form, draft: Draft) -> tuple[Stamped | None, str]:
    try:
        stamped = stamp(content, form, draft.binding)
        _check_loads(stamped.pdf)
        return stamped, ""
    except AdoptingError as error:
        return None, str(error)


def _check_loads(pdf: bytes) -> None:
    """Refuse what a reader could not load; AdoptingError says why."""
    try:
        run_limited("scanning.foreign.stamped:pages_loaded", pdf, LOADING, refusal=FormsError)
    except FormsError as error:
        raise AdoptingError(HEAVY.format(error)) from None


def _printed(version: FormVersion, stamped: Stamped, kept: str, language: str, pages: int) -> PrintedForm:
    return PrintedForm(
        form_version_id=version.id,
        name=stamped.name,
        edition=THEIRS,
        size=SizeName.A4,
        language=language,
        pages=pages,
        pdf_sha256=kept,
    )
