"""The screens before the first question: the start, and what a campaign is about."""

import math
from typing import Final

from forms.definition import Form, LanguageStatus
from kiosk.screens import Act, Button, Kind, Pledge, Screen
from kiosk.showing.scene import Scene
from kiosk.sitting import Campaign

SECONDS_EACH: Final = {"comment": 90, "contact": 90, "short_text": 40}
"""How long such a question takes at a touch screen; any other takes `SECONDS_OTHER`. The TSM survey so comes to the
10 minutes that it says itself."""

SECONDS_OTHER: Final = 15

MINUTES_LEAST: Final = 2
"""With the screens around the questions nobody is done sooner."""


def minutes(form: Form) -> int:
    """Give about how many minutes a form takes."""
    seconds = sum(SECONDS_EACH.get(question.kind, SECONDS_OTHER) for question in form.questions)
    return max(MINUTES_LEAST, math.ceil(seconds / 60))


def start(scene: Scene) -> Screen:
    """Give the start screen: what this is, what can be answered, what came of earlier answers."""
    pen = scene.pen
    here = scene.here.campaigns
    return Screen(
        Kind.START,
        scene.sitting.turn,
        pen.own("start_heading"),
        scene.landlord,
        paragraphs=(pen.own("start_line" if here else "start_empty"),),
        buttons=tuple(_opening(scene, campaign) for campaign in here),
        pledges=tuple(Pledge(pen.said(said, "en"), pen.said(did, "en")) for said, did in scene.pledges),
    )


def _opening(scene: Scene, campaign: Campaign) -> Button:
    pen, rests = scene.pen, scene.here.resting.get(campaign.id, 0)
    if rests:
        detail = pen.own("start_rests", count=math.ceil(rests / 60))
    else:
        detail = pen.own("start_detail", count=len(campaign.form.questions), minutes=minutes(campaign.form))
    return Button(Act.BEGIN, pen.of(campaign.form.title), str(campaign.id), is_resting=rests > 0, detail=detail)


def _back(scene: Scene) -> Button:
    """Give the way back to the start screen, which nothing may be behind: once something was said, it wipes that."""
    return scene.button(Act.LEAVE, "stop_wipe") if scene.sitting.delivered else scene.button(Act.BACK, "back")


def about(scene: Scene, campaign: Campaign) -> Screen:
    """Give the screen that says what a campaign is about and what happens with the answers."""
    pen, form = scene.pen, campaign.form
    keys = ["about_skip", "about_unfinished" if campaign.keeps_unfinished else "about_wiped"]
    if form.languages.get(pen.language) is LanguageStatus.DRAFT:
        keys.append("translation_draft")
    return Screen(
        Kind.ABOUT,
        scene.sitting.turn,
        pen.own("about_heading"),
        scene.landlord,
        form=pen.of(form.title),
        notice=pen.of(form.notice) if form.notice is not None else None,
        paragraphs=(*pen.paragraphs(form.introduction), *(pen.own(key) for key in keys)),
        moves=(_back(scene), scene.button(Act.NEXT, "about_begin", is_main=True)),
    )
