"""Where a person is → the screen that they see, as plain values. Pure: it reads and writes nothing."""

from collections.abc import Callable, Mapping
from typing import Final

from kiosk.places import Over, Place
from kiosk.screens import Screen
from kiosk.showing import asking, beginning, ending, overlays
from kiosk.showing.scene import Scene
from kiosk.sitting import Campaign

__all__ = ["Scene", "shown"]

_OVERLAYS: Final[Mapping[Over, Callable[[Scene], Screen]]] = {
    Over.HELP: overlays.help_screen,
    Over.LANGUAGE: overlays.languages,
    Over.SPEECH: overlays.speech,
}

_SCREENS: Final[Mapping[Place, Callable[[Scene, Campaign], Screen]]] = {
    Place.ABOUT: beginning.about,
    Place.CODE: asking.code,
    Place.HELPED: asking.helped,
    Place.QUESTION: asking.question,
    Place.CHANGE: asking.question,
    Place.CHECK: ending.check,
    Place.SENT: ending.sent,
    Place.RESULTS: ending.results,
    Place.COMPLAINT: ending.complaint,
}


def shown(scene: Scene) -> Screen:
    """Give the screen of where the person is."""
    spot = scene.sitting.spot
    if spot.over is not None:
        return _OVERLAYS[spot.over](scene)
    if spot.place is Place.START or scene.campaign is None:
        return beginning.start(scene)
    return _SCREENS[spot.place](scene, scene.campaign)
