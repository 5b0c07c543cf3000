"""The errors of `server`: one small tree, each message saying what, where and what to do next."""


class ServerError(Exception):
    """Something that was given to the server cannot be used; the message is one line for a person."""


class SettingsError(ServerError):
    """The settings file cannot be used."""


class StoreError(ServerError):
    """The database or the folder of files cannot be used as it is."""


class OlderDatabaseError(StoreError):
    """The database is of an older version of Sayso."""


class BackupError(ServerError):
    """A backup cannot be made, or the file of one cannot be used."""


class NotFoundError(ServerError):
    """There is nothing of that name or number."""


class RefusedError(ServerError):
    """What was asked for is against a rule; the message says which."""
