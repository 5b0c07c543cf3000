"""The printed forms that the store keeps: what returned paper is read by."""

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.models.form_versions import PrintedForm
from server.store.locking import alone

if TYPE_CHECKING:
    from forms.paper.printing import Printing


def keep_printing(
    session: Session, form_version_id: int, printing: "Printing", language: str, pdf_sha256: str
) -> PrintedForm:
    """Give the row of a printing, made now if there is none yet; its PDF is in the store's files already."""
    made = PrintedForm(
        form_version_id=form_version_id,
        name=printing.name,
        edition=printing.edition.name,
        size=printing.size.name,
        language=language,
        pages=printing.pages,
        pdf_sha256=pdf_sha256,
    )
    return kept_once(session, made)


def kept_once(session: Session, made: PrintedForm) -> PrintedForm:
    """Give the row that there is of a printing, this one if there is none."""
    alone(session, f"printed form {made.name}")
    kept = session.scalar(select(PrintedForm).where(PrintedForm.name == made.name))
    if kept is None:
        session.add(kept := made)
        session.flush()
    return kept
