"""A run's paper, drawn whole in memory: the form, its numbered copies, labels and letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from forms.copies import print_run
from forms.landlord import Landlord
from forms.paper.editions import EditionName, SizeName
from forms.paper.printing import Printing, print_form
from server.catalogue.versions import form_of
from server.models.base import now
from server.models.copies import PrintRun
from server.queries.recipients import Recipient
from server.runs.addressed.labels import labels
from server.runs.addressed.letters import Wording, letters


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everything of a run that is paper; labels and letters are None where there are none."""

    printing: Printing
    run: bytes
    labels: bytes | None
    letters: bytes | None


def drawn(landlord: Landlord, run: PrintRun, recipients: Sequence[Recipient], codes: Sequence[str]) -> Drawn:
    """Give a run's paper; a `FormsError` says why the form cannot be printed so."""
    printing = print_form(
        form_of(run.campaign.form_version),
        landlord,
        edition=EditionName(run.edition),
        size=SizeName(run.size),
        language=run.language,
    )
    copies = BytesIO()
    print_run(printing, codes, copies)
    return Drawn(
        printing,
        copies.getvalue(),
        labels(run.id, recipients) if recipients else None,
        letters(run.id, recipients, Wording(run.language, run.letter, now(), landlord))
        if recipients and run.letter
        else None,
    )
