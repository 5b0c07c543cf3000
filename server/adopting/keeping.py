"""A draft that is right → a form in the catalogue, and their paper with our marks as a printing of it."""

import json
from dataclasses import dataclass

from forms.adopting import AdoptingError, Draft
from forms.definition import Form
from forms.loading import parse_form
from forms.paper.editions import SizeName
from forms.stamping.printing import Stamped, stamp
from server.adopting.drafts import Drafts
from server.catalogue.versions import keep
from server.errors import NotFoundError
from server.models.form_versions import FormVersion, PrintedForm
from server.queries.catalogue import THEIRS, theirs_of
from server.runs.printed import kept_once
from server.store import Store
from server.trail.recording import note


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
        return stamp(content, form, draft.binding), ""
    except AdoptingError as error:
        return None, str(error)


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
