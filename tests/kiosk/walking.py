"""A person at a kiosk without a server: what they touch, and what comes of it."""

from dataclasses import dataclass, field
from functools import cache

from forms import library
from forms.definition import Form
from forms.landlord import Landlord
from kiosk import journey
from kiosk.journey import Effect, Step
from kiosk.pen import Pen
from kiosk.places import Place, Spot
from kiosk.screens import Act, Line, Screen, Settings
from kiosk.showing import Scene, shown
from kiosk.sitting import Campaign, Raw, Sitting
from kiosk.store import Here, Results
from kiosk.submitted import Submitted, submitted
from tests.forms import every_kind

AS_SHOWN = "\N{WHITE SQUARE}"
"""Stands for what the screen shows."""


@cache
def form_named(name: str) -> Form:
    """Give a form of the library, or the tests' own with every kind of question."""
    return every_kind() if name == "every-kind" else library.find(name)


def campaign_of(form: Form, *, wants_code: bool = False, shows_results: bool = False) -> Campaign:
    """Give a campaign that asks a form."""
    return Campaign(1, 1, form, wants_code=wants_code, shows_results=shows_results, rest_seconds=0)


def fields_for(question: str, raw: Raw) -> dict[str, list[str]]:
    """Give the fields of a screen with an answer in them."""
    if isinstance(raw, dict):
        return {f"{question}.{part}": [words] for part, words in raw.items()}
    return {question: raw} if isinstance(raw, list) else {question: [raw]} if raw else {}


@dataclass
class Walk:
    """One person on their way through a form."""

    campaign: Campaign
    sitting: Sitting = field(default_factory=lambda: Sitting(Settings("en")))
    last: Step | None = None
    results: Results | None = None

    @classmethod
    def begun(cls, form: Form, **how: bool) -> "Walk":
        """Give a person who has just chosen a form."""
        walk = cls(campaign_of(form, **how))
        walk.sitting = journey.begun(walk.sitting, walk.campaign)
        return walk

    @classmethod
    def at_first(cls, name: str) -> "Walk":
        """Give a person at the first question of a form."""
        walk = cls.begun(form_named(name))
        walk.touch(Act.NEXT)
        walk.touch(Act.SKIP)
        return walk

    def touch(self, act: Act, raw: Raw = AS_SHOWN, value: str = "", **fields: str) -> Step:
        """Touch a button, with an answer to the question on the screen or with other fields.

        Where neither is given, the fields are sent as the screen shows them, as a browser does.
        """
        typed = self.standing() if raw == AS_SHOWN else fields_for(self.question or "", raw)
        typed |= {name.replace("__", "."): [words] for name, words in fields.items()}
        done = submitted({"act": [act.value], "value": [value], "turn": ["0"], **typed})
        assert isinstance(done, Submitted)
        self.last = journey.step(self.sitting, self.campaign, done)
        self.sitting = self.last.sitting
        return self.last

    def standing(self) -> dict[str, list[str]]:
        """Give the fields of the screen as they stand there."""
        fields = {}
        for shown_field in self.screen.fields:
            if isinstance(shown_field, Line):
                fields[shown_field.name] = [shown_field.value]
            else:
                fields[shown_field.name] = [row.value for row in shown_field.rows if row.is_chosen]
        return fields

    @property
    def effect(self) -> Effect | None:
        """Give what the last touch asks for."""
        return self.last.effect if self.last else None

    @property
    def place(self) -> Place:
        return self.sitting.spot.place

    @property
    def question(self) -> str | None:
        return self.sitting.spot.question

    def go_to(self, question: str) -> None:
        """Be at a question as if come there by Next."""
        self.sitting = Sitting(
            self.sitting.settings,
            Spot(Place.QUESTION, question),
            campaign=1,
            delivered=self.sitting.delivered,
            helped_by=self.sitting.helped_by,
        )

    @property
    def screen(self) -> Screen:
        """Give what the person sees."""
        return shown(self.scene)

    @property
    def scene(self) -> Scene:
        pen = Pen(self.sitting.settings.language, Landlord().details())
        return Scene(pen, self.sitting, self.campaign, Here((self.campaign,)), results=self.results)


def to_check(walk: Walk) -> None:
    """Skip everything from here on."""
    while walk.place is not Place.CHECK:
        walk.touch(Act.SKIP)
