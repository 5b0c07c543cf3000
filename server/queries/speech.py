"""What is read aloud: recordings that stand in place of made clips, and the forms that kiosks ask at present."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.models.campaigns import Campaign, CampaignState, Channel
from server.models.form_versions import FormVersion
from server.models.recordings import Recording


def recording_of(session: Session, clip: str) -> Recording | None:
    """Give the recording that says what a clip says; None when nobody has recorded it."""
    return session.scalar(select(Recording).where(Recording.words_sha256 == clip))


def recordings_by_clip(session: Session) -> dict[str, Recording]:
    """Give every recording by the name of the clip that it stands for."""
    return {one.words_sha256: one for one in session.scalars(select(Recording).order_by(Recording.id))}


def forms_asked_at_kiosks(session: Session) -> tuple[FormVersion, ...]:
    """Give the form of each open campaign that kiosks ask, each once, that of the latest campaign first."""
    asked = session.execute(
        select(Campaign.channels, FormVersion)
        .join(FormVersion, Campaign.form_version_id == FormVersion.id)
        .where(Campaign.state == CampaignState.OPEN)
        .order_by(Campaign.id.desc())
    )
    return tuple(dict.fromkeys(version for channels, version in asked if Channel.KIOSK in channels))
