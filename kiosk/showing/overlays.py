"""What lies over a screen and leads back to it: help, languages, reading aloud; and "are you still there?"."""

from kiosk import wording
from kiosk.screens import VOLUMES, Act, Aloud, Button, Kind, Screen, Speed, Words
from kiosk.showing.scene import Scene
from kiosk.speech.wordings import language_name

HELP_KEYS = ("help_touch", "help_skip", "help_settings", "help_phone", "help_danger", "help_privacy")


def help_screen(scene: Scene) -> Screen:
    """Give the help: how this works, whom to call, how to stop."""
    pen, campaign = scene.pen, scene.campaign
    of_form = pen.paragraphs(campaign.form.help) if campaign is not None else ()
    is_under_way = campaign is not None and scene.sitting.receipt is None
    stop = (scene.button(Act.LEAVE, "stop_wipe"),) if is_under_way else ()
    return _over(scene, Kind.HELP, "help_heading", (*(pen.own(key) for key in HELP_KEYS), *of_form), stop)


def languages(scene: Scene) -> Screen:
    """Give the languages to choose from: of the form that is answered, or of all that can be, and the kiosk's own."""
    buttons = tuple(
        Button(Act.LANGUAGE, scene.pen.said(language_name(one).words, one), one, is_chosen=one == scene.pen.language)
        for one in offered(scene)
    )
    return _over(scene, Kind.LANGUAGE, "language_heading", (), buttons)


def offered(scene: Scene) -> tuple[str, ...]:
    """Give the codes of the languages that can be chosen here."""
    if scene.campaign is not None and scene.sitting.spot.place != "start":
        return tuple(scene.campaign.form.languages)
    of_forms = (language for campaign in scene.here.campaigns for language in campaign.form.languages)
    return tuple(dict.fromkeys((*wording.languages(), *of_forms)))


def speech(scene: Scene) -> Screen:
    """Give the ways of reading aloud, with speed and volume."""
    return _over(scene, Kind.SPEECH, "speech_heading", (scene.pen.own("speech_help"),), _ways(scene))


def _ways(scene: Scene) -> tuple[Button, ...]:
    pen, settings = scene.pen, scene.sitting.settings
    aloud = tuple(
        Button(
            Act.SPEECH,
            pen.own(f"aloud_{way}"),
            f"aloud:{way}",
            is_chosen=way is settings.aloud,
            detail=pen.own("aloud_keys_detail") if way is Aloud.KEYS else None,
        )
        for way in Aloud
    )
    speeds = tuple(
        scene.button(Act.SPEECH, f"speed_{speed}", f"speed:{speed}", is_chosen=speed is settings.speed)
        for speed in Speed
    )
    volumes = tuple(
        Button(
            Act.SPEECH,
            pen.own("volume_level", level=level, most=VOLUMES),
            f"volume:{level}",
            is_chosen=level == settings.volume,
        )
        for level in range(1, VOLUMES + 1)
    )
    return (*aloud, *speeds, *volumes)


def still_there(scene: Scene) -> Screen:
    """Give the question whether anybody is still there."""
    pen = scene.pen
    return Screen(
        Kind.STILL_THERE,
        scene.sitting.turn,
        pen.own("still_there"),
        scene.landlord,
        paragraphs=(pen.own("still_help"),),
        moves=(scene.button(Act.LEAVE, "stop_wipe"), scene.button(Act.MORE_TIME, "more_time", is_main=True)),
    )


def _over(scene: Scene, kind: Kind, heading: str, paragraphs: tuple[Words, ...], buttons: tuple[Button, ...]) -> Screen:
    pen, campaign = scene.pen, scene.campaign
    return Screen(
        kind,
        scene.sitting.turn,
        pen.own(heading),
        scene.landlord,
        form=pen.of(campaign.form.title) if campaign is not None else None,
        paragraphs=paragraphs,
        buttons=buttons,
        moves=(scene.button(Act.CLOSE, "close", is_main=True),),
    )
