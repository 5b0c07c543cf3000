"""A draft that is right → a form in the catalogue, and their paper as printings of it: with our marks, and without."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from forms.adopting import AdoptingError, Binding, Draft
from forms.definition import Form
from forms.errors import FormsError
from forms.loading import parse_form
from forms.paper.editions import SizeName
from forms.sandbox import Limits, run_limited
from forms.stamping.printing import Stamped, as_printed_by_others, stamp
from server.adopting.drafts import Drafts
from server.catalogue.versions import form_of, keep
from server.errors import NotFoundError
from server.models.form_versions import FormVersion, PrintedForm
from server.queries.catalogue import THEIRS, theirs_of
from server.queries.theirs import UNMARKED
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
    unread: str
    """Why what comes back on the paper that they print cannot be read; empty where it can."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How their paper is kept: how it is made, and how a reader loads it."""

    make: Callable[[bytes, Form, Binding], Stamped]
    loading: str


MARKED: Final = Kind(stamp, "scanning.foreign.stamped:pages_loaded")
BARE: Final = Kind(as_printed_by_others, "scanning.foreign.unmarked:pages_loaded")


def form_of_draft(draft: Draft) -> Form:
    """Give the form that a draft defines; `DefinitionError` says what has to be mended first."""
    return parse_form(json.dumps(draft.definition, ensure_ascii=False).encode(), "the draft")


def keep_as_form(store: Store, drafts: Drafts, uid: str, *, by: str) -> Adopted:
    """Keep a draft as a form, and its paper so that what comes back on it is read; the draft is then gone."""
    waiting = drafts.one(uid)
    form, theirs = form_of_draft(waiting.draft), drafts.theirs(uid)
    marked, why_not = _made(MARKED, theirs, form, waiting.draft)
    bare, why_unread = _made(BARE, theirs, form, waiting.draft)
    papers = ((marked, THEIRS), (bare, UNMARKED))
    made = [(paper, store.files.add(paper.pdf), edition) for paper, edition in papers if paper is not None]
    with store.writing() as session:
        version = keep(session, form)
        for paper, kept, edition in made:
            kept_once(session, _row(version, paper, kept, edition, len(waiting.sizes)))
        note(store, session, "form added", f"form {version.id}", by=by, detail={"questions": len(form.questions)})
        adopted = Adopted(version.name, version.content_sha256, why_not, why_unread)
    drafts.remove(uid)
    return adopted


def paper_of(store: Store, name: str, version: str) -> bytes:
    """Give their paper with our marks; `NotFoundError` when a form has none."""
    with store.reading() as session:
        kept = theirs_of(session, name, version)
    if kept is None:
        raise NotFoundError("This form has no paper of somebody else’s. Look for its own paper.")
    return store.files.read(kept)


def _made(kind: Kind, content: bytes, form: Form, draft: Draft) -> tuple[Stamped | None, str]:
    """Give their paper of a kind, or why there cannot be any."""
    try:
        paper = kind.make(content, form, draft.binding)
        _check_loads(kind.loading, paper.pdf)
        return paper, ""
    except AdoptingError as error:
        return None, str(error)


def _check_loads(loading: str, pdf: bytes) -> None:
    """Refuse what a reader could not load; AdoptingError says why."""
    try:
        run_limited(loading, pdf, LOADING, refusal=FormsError)
    except FormsError as error:
        raise AdoptingError(HEAVY.format(error)) from None


def _row(version: FormVersion, paper: Stamped, kept: str, edition: str, pages: int) -> PrintedForm:
    return PrintedForm(
        form_version_id=version.id,
        name=paper.name,
        edition=edition,
        size=SizeName.A4,
        language=form_of(version).language,
        pages=pages,
        pdf_sha256=kept,
    )
