"""A statement that the person agrees to by ticking it. Its answer is True; not ticked is blank, never a no."""

from typing import Literal

from forms.kinds.base import AnswerError, BaseQuestion, single_word
from forms.kinds.choice import Choice

GIVEN = "given"
"""What a ticked box delivers: the box's on-state on paper, the control's value on screen."""


class Consent(BaseQuestion):
    """Asks for agreement to the statement in `ask`."""

    kind: Literal["consent"]

    def parse(self, raw: object, choices: tuple[Choice, ...]) -> bool | None:  # noqa: ARG002
        """Give True when the box was ticked, None when it was not."""
        if isinstance(raw, bool):
            return raw or None
        word = single_word(raw)
        if word not in (None, GIVEN):
            raise AnswerError("not_understood")
        return True if word else None
