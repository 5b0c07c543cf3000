"""What one person would say to a form: better or worse by their mood, each question with a mind of its own."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from forms import routing
from forms.definition import Form
from forms.kinds import Question
from forms.kinds.base import AnswerValue
from forms.kinds.scale import ScaleQuestion
from tests.demo.comments import words_for

Said = Mapping[str, str | list[str]]
"""Question → the choice, the choices, or what is written."""

SKIPPED: Final = 0.05
NOT_APPLICABLE: Final = 0.06
WRITES: Final = 0.28

USUAL: Final = 0.5
"""What people say to a scale on average: 0 is the best of five points. With it about two in three are satisfied."""

YES: Final = {"repair_done": 0.7, "complaint_made": 0.25, "communal_areas": 0.5, "contact_me": 0.0,
              "right_first_time": 0.75, "reply_wanted": 0.0}  # fmt: skip
"""How many say yes; nobody here asks to be called, for their details would be more work than there is to see."""

KEPT: Final = {"venue": "the_cove", "role": "came"}
"""What everybody says alike."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by their seed; `mood` is 0 for as content as people are here, below it the better."""

    seed: int
    mood: float = 0.0
    words: str | None = None
    """What they surely write as a comment."""

    def says(self, form: Form) -> Said:
        """Give what they say to a form."""
        chance = random.Random(f"{self.seed} {form.form}")
        mood = self.mood + chance.gauss(0, 0.8)
        said = dict[str, str | list[str]]()
        for question in form.questions:
            if question.id in routing.asked(form, _values(said)):
                answer = self._answer(form, question, mood, chance)
                said |= {question.id: answer} if answer else {}
        return said

    def _answer(self, form: Form, question: Question, mood: float, chance: random.Random) -> str | list[str] | None:
        if question.id == "comment" and self.words is not None:
            return self.words
        if question.id in KEPT:
            return KEPT[question.id]
        if chance.random() < SKIPPED:
            return None
        if question.kind in ("comment", "short_text"):
            words = words_for(form.form, question.id)
            return chance.choice(words) if words and chance.random() < WRITES else None
        if question.kind == "consent":
            return "given" if chance.random() < 0.5 else None
        options = [choice.id for choice in form.choices(question) if not getattr(choice, "exclusive", False)]
        return _chosen(question, options, mood, chance) if options else None


def _values(said: Said) -> dict[str, AnswerValue]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}


def _chosen(question: Question, options: Sequence[str], mood: float, chance: random.Random) -> str | list[str]:
    if isinstance(question, ScaleQuestion):
        if question.not_applicable and chance.random() < NOT_APPLICABLE:
            return options[-1]
        return options[min(4, max(0, round(USUAL + mood + chance.gauss(0, 0.75))))]
    if question.id in YES:
        return "yes" if chance.random() < YES[question.id] else "no"
    if question.kind == "several_choices":
        wanted = chance.sample(options, chance.randint(1, min(3, len(options))))
        return [option for option in options if option in wanted]
    return chance.choice(options[: max(2, len(options) - 1)])
