"""What the kiosk needs of whoever keeps things for it: the server fulfils it with its database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from forms.answers import Answers
from forms.kinds.contact import Contact
from kiosk.sitting import Campaign, Sitting

IDLE_SECONDS = 90
"""Without any touch, and while nothing is read aloud, until the person is asked whether they are still there."""

WARNING_SECONDS = 60
"""How long they are asked, before all is wiped."""

GRACE_SECONDS = 10
"""On top, for a touch in the last second to arrive."""


@dataclass(frozen=True, slots=True)
class Kiosk:
    """One screen, and where it stands."""

    id: int
    site_id: int
    site: str


@dataclass(frozen=True, slots=True)
class Finished:
    """What is sent in the end."""

    campaign: Campaign
    answers: Answers
    format: str
    """How the kiosk was used: "kiosk, large, read aloud"."""


@dataclass(frozen=True, slots=True)
class Results:
    """What all have chosen so far, by question and choice."""

    counts: Mapping[str, Mapping[str, int]]
    responses: int


@dataclass(frozen=True, slots=True)
class Here:
    """What can be answered here, and for how many seconds yet each campaign rests."""

    campaigns: tuple[Campaign, ...]
    resting: Mapping[int, int] = field(default_factory=dict)


class KioskStore(Protocol):
    """Keeps sittings, and what comes of them. What it is said to keep is on the disk when the call ends."""

    def kiosk_with(self, key: str) -> Kiosk | None:
        """Give the kiosk in use that proves itself by this key."""

    def set_up(self, key: str, address: str) -> Kiosk | int:
        """Give the same for a key that was typed in; else the seconds to wait until the next try, 0 for at once."""

    def here(self, kiosk: Kiosk) -> Here:
        """Give what can be answered at a kiosk today."""

    def campaign(self, campaign_id: int) -> Campaign | None:
        """Give a campaign, even one that has closed while somebody was answering it."""

    def sitting(self, kiosk: Kiosk, key: str) -> Sitting | None:
        """Give the sitting of a browser; None where it has none, or left it alone for too long."""

    def keep(self, kiosk: Kiosk, key: str, sitting: Sitting) -> bool:
        """Keep a sitting under the next turn, unless its turn was taken already; tell whether it was kept.

        The first of a browser wipes what is left of an earlier one at the same kiosk.
        """

    def send(self, kiosk: Kiosk, key: str, sitting: Sitting, finished: Finished) -> bool:
        """Save the response and empty the sitting, both or neither, under the same condition as `keep`."""

    def complain(self, kiosk: Kiosk, key: str, sitting: Sitting, contact: Contact | None) -> bool:
        """Tell officers at once that what was sent is to be a complaint, and how its maker can be reached.

        The sitting is kept as by `keep`.
        """

    def wipe(self, kiosk: Kiosk, key: str) -> None:
        """Remove a sitting, or keep its answers as unfinished where the campaign says so."""

    def alive(self, kiosk: Kiosk, key: str) -> bool:
        """Note that somebody is there; False where there is no sitting."""

    def seconds_until_next_code(self, kiosk: Kiosk) -> int:
        """Give how long this kiosk takes no code, after several that were never issued."""

    def knows_code(self, kiosk: Kiosk, campaign: Campaign, code: str) -> bool:
        """Tell whether a code was issued for a campaign; counts against the kiosk where it was not."""

    def results(self, campaign: Campaign) -> Results:
        """Give what was answered so far."""
