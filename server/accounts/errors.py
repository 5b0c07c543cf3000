"""What accounts refuse, by the field that it is about."""

from server.errors import RefusedError


class FieldRefusedError(RefusedError):
    """What was given for one field cannot be taken; the message is the sentence to show beside it."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field
