"""The errors of `scanning`: each says what is wrong with which file, and what to do next."""


class ScanningError(Exception):
    """A file or page that cannot be read; the message is one line for a person."""
