"""A form in one language → everything that the kiosk may have to say of it, with the landlord's details filled in."""

from collections.abc import Iterator
from datetime import date

from forms import codes, wording
from forms.answers import Problem
from forms.definition import Form
from forms.kinds import Question
from forms.kinds.code import Code
from forms.kinds.comment import Comment
from forms.kinds.contact import TIMES, WAYS, ContactQuestion
from forms.kinds.date import Date
from forms.kinds.number import Number
from forms.kinds.one_choice import OneChoice
from forms.kinds.scale import ScaleQuestion
from forms.kinds.several_choices import SeveralChoices
from forms.kinds.short_text import ShortText
from forms.kinds.yes_no import YesNo
from forms.landlord import Landlord
from forms.texts import Text
from kiosk.speech.places import places
from kiosk.speech.utterance import Utterance, unique
from kiosk.speech.wordings import own

Refusal = tuple[str, dict[str, str | int | date]]
"""The key of a sentence in `forms/wording`, and what is filled into it."""


def of_form(form: Form, language: str, landlord: Landlord) -> tuple[Utterance, ...]:
    """Give a form's utterances each once, in the order of the form."""
    return unique(_Said(form, language, landlord.details()).all())


class _Said:
    def __init__(self, form: Form, language: str, details: dict[str, str]) -> None:
        self.form = form
        self.language = language
        self.details = details
        self.spoken_in = language if language in wording.languages() else wording.FALLBACK

    def words(self, text: Text | None) -> str:
        return text.filled(self.language, self.details) if text else ""

    def paragraphs(self, *texts: Text | None) -> Iterator[Utterance]:
        for text in texts:
            for line in self.words(text).split("\n"):
                yield Utterance(self.language, line)

    def aloud(self, text: Text, say: Text | None) -> Utterance:
        chosen = say if say is not None and self.language in say.languages() else text
        return Utterance(self.language, self.words(chosen))

    def own(self, key: str, **details: str | int) -> Utterance:
        return Utterance(self.spoken_in, wording.say(key, self.language, **details))

    def all(self) -> Iterator[Utterance]:
        form = self.form
        yield from self.paragraphs(form.title, form.notice, form.introduction, form.help)
        for section in form.sections:
            yield from self.paragraphs(section.title, section.help)
            for question in section.questions:
                yield from self.question(question)
        yield from self.paragraphs(form.closing)
        yield from self.places()

    def places(self) -> Iterator[Utterance]:
        """Give "Question 3 of 12" for every place that routing can lead to."""
        for number, total in places(self.form):
            yield own(self.language, "question_of", number=number, total=total)

    def question(self, question: Question) -> Iterator[Utterance]:
        """Give what is asked, its help, its answers or the labels of its fields, and how an answer is refused.

        Where other words are for reading aloud, those on the screen are not said.
        """
        yield self.aloud(question.ask, question.say)
        yield from self.paragraphs(question.help)
        yield from (self.aloud(choice.label, choice.say) for choice in self.form.choices(question))
        match question:
            case SeveralChoices(most=int(most)):
                yield self.own("choose_most", most=most)
            case Number(unit=unit, minimum=least, maximum=most):
                yield from self.paragraphs(unit)
                yield own(self.language, "number_range", least=least, most=most)
            case Date():
                yield from (self.own(part) for part in ("day", "month", "year"))
            case ContactQuestion():
                yield from self.contact(question)
        yield from self.refusals(question)

    def contact(self, question: ContactQuestion) -> Iterator[Utterance]:
        for part in question.parts:
            yield self.own(part)
            values = {"best_way": ("way", WAYS), "best_time": ("time", TIMES)}.get(part)
            if values:
                yield from (self.own(f"{values[0]}_{value}") for value in values[1])

    def refusals(self, question: Question) -> Iterator[Utterance]:
        """Give the refusals whose details are known beforehand: not those that depend on the day."""
        for code, details in _refusals(question):
            yield Utterance(self.spoken_in, Problem(question.id, code, details).message(self.language))


def _refusals(question: Question) -> Iterator[Refusal]:
    yield "not_understood", {}
    match question:
        case SeveralChoices(most=most):
            yield "stands_alone", {}
            yield from _refused_many(most)
        case Number(minimum=least, maximum=most):
            yield "not_a_number", {}
            yield "out_of_range", {"least": least, "most": most}
        case Date():
            yield from _refused_days(question)
        case ContactQuestion(parts=parts):
            yield from ((f"not_a_{part}", {}) for part in parts if part in ("phone", "email"))
        case Code(pattern=pattern):
            yield codes.pattern_named(pattern).wrong, {}
        case ShortText(max_length=most) | Comment(max_length=most):
            yield "too_long", {"most": most}
        case OneChoice() | ScaleQuestion() | YesNo():
            yield from ((code, {}) for code in ("more_than_one", "not_a_choice"))


def _refused_many(most: int | None) -> Iterator[Refusal]:
    if most:
        yield "too_many", {"most": most}


def _refused_days(question: Date) -> Iterator[Refusal]:
    yield "not_a_date", {}
    for code, bound in (("too_early", question.earliest), ("too_late", question.latest)):
        if isinstance(bound, date):
            yield code, {"day": bound}
