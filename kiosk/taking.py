"""Taking one touch of a button: what the journey makes of it is kept before the next screen shows."""

from dataclasses import replace
from typing import Final

from forms.kinds.contact import Contact
from kiosk import answered, journey
from kiosk.complaint import COMPLAINT
from kiosk.journey import Effect, Step
from kiosk.screens import Act, Aloud, Settings, Size
from kiosk.sitting import Campaign, Sitting
from kiosk.store import Finished, Kiosk, KioskStore
from kiosk.submitted import Submitted
from kiosk.wording import FALLBACK

FRESH: Final = Sitting(Settings(FALLBACK))
"""What everybody begins with."""


class Taking:
    """Takes what one browser sends; `key` is what it proves itself by."""

    def __init__(self, store: KioskStore, kiosk: Kiosk, key: str) -> None:
        self._store: Final = store
        self._kiosk: Final = kiosk
        self._key: Final = key

    def now(self) -> Sitting:
        """Give the sitting as it is."""
        return self._store.sitting(self._kiosk, self._key) or FRESH

    def take(self, done: Submitted) -> Sitting:
        """Take one touch, once; give the sitting after it, whoever's touch was taken."""
        sitting = self.now()
        if done.turn != sitting.turn:
            return sitting
        if done.act is Act.BEGIN:
            return self._begun(sitting, done.value)
        campaign = self._store.campaign(sitting.campaign) if sitting.campaign is not None else None
        step = journey.step(sitting, campaign, done)
        match step.effect:
            case Effect.NOTHING:
                return sitting
            case Effect.WIPE:
                self._store.wipe(self._kiosk, self._key)
                return FRESH
            case _:
                return self._after(step, campaign)

    def _after(self, step: Step, campaign: Campaign | None) -> Sitting:
        if campaign is None or step.effect is Effect.KEEP:
            return self._kept(step.sitting)
        if step.effect is Effect.CODE:
            return self._kept(self._with_code(step.sitting, campaign))
        if step.effect is Effect.SEND:
            self._store.send(self._kiosk, self._key, step.sitting, finished(step.sitting, campaign))
            return self.now()
        contact = _contact(step.sitting) if step.effect is Effect.REACH else None
        self._store.complain(self._kiosk, self._key, replace(step.sitting, draft=None), contact)
        return self.now()

    def _begun(self, sitting: Sitting, value: str) -> Sitting:
        here = self._store.here(self._kiosk)
        campaign = next((one for one in here.campaigns if str(one.id) == value), None)
        if campaign is None or here.resting.get(campaign.id) or sitting.spot.place != "start":
            return sitting
        return self._kept(journey.begun(sitting, campaign))

    def _kept(self, sitting: Sitting) -> Sitting:
        """Keep the sitting; where another touch of the same screen was quicker, give what that one made."""
        if self._store.keep(self._kiosk, self._key, sitting):
            return replace(sitting, turn=sitting.turn + 1)
        return self.now()

    def _with_code(self, sitting: Sitting, campaign: Campaign) -> Sitting:
        code = sitting.copy_code or ""
        if self._store.seconds_until_next_code(self._kiosk):
            return journey.code_refused(sitting, code, "code_wait")
        if not self._store.knows_code(self._kiosk, campaign, code):
            return journey.code_refused(sitting, code, "code_unknown")
        return journey.code_found(sitting, campaign)


def finished(sitting: Sitting, campaign: Campaign) -> Finished:
    """Give what is sent in the end."""
    return Finished(campaign, answered.collected(campaign.form, sitting.delivered), used(sitting.settings))


def used(settings: Settings) -> str:
    """Say how the kiosk was used: by what tells most of how it was reached."""
    if settings.aloud is Aloud.KEYS:
        return "kiosk, four keys"
    if settings.aloud is Aloud.ALWAYS:
        return "kiosk, read aloud"
    return "kiosk" if settings.size is Size.NORMAL else f"kiosk, {settings.size}"


def _contact(sitting: Sitting) -> Contact | None:
    return COMPLAINT.parse(sitting.draft.raw, ()) if sitting.draft else None
