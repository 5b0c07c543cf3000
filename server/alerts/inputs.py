"""What the pages of alerts send."""

from server.alerts.outcomes import Outcome
from server.web.inputs import Input


class Seen(Input):
    """An alert's version as the officer saw it."""

    version: int


class Settled(Seen):
    """How an alert is to be settled."""

    outcome: Outcome
