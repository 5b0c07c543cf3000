"""How an alert can be settled."""

from enum import StrEnum
from typing import Final

from server.models.alerts import AlertKind


class Outcome(StrEnum):
    """Kept with the alert, so a name never changes."""

    DEALT_WITH = "dealt_with"
    NOTHING = "nothing"
    """It was no danger, or no complaint."""


BUTTONS: Final = {
    AlertKind.DANGER: {Outcome.DEALT_WITH: "Dealt with", Outcome.NOTHING: "Not a danger"},
    AlertKind.COMPLAINT: {Outcome.DEALT_WITH: "Answered", Outcome.NOTHING: "Not a complaint"},
}
"""What each is called, by the kind of alert."""

ACKNOWLEDGE: Final = {AlertKind.DANGER: "Passed on", AlertKind.COMPLAINT: "Acknowledged"}
"""What the step before is called."""
