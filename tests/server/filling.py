"""Small things that a test puts into a store: a form, a campaign, a copy, and a response to be saved."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import library
from forms.answers import collect
from forms.codes.copy_code import new_copy_codes
from forms.definition import Form
from server.models.campaigns import Audience, Campaign, CampaignState, Channel, Sampling
from server.models.copies import Copy, PrintRun, RunKind
from server.models.form_versions import FormVersion
from server.responses.incoming import Incoming, Origin
from server.store import Store

TSM = "tsm-2026-27"

SAID: dict[str, object] = {
    "overall": "fairly_satisfied",
    "repair_done": "yes",
    "repairs_service": "very_satisfied",
    "safe_home": "not_applicable",
    "comment": "The lift is slow.",
    "contact_me": "yes",
    "contact": {"name": "Ada Żuk", "phone": "01664 502502"},
    "age_band": "from_25_to_34",
    "cares_for": ["child", "older_person"],
}
"""A response to the TSM form: of every part of it, the equality page too."""


@cache
def form_of(name: str) -> Form:
    """Give a form of the library."""
    return library.find(name)


def a_form_version(session: Session, form: Form) -> FormVersion:
    """Give the form's version in the store, added where it is not there yet."""
    known = session.scalar(select(FormVersion).where(FormVersion.content_sha256 == form.content_hash))
    if known is not None:
        return known
    made = FormVersion(
        name=form.form,
        version=form.version,
        title=form.title[form.language],
        definition=form.canonical(),
        content_sha256=form.content_hash,
    )
    session.add(made)
    session.flush()
    return made


def a_campaign(session: Session, name: str = "Autumn", form: str | Form = TSM) -> Campaign:
    """Give a new open campaign."""
    version = a_form_version(session, form_of(form) if isinstance(form, str) else form)
    campaign = Campaign(
        name=name,
        form_version_id=version.id,
        state=CampaignState.OPEN,
        opens_on=date(2026, 11, 1),
        closes_on=date(2026, 12, 31),
        channels=list(Channel),
        audience=Audience.ANYONE,
        sampling=Sampling.CENSUS,
        survey_round="2026-27",
    )
    session.add(campaign)
    session.flush()
    return campaign


def new_campaign(store: Store, name: str = "Autumn", form: str | Form = TSM) -> Campaign:
    """Give a new open campaign, kept."""
    with store.writing() as session:
        return a_campaign(session, name, form)


def new_copy(store: Store, campaign: Campaign) -> str:
    """Give the code of a copy that was issued for a campaign."""
    (code,) = new_copy_codes(1)
    with store.writing() as session:
        run = PrintRun(
            campaign_id=campaign.id, kind=RunKind.COPIES, edition="clear", size="a4", language="en", copies_wanted=1
        )
        session.add(run)
        session.flush()
        session.add(Copy(code=code, campaign_id=campaign.id, print_run_id=run.id, number=1))
    return code


def incoming(
    campaign: Campaign,
    said: Mapping[str, object] | None = None,
    *,
    uid: str | None = None,
    form: str | Form = TSM,
    copy_code: str | None = None,
) -> Incoming:
    """Give a response to be saved."""
    form = form_of(form) if isinstance(form, str) else form
    answers = collect(form, SAID if said is None else said)
    assert not answers.problems
    origin = Origin(
        campaign_id=campaign.id,
        form_version_id=campaign.form_version_id,
        channel=Channel.KIOSK,
        received_on=date(2026, 11, 25),
        language="en",
        format="touch",
        copy_code=copy_code,
    )
    return Incoming(uid or str(uuid4()), origin, form, answers)
