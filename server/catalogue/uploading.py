"""Taking in a form that somebody wrote: checked as a whole, then kept."""

from forms.loading import SIZE_MAX, DefinitionError, parse_form
from server.catalogue.versions import keep
from server.models.form_versions import FormVersion
from server.queries.catalogue import stored_version
from server.store import Store
from server.trail.recording import note

FILE = "the file"
"""What mistakes call the file: its own name stays with whoever sent it."""


def upload(store: Store, content: bytes, *, by: str) -> tuple[FormVersion, bool]:
    """Keep the form in a YAML file; give its version and whether it is new. `DefinitionError` names its mistakes."""
    if len(content) > SIZE_MAX:
        raise DefinitionError.whole(FILE, "it has more than a million bytes", "No form needs as many.", line=0)
    form = parse_form(content, FILE)
    with store.writing() as session:
        is_new = stored_version(session, form.content_hash) is None
        version = keep(session, form)
        if is_new:
            note(store, session, "form added", f"form {version.id}", by=by, detail={"questions": len(form.questions)})
    return version, is_new
