"""A form's own words for what was counted: its questions and options as officers read them, in its first language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from forms.definition import Form
from forms.kinds import Question
from forms.kinds.consent import GIVEN
from forms.languages import english_name
from forms.texts import Text
from server.web.words import plain

AGREED: Final = "Agreed"
TEXT_KINDS: Final = frozenset({"comment", "short_text"})
"""Answered in a person's own words."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A form and the landlord's details that its words are filled with."""

    form: Form
    details: Mapping[str, str]

    def say(self, text: Text) -> str:
        """Give a text's words on one line."""
        return " ".join(text.filled(self.form.language, self.details).split())

    def question(self, identifier: str) -> str:
        """Give a question's words; `KeyError` for one that the form hasn't."""
        return self.say(self.form.question(identifier).ask)

    def options(self, question: Question) -> dict[str, str]:
        """Give a question's options with their words, in printed order; none where it is not answered by choosing."""
        if question.kind == "consent":
            return {GIVEN: AGREED}
        return {choice.id: self.say(choice.label) for choice in self.form.choices(question)}

    def is_apart(self, question: Question) -> bool:
        """Tell whether a question stands on the page that is kept apart from all other answers."""
        return self.form.section_of(question.id).detachable

    @property
    def together(self) -> tuple[Question, ...]:
        """Give the questions whose answers are kept under their response, contact details aside."""
        return tuple(one for one in self.form.questions if not self.is_apart(one) and one.kind != "contact")

    @property
    def apart(self) -> tuple[Question, ...]:
        """Give the equality questions that are answered by choosing."""
        return tuple(one for one in self.form.questions if self.is_apart(one) and one.chooses)

    @property
    def crossed(self) -> tuple[Question, ...]:
        """Give the questions that a cross-table can have."""
        return tuple(one for one in self.together if one.chooses)

    @property
    def commented(self) -> tuple[Question, ...]:
        """Give the questions that were answered in people's own words."""
        return tuple(one for one in self.together if one.kind in TEXT_KINDS)


def fact_words(fact: str, value: str) -> str:
    """Give the words for what is known of a response: a channel's, a language's, else as it was given."""
    if fact == "channel":
        return plain(value).capitalize().replace("pdf", "PDF")
    if fact == "language" and value:
        return english_name(value)
    return value
