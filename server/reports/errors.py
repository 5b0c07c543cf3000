"""What is wrong with what reports are made from."""

from server.errors import ServerError


class WorkbookError(ServerError):
    """A workbook that no figures can be read from; the message says why, and what to do."""
