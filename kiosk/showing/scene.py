"""What a screen is made from."""

from dataclasses import dataclass

from kiosk.pen import Pen
from kiosk.screens import Act, Button
from kiosk.sitting import Campaign, Sitting
from kiosk.store import Here, Results


@dataclass(frozen=True, slots=True)
class Scene:
    """One person's sitting and what they may see."""

    pen: Pen
    sitting: Sitting
    campaign: Campaign | None
    here: Here
    """What can be answered at this kiosk."""
    pledges: tuple[tuple[str, str], ...] = ()
    """What was said, and what was done about it."""
    results: Results | None = None
    code_wait: int = 0
    """Seconds until a copy code can be tried again."""

    @property
    def landlord(self) -> str:
        """Give who asks."""
        return self.pen.details["landlord"]

    def button(self, act: Act, key: str, value: str = "", *, is_main: bool = False, is_chosen: bool = False) -> Button:
        """Give a button with words of the kiosk's own."""
        return Button(act, self.pen.own(key), value, is_main=is_main, is_chosen=is_chosen)
