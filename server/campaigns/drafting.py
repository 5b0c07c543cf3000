"""Making a campaign, and changing one that is not closed."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from forms.definition import Form
from server.campaigns.errors import ChangedMeanwhileError, NameTakenError
from server.campaigns.inputs import ROUND_MAX, AtKiosk, Changes, Draft
from server.catalogue.shelf import of_key
from server.catalogue.versions import keep
from server.errors import NotFoundError, RefusedError
from server.models.campaigns import Audience, Campaign, CampaignState, Channel, Site
from server.store import Store
from server.store.locking import alone
from server.trail.chain import Detail
from server.trail.recording import note

MEANWHILE = "Somebody else changed this campaign while your page was open. Nothing of yours was kept."
NAME_TAKEN = "There is a campaign of this name already. Choose another name."


def make(store: Store, wanted: Draft, *, by: str) -> Campaign:
    """Make a campaign as a draft; `NameTakenError` for a name that there is, `NotFoundError` for an unknown form."""
    with store.writing() as session:
        _refuse_taken_name(session, wanted.name)
        campaign = Campaign()
        _set_while_draft(session, campaign, wanted)
        _set(session, campaign, wanted)
        session.add(campaign)
        session.flush()
        _note(store, session, "campaign made", campaign, by)
        return campaign


def change(store: Store, campaign_id: int, changes: Changes, *, by: str) -> Campaign:
    """Change a campaign. Once it is open, its form, first day and who may answer stay as they are.

    Raises `RefusedError` for what may not be changed, `ChangedMeanwhileError` when somebody else came first.
    """
    with changing(store, campaign_id, changes.version) as (session, campaign):
        if campaign.state == CampaignState.CLOSED:
            raise RefusedError("This campaign is closed: it stays as it was.")
        if isinstance(changes, Draft):
            if campaign.state != CampaignState.DRAFT:
                raise RefusedError("This campaign is open: its form and who may answer can no longer be changed.")
            _set_while_draft(session, campaign, changes)
        elif changes.closes_on < campaign.opens_on:
            raise RefusedError("The last day comes before the first. Choose a later one.")
        if changes.name != campaign.name:
            _refuse_taken_name(session, changes.name)
        _set(session, campaign, changes)
        _note(store, session, "campaign changed", campaign, by)
        return campaign


@contextmanager
def changing(store: Store, campaign_id: int, version: int) -> Iterator[tuple[Session, Campaign]]:
    """Give a campaign to change, as it was when the officer saw it, or raise `ChangedMeanwhileError`."""
    try:
        with store.writing() as session:
            campaign = session.get(Campaign, campaign_id)
            if campaign is None:
                raise NotFoundError("There is no such campaign.")
            if campaign.version != version:
                raise ChangedMeanwhileError(MEANWHILE)
            yield session, campaign
    except StaleDataError as error:
        raise ChangedMeanwhileError(MEANWHILE) from error


def _set(session: Session, campaign: Campaign, changes: Changes) -> None:
    campaign.name = changes.name
    campaign.closes_on = changes.closes_on
    campaign.channels = [channel.value for channel in changes.channels]
    campaign.sites = list(session.scalars(select(Site).where(Site.id.in_(changes.sites))))
    _set_at_kiosk(campaign, changes)


def _set_at_kiosk(campaign: Campaign, changes: Changes) -> None:
    """Set what counts at a kiosk only; without one, or without anyone who may walk up, it is switched off."""
    has_kiosk = Channel.KIOSK in changes.channels
    campaign.keeps_unfinished = has_kiosk and AtKiosk.KEEPS_UNFINISHED in changes.at_kiosk
    campaign.shows_results = has_kiosk and AtKiosk.SHOWS_RESULTS in changes.at_kiosk
    may_rest = has_kiosk and campaign.audience == Audience.ANYONE
    campaign.rest_seconds = changes.rest_seconds if may_rest else 0


def _set_while_draft(session: Session, campaign: Campaign, wanted: Draft) -> None:
    form = of_key(session, wanted.form).form
    campaign.form_version = keep(session, form)
    campaign.opens_on = wanted.opens_on
    campaign.audience = wanted.audience
    campaign.sampling = wanted.sampling
    campaign.survey_round = wanted.survey_round or _usual_round(form, wanted.name)


def _usual_round(form: Form, name: str) -> str:
    return form.reporting_year or name[:ROUND_MAX]


def _refuse_taken_name(session: Session, name: str) -> None:
    alone(session, "names of campaigns")
    if session.scalar(select(Campaign.id).where(Campaign.name == name)) is not None:
        raise NameTakenError(NAME_TAKEN)


def _note(store: Store, session: Session, action: str, campaign: Campaign, by: str) -> None:
    session.flush()
    detail: Detail = {
        "form": campaign.form_version_id,
        "channels": " ".join(campaign.channels),
        "sites": len(campaign.sites),
        "unfinished kept": campaign.keeps_unfinished,
        "results shown": campaign.shows_results,
        "rest seconds": campaign.rest_seconds,
    }
    note(store, session, action, f"campaign {campaign.uid}", by=by, detail=detail)
