"""The printed forms that the store keeps: what returned paper is read by."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.paper.printing import Printing
from server.models.form_versions import PrintedForm
from server.store.locking import alone


def keep_printing(
    session: Session, form_version_id: int, printing: Printing, language: str, pdf_sha256: str
) -> PrintedForm:
    """Give the row of a printing, made now if there is none yet; its PDF is in the store's files already."""
    alone(session, f"printed form {printing.name}")
    kept = session.scalar(select(PrintedForm).where(PrintedForm.name == printing.name))
    if kept is None:
        kept = PrintedForm(
            form_version_id=form_version_id,
            name=printing.name,
            edition=printing.edition.name,
            size=printing.size.name,
            language=language,
            pages=printing.pages,
            pdf_sha256=pdf_sha256,
        )
        session.add(kept)
        session.flush()
    return kept
