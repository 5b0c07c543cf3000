"""The errors of `server`: one small tree, each message saying what, where and what to do next."""


class ServerError(Exception):
    """Something that was given to the server cannot be used; the message is one line for a person."""


class SettingsError(ServerError):
    """The settings file cannot be used."""
