"""An alert of a copy that is not complete → what is read on its paper so far, and where to see the paper itself."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from server.alerts.telling import Landlord, Said, parts
from server.catalogue.versions import form_of
from server.queries.alerts import Place, Whole, place_of
from server.returns.speaking import written_on


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What is read in the place that an alert is about."""

    said: Said
    is_checked: bool
    """Whether an officer typed it; else a machine read it, and may have misread it."""
    reading_id: int
    place: Place


def on_paper(session: Session, whole: Whole, landlord: Landlord) -> OnPaper | None:
    """Give what is read on an alert's paper; None where its response is there, or nothing is read there any more."""
    paper, form = whole.told.paper, form_of(whole.version)
    if paper is None:
        return None
    for one in written_on(session, paper.returned, form):
        if one.question.id == whole.told.alert.question:
            asked = one.question.ask.filled(form.language, landlord)
            said = Said(asked, tuple(parts(one.words, paper.language)))
            return OnPaper(said, one.is_checked, one.reading_id, place_of(session, one.reading_id))
    return None
