"""The page on which a campaign is made or changed: what can be chosen, and what is kept."""

from flask import render_template

from server.campaigns.inputs import AtKiosk, Changes, Draft, date_parts
from server.catalogue.shelf import key_of, shelf
from server.models.campaigns import Audience, Campaign, CampaignState, Channel, Sampling
from server.queries.campaigns import all_sites
from server.web.here import store_here
from server.web.inputs import Sent, nothing_sent

CHANNELS = (
    (Channel.KIOSK, "Kiosk: a touch screen in a public place"),
    (Channel.PAPER, "Paper"),
    (Channel.TYPED_PDF, "PDF filled in on a computer"),
    (Channel.HELPED, "Helped: an officer fills it in for the person"),
    (Channel.IMPORTED, "Imported: collected elsewhere, and put in from a file"),
)
AUDIENCES = (
    (Audience.INVITED, "Invited households only, by the code on their copy"),
    (Audience.ANYONE, "Anyone"),
)
SAMPLINGS = (
    (Sampling.CENSUS, "Census: every household is asked"),
    (Sampling.SAMPLE, "Sample: some are drawn at random"),
)

AT_KIOSK = (
    (AtKiosk.KEEPS_UNFINISHED, "Keep what somebody answered before walking away: marked as unfinished, never counted"),
    (AtKiosk.SHOWS_RESULTS, "Show what all have answered so far, after somebody has answered"),
)


def draft_page(form: Sent[Draft] | Sent[Changes], campaign: Campaign | None = None) -> str:
    """Give the page on which a campaign is made, or changed where there is one."""
    with store_here().reading() as session:
        entries, sites = shelf(session), all_sites(session)
    details = store_here().settings.who().details()
    forms = [
        (one.key, f"{one.form.title.filled(one.form.language, details)}, version {one.form.version_name}")
        for one in entries
    ]
    return render_template(
        "campaigns/draft.html",
        form=form,
        campaign=campaign,
        is_draft=campaign is None or campaign.state == CampaignState.DRAFT,
        forms=[("", "Choose a form"), *sorted(forms, key=lambda pair: pair[1])],
        channels=CHANNELS,
        audiences=AUDIENCES,
        samplings=SAMPLINGS,
        at_kiosk=AT_KIOSK,
        may_be_anyone=campaign is None or campaign.state == CampaignState.DRAFT or campaign.audience == Audience.ANYONE,
        sites=[(site.id, site.name) for site in sites],
    )


def as_form(campaign: Campaign) -> Sent[Draft]:
    """Give a campaign as the form that would make it."""
    return nothing_sent(
        Draft,
        name=campaign.name,
        form=key_of(campaign.form_version),
        **date_parts("opens_on", campaign.opens_on),
        **date_parts("closes_on", campaign.closes_on),
        channels=campaign.channels,
        audience=campaign.audience,
        sampling=campaign.sampling,
        survey_round=campaign.survey_round,
        sites=[site.id for site in campaign.sites],
        at_kiosk=[name for name in AtKiosk if getattr(campaign, name)],
        rest_seconds=campaign.rest_seconds or "",
        version=campaign.version,
    )
