"""What the pages for what needs a person send."""

from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field

from forms import codes
from forms.codes.machine import PAGES_MAX
from scanning.hints import Corner, Hint
from server.aside.choosing import Which
from server.aside.picture import unturned
from server.aside.reasons import Rejection
from server.web.inputs import Input

OUTSIDE: Final = 20
"""How far outside of the picture a corner may be put, in hundredths of its side: it may be torn or cut off."""

CORNERS: Final = ("top left", "top right", "bottom right", "bottom left")
"""Of the sheet, as the page is read."""

AT_FIRST: Final = ((3, 3), (97, 3), (97, 97), (3, 97))
"""Where the corners stand on the picture before anybody has moved them, in hundredths of its sides."""


def _spelt(raw: object) -> object:
    """Give a copy code in its one spelling; what cannot be one is said so."""
    if not isinstance(raw, str) or not raw.strip():
        return ""
    try:
        return codes.pattern_named("copy_code").normalise(raw)
    except codes.CodeError:
        raise ValueError("No copy has this code: look at it again. Leave it empty if it cannot be read.") from None


CopyCode = Annotated[str, BeforeValidator(_spelt)]
Part = Annotated[float, Field(ge=-OUTSIDE, le=100 + OUTSIDE, allow_inf_nan=False)]


class Naming(Input):
    """Which page an officer says that it is, and where it lies."""

    printing: str = Field(min_length=1, max_length=40)
    number: int = Field(ge=1, le=PAGES_MAX)
    copy_code: CopyCode = ""
    belongs: str = Field("", max_length=36)
    turn: int = Field(0, ge=0, le=3)
    where: Literal["look", "corners"] = "look"
    x1: Part = AT_FIRST[0][0]
    y1: Part = AT_FIRST[0][1]
    x2: Part = AT_FIRST[1][0]
    y2: Part = AT_FIRST[1][1]
    x3: Part = AT_FIRST[2][0]
    y3: Part = AT_FIRST[2][1]
    x4: Part = AT_FIRST[3][0]
    y4: Part = AT_FIRST[3][1]

    def hint(self) -> Hint:
        """Give it as the scanner takes it."""
        corners = unturned(self._corners(), self.turn) if self.where == "corners" else None
        return Hint(self.printing, self.number, self.copy_code or None, corners, self.turn)

    def _corners(self) -> list[Corner]:
        shown = ((self.x1, self.y1), (self.x2, self.y2), (self.x3, self.y3), (self.x4, self.y4))
        return [(x / 100, y / 100) for x, y in shown]


class Rejecting(Input):
    """Why something is rejected."""

    why: Rejection


class SayingCampaign(Input):
    """Which campaign a copy answers."""

    campaign: int


class Choosing(Input):
    """Which of two stands."""

    stands: Which
