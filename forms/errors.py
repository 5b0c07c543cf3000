"""The errors of `forms`: one small tree, each message saying what, where and what to do next."""


class FormsError(Exception):
    """Something that was given to `forms` cannot be used; the message is one line for a person."""
