"""The forms that the store keeps, and which campaigns use them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.models.campaigns import Campaign
from server.models.form_versions import FormVersion, PrintedForm

THEIRS = "theirs"
"""Stands for the edition in the row of a printing that is somebody else's paper with our marks."""


def stored_versions(session: Session) -> tuple[FormVersion, ...]:
    """Give all stored versions, by name, the newest of each first."""
    return tuple(session.scalars(select(FormVersion).order_by(FormVersion.name, FormVersion.id.desc())))


def stored_version(session: Session, content_sha256: str) -> FormVersion | None:
    """Give the stored version of that content; None when there is none."""
    return session.scalar(select(FormVersion).where(FormVersion.content_sha256 == content_sha256))


def campaigns_by_form(session: Session) -> dict[str, tuple[Campaign, ...]]:
    """Give the campaigns that use each stored version, by its content hash, the latest first."""
    rows = session.execute(
        select(FormVersion.content_sha256, Campaign)
        .join(Campaign, Campaign.form_version_id == FormVersion.id)
        .order_by(Campaign.opens_on.desc(), Campaign.id.desc())
    )
    found: dict[str, tuple[Campaign, ...]] = {}
    for content, campaign in rows:
        found[content] = (*found.get(content, ()), campaign)
    return found


def theirs_of(session: Session, name: str, content_sha256: str) -> str | None:
    """Give the file of a stored version's paper that is somebody else's with our marks; None when there is none."""
    return session.scalar(
        select(PrintedForm.pdf_sha256)
        .join(FormVersion, PrintedForm.form_version_id == FormVersion.id)
        .where(FormVersion.name == name, FormVersion.content_sha256 == content_sha256, PrintedForm.edition == THEIRS)
        .order_by(PrintedForm.id.desc())
        .limit(1)
    )
