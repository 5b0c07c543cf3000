"""One choice of several. Its answer is the choice's id (`str`)."""

from typing import ClassVar, Literal

from forms.kinds.base import BaseQuestion, one_of
from forms.kinds.choice import Choice, Choices


class OneChoice(BaseQuestion):
    """Asks for one of a list of choices."""

    kind: Literal["one_choice"]
    choices: Choices

    chooses: ClassVar[bool] = True

    def own_choices(self) -> tuple[Choice, ...]:
        """Give the choices in their printed order."""
        return self.choices

    def parse(self, raw: object, choices: tuple[Choice, ...]) -> str | None:
        """Give the chosen id; refuse two, or one that is not offered."""
        return one_of(raw, choices)
