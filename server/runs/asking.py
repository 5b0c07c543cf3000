"""Asking for a run: it is written down as waiting, and made behind the page."""

from dataclasses import dataclass

from forms.landlord import Landlord
from forms.paper import fonts
from server.errors import RefusedError
from server.models.base import now
from server.models.campaigns import Campaign
from server.models.copies import PrintRun, RunKind
from server.models.officers import Officer
from server.queries.recipients import recipients
from server.queries.runs import campaign_to_print
from server.store import Store
from server.trail.recording import note


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run is to be."""

    kind: RunKind
    edition: str
    size: str
    language: str
    copies: int
    """To hand out; for households it is their number that counts."""
    letter: str


class LetterRefusedError(RefusedError):
    """A cover letter that cannot be printed as it is."""


def check_letter(wanted: Wanted, landlord: Landlord) -> None:
    """Raise `LetterRefusedError` for a letter that is longer than a page, or that paper has no letters for."""
    from server.runs.addressed import letters  # noqa: PLC0415 (loads the libraries that lay out paper)

    if missing := fonts.missing_letters(wanted.letter):
        raise LetterRefusedError(f"Paper has no letters for these: {' '.join(missing[:5])}. Leave them out.")
    if not letters.fits_one_page(letters.Wording(wanted.language, wanted.letter, now(), landlord)):
        raise LetterRefusedError("The letter is longer than one page. Take a few sentences out.")


def ask(store: Store, campaign: Campaign, wanted: Wanted, *, officer: Officer) -> int:
    """Write down a run that is to be made, and give its number; `RefusedError` where nobody would get a copy."""
    if wanted.letter and wanted.kind is not RunKind.COPIES:
        check_letter(wanted, store.settings.who())
    with store.writing() as session:
        campaign_to_print(session, campaign.id)
        goes_to = len(recipients(session, campaign.id, wanted.kind))
        run = PrintRun(
            campaign_id=campaign.id,
            kind=wanted.kind,
            edition=wanted.edition,
            size=wanted.size,
            language=wanted.language,
            copies_wanted=wanted.copies if wanted.kind is RunKind.COPIES else goes_to,
            letter="" if wanted.kind is RunKind.COPIES else wanted.letter,
            officer_id=officer.id,
        )
        if not run.copies_wanted:
            raise RefusedError(nobody(wanted.kind))
        session.add(run)
        session.flush()
        detail = {"kind": wanted.kind.value, "copies": run.copies_wanted, "campaign": campaign.uid}
        note(store, session, "print run asked for", f"print run {run.id}", by=officer.uid, detail=detail)
        return run.id


def nobody(kind: RunKind) -> str:
    """Say why a run would have no copy, and what to do."""
    if kind is RunKind.REMINDER:
        return "No household is left to remind: all invited ones have answered, or want no reminder."
    return "This campaign has invited no household yet. Choose its households on the campaign's page first."
