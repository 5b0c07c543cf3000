"""What can go wrong with a campaign that no other activity knows."""

from server.errors import RefusedError


class ChangedMeanwhileError(RefusedError):
    """Somebody else changed the campaign after the page was loaded; nothing of the second change was kept."""


class NameTakenError(RefusedError):
    """Another campaign has this name."""
