"""A campaign as a kiosk knows it."""

from kiosk.sitting import Campaign as KioskCampaign
from server.catalogue.versions import form_of
from server.models.campaigns import Audience, Campaign


def campaign_from(campaign: Campaign) -> KioskCampaign:
    """Give a campaign with its form."""
    return KioskCampaign(
        id=campaign.id,
        form_version_id=campaign.form_version_id,
        form=form_of(campaign.form_version),
        wants_code=campaign.audience == Audience.INVITED,
        shows_results=campaign.shows_results,
        rest_seconds=campaign.rest_seconds if campaign.audience == Audience.ANYONE else 0,
        keeps_unfinished=campaign.keeps_unfinished,
    )
