"""Giving a single paper out: from then on its printing is known, so that what comes back typed into it can be read."""

from io import BytesIO

import pikepdf

from forms.paper.carried import PaperError, carried_definition
from server.catalogue.papers import Paper, Wanted
from server.catalogue.versions import keep
from server.models.form_versions import PrintedForm
from server.runs.printed import kept_once
from server.store import Store


def given_out(store: Store, wanted: Wanted, paper: Paper) -> bytes:
    """Keep the printing of a paper, and give its PDF; `PaperError` when what was made does not say which it is."""
    pdf = paper.pdf()
    with pikepdf.open(BytesIO(pdf)) as opened:
        carried, pages = carried_definition(opened), len(opened.pages)
    if carried is None:
        raise PaperError("this paper carries no definition. Lay it out again.")
    kept = store.files.add(pdf)
    with store.writing() as session:
        made = PrintedForm(
            form_version_id=keep(session, wanted.form).id,
            name=carried.printing,
            edition=carried.edition,
            size=carried.size,
            language=carried.language,
            pages=pages,
            pdf_sha256=kept,
        )
        kept_once(session, made)
    return pdf
