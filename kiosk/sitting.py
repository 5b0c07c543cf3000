"""One person's sitting at a kiosk: where they are, what they have said, how they want it shown and read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from forms.definition import Form
from kiosk.places import START, Spot
from kiosk.screens import Settings

Raw = str | list[str] | dict[str, str] | None
"""An answer as it was put in; None where a question was left blank."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the fields of the present screen and is not taken."""

    raw: Raw
    refused: str = ""
    """Why it was refused, as a key of `kiosk/wording` or `forms/wording`; empty where nobody said Next yet."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A form that can be answered at this kiosk."""

    id: int
    form_version_id: int
    form: Form
    wants_code: bool
    """Whether only who has the code of a paper copy may answer."""
    shows_results: bool
    rest_seconds: int
    keeps_unfinished: bool = False
    """Whether what somebody leaves behind is kept, without contact details and equality answers."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """What is known of one person until all is sent or wiped."""

    settings: Settings
    spot: Spot = START
    turn: int = 0
    """Goes up with everything that is taken."""
    campaign: int | None = None
    delivered: Mapping[str, Raw] = field(default_factory=dict)
    """What was put in, by question; a question that was seen and left blank has None."""
    draft: Draft | None = None
    copy_code: str | None = None
    helped_by: str = ""
    receipt: str | None = None
