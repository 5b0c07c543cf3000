"""What is wrong with a file of households."""

from server.errors import ServerError


class TableError(ServerError):
    """A file that no table can be read from; the message says why, and what to do."""


class MatchingError(ServerError):
    """Columns matched in a way that no household can be read by."""
