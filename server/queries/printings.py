"""Printed forms and campaigns as an officer chooses among them for paper that does not say it itself."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from forms.languages import english_name
from server.models.campaigns import Campaign, CampaignState
from server.models.form_versions import FormVersion, PrintedForm
from server.queries.catalogue import THEIRS
from server.queries.theirs import UNMARKED

THEIR_PRINT: Final = {THEIRS: "their paper with our marks", UNMARKED: "their paper without our marks"}
"""What paper of somebody else is called, by what stands for its edition."""

PRINTINGS: Final = select(PrintedForm, FormVersion).join(FormVersion, FormVersion.id == PrintedForm.form_version_id)
PRINTED: Final = PRINTINGS.where(PrintedForm.id == bindparam("printed_form_id"))
"""Asked for every returned copy. Built once: building the statement takes as long as running it."""


def printings_to_choose(session: Session) -> Sequence[tuple[str, str]]:
    """Give the name of every printed form with what it is called, the newest first."""
    rows = session.execute(PRINTINGS.order_by(PrintedForm.id.desc()))
    return [(printed.name, words(printed, version)) for printed, version in rows]


def printed_version(session: Session, printed_form_id: int) -> tuple[PrintedForm, FormVersion]:
    """Give a printed form with the version of the form that it prints."""
    printed, version = session.execute(PRINTED, {"printed_form_id": printed_form_id}).one()
    return printed, version


def printing_words(session: Session, printed_form_id: int) -> str:
    """Give what a printed form is called."""
    return words(*printed_version(session, printed_form_id))


def printing_name(session: Session, printed_form_id: int) -> str:
    """Give the name of a printed form in its machine codes."""
    return session.get_one(PrintedForm, printed_form_id).name


def words(printed: PrintedForm, version: FormVersion) -> str:
    """Name a printed form: its title, edition, size and language, and how many pages it has."""
    pages = f"{printed.pages} pages" if printed.pages > 1 else "1 page"
    print_of = THEIR_PRINT.get(printed.edition, f"{printed.edition} print, {printed.size.upper()}")
    return f"{version.name}, version {version.version}: {print_of}, {english_name(printed.language)}, {pages}"


def campaigns_of_printing(session: Session, printed_form_id: int) -> Sequence[Campaign]:
    """Give the campaigns that ask the form that was printed, the open ones first."""
    version = select(PrintedForm.form_version_id).where(PrintedForm.id == printed_form_id).scalar_subquery()
    asked = select(Campaign).where(Campaign.form_version_id == version, Campaign.state != CampaignState.DRAFT)
    return session.scalars(asked.order_by(Campaign.state.desc(), Campaign.closes_on.desc(), Campaign.id)).all()
