"""Several choices, with a most. Its answer is the chosen ids in printed order (`tuple[str, ...]`)."""

from typing import ClassVar, Literal

from pydantic import Field

from forms.kinds.base import AnswerError, BaseQuestion
from forms.kinds.choice import Choice, Choices


class SeveralChoices(BaseQuestion):
    """Asks for any number of choices, or up to `most` of them."""

    kind: Literal["several_choices"]
    choices: Choices
    most: int | None = Field(None, ge=2, description="The most that may be chosen; without it, all.")

    chooses: ClassVar[bool] = True

    def own_choices(self) -> tuple[Choice, ...]:
        """Give the choices in their printed order."""
        return self.choices

    def parse(self, raw: object, choices: tuple[Choice, ...]) -> tuple[str, ...] | None:
        """Give the chosen ids; refuse too many, an exclusive one beside others, and any not offered."""
        chosen = _words(raw)
        if chosen - {choice.id for choice in choices}:
            raise AnswerError("not_a_choice")
        if self.most is not None and len(chosen) > self.most:
            raise AnswerError("too_many", most=self.most)
        if len(chosen) > 1 and any(choice.exclusive and choice.id in chosen for choice in choices):
            raise AnswerError("stands_alone")
        return tuple(choice.id for choice in choices if choice.id in chosen) or None


def _words(raw: object) -> set[str]:
    """Give the words delivered, be it one or many; a word given twice is one."""
    many = raw if isinstance(raw, (list, tuple, set, frozenset)) else [raw]
    words: set[str] = set()
    for one in many:
        if not isinstance(one, (str, type(None))):
            raise AnswerError("not_understood")
        words.add((one or "").strip())
    return words - {""}
