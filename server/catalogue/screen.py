"""A form as a screen will ask it: one question after the other, in one language."""

from dataclasses import dataclass

from forms import wording
from forms.definition import Form
from forms.kinds import Question
from forms.kinds.consent import Consent
from forms.kinds.contact import ContactQuestion
from forms.kinds.several_choices import SeveralChoices
from forms.landlord import Landlord
from forms.languages import is_right_to_left
from forms.texts import Text

TALL_KINDS = ("comment",)
"""Kinds whose field has room for several lines."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must have been answered before: the question's number, and the answers of which any will do."""

    number: int
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One question as it will stand on the screen."""

    number: int
    kind: str
    measure: str
    ask: str
    """Empty where the question is a statement to agree to: it is then the one choice."""
    help: str
    choices: tuple[str, ...]
    fields: tuple[str, ...]
    """Labels of the fields to write in; an empty one where the question itself is the label."""
    is_several: bool
    is_tall: bool
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Questions under one heading."""

    title: str
    help: str
    is_apart: bool
    """Whether its answers are kept apart from all others."""
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """All that a person will be shown."""

    language: str
    direction: str
    title: str
    introduction: tuple[str, ...]
    closing: tuple[str, ...]
    parts: tuple[Part, ...]


def screen_of(form: Form, language: str, landlord: Landlord) -> Screen:
    """Give a form as its screen shows it in one of its languages."""
    return _Preview(form, language, landlord.details()).screen()


class _Preview:
    def __init__(self, form: Form, language: str, details: dict[str, str]) -> None:
        self.form = form
        self.language = language
        self.details = details

    def words(self, text: Text | None) -> str:
        return text.filled(self.language, self.details) if text else ""

    def paragraphs(self, *texts: Text | None) -> tuple[str, ...]:
        return tuple(line for text in texts for line in self.words(text).split("\n") if line.strip())

    def screen(self) -> Screen:
        form = self.form
        return Screen(
            language=self.language,
            direction="rtl" if is_right_to_left(self.language) else "ltr",
            title=self.words(form.title),
            introduction=self.paragraphs(form.notice, form.introduction, form.help),
            closing=self.paragraphs(form.closing),
            parts=tuple(
                Part(
                    title=self.words(section.title),
                    help=self.words(section.help),
                    is_apart=section.detachable,
                    steps=tuple(self.step(question) for question in section.questions),
                )
                for section in form.sections
            ),
        )

    def step(self, question: Question) -> Step:
        return Step(
            number=self.form.numbers[question.id],
            kind=question.kind,
            measure=(question.measure or "") if question.kind == "scale" else "",
            ask="" if isinstance(question, Consent) else self.words(question.ask),
            help=self.help(question),
            choices=self.choices(question),
            fields=self.fields(question),
            is_several=isinstance(question, (SeveralChoices, Consent)),
            is_tall=question.kind in TALL_KINDS,
            conditions=tuple(self.condition(earlier, wanted) for earlier, wanted in question.show_if.items()),
        )

    def help(self, question: Question) -> str:
        most = question.most if isinstance(question, SeveralChoices) else None
        limit = wording.say("choose_most", self.language, most=most) if most else ""
        return " ".join(filter(None, (self.words(question.help), limit)))

    def choices(self, question: Question) -> tuple[str, ...]:
        if isinstance(question, Consent):
            return (self.words(question.ask),)
        return tuple(self.words(choice.label) for choice in self.form.choices(question))

    def fields(self, question: Question) -> tuple[str, ...]:
        if isinstance(question, ContactQuestion):
            return tuple(wording.say(part, self.language) for part in question.parts)
        if question.kind == "date":
            return tuple(wording.say(part, self.language) for part in ("day", "month", "year"))
        return () if self.choices(question) else ("",)

    def condition(self, earlier: str, wanted: tuple[str, ...]) -> Condition:
        labels = {choice.id: choice.label for choice in self.form.choices(self.form.question(earlier))}
        return Condition(self.form.numbers[earlier], tuple(self.words(labels[one]) for one in wanted))
