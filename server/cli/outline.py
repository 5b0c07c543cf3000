"""A form as plain lines: what a person reads to know what is asked."""

from collections.abc import Iterator

from forms import routing, wording
from forms.definition import Form, LanguageStatus, Section
from forms.kinds import Question
from forms.kinds.contact import ContactQuestion
from forms.kinds.several_choices import SeveralChoices
from forms.landlord import Landlord
from forms.texts import Text


def outline(form: Form, language: str, landlord: Landlord) -> str:
    """Give a form in one language as lines of plain words."""
    return "\n".join(_Outline(form, language, landlord.details()).lines())


class _Outline:
    def __init__(self, form: Form, language: str, details: dict[str, str]) -> None:
        self.form = form
        self.language = language
        self.details = details

    def words(self, text: Text) -> str:
        return text.filled(self.language, self.details)

    def lines(self) -> Iterator[str]:
        form = self.form
        draft = " - a draft, to be checked" if form.languages[self.language] is LanguageStatus.DRAFT else ""
        yield f"{self.words(form.title)} [{form.form}, version {form.version_name}, {self.language}{draft}]"
        for text in (form.notice, form.introduction, form.help):
            if text is not None:
                yield from ("", self.words(text))
        for section in form.sections:
            yield from self.section(section)
        yield from ("", self.words(form.closing))

    def section(self, section: Section) -> Iterator[str]:
        title = self.words(section.title) if section.title else section.id
        yield from ("", f"== {title} =={' (torn off and kept apart)' if section.detachable else ''}")
        if section.help:
            yield self.words(section.help)
        for question in section.questions:
            yield from self.question(question)

    def question(self, question: Question) -> Iterator[str]:
        measure = f" [{question.measure}]" if question.kind == "scale" and question.measure else ""
        yield from ("", f"{self.form.numbers[question.id]:>3}  {self.words(question.ask)}{measure}")
        if question.help:
            yield f"     {self.words(question.help)}"
        if question.show_if:
            yield f"     (asked only if {self.condition(question)})"
        if isinstance(question, SeveralChoices) and question.most:
            yield f"     {wording.say('choose_most', self.language, most=question.most)}"
        yield from self.answers(question)

    def condition(self, question: Question) -> str:
        return " and ".join(
            f"question {self.form.numbers[earlier]} is {' or '.join(self.label(earlier, one) for one in wanted)}"
            for earlier, wanted in question.show_if.items()
        )

    def label(self, identifier: str, choice: str) -> str:
        choices = self.form.choices(self.form.question(identifier))
        return f"“{self.words(next(one.label for one in choices if one.id == choice))}”"

    def answers(self, question: Question) -> Iterator[str]:
        choices = self.form.choices(question)
        for choice in choices:
            yield f"     [ ] {self.words(choice.label)}{self.skip(question, choice.id)}"
        if isinstance(question, ContactQuestion):
            yield from (f"     {wording.say(part, self.language)}: ______" for part in question.parts)
        elif not choices:
            yield f"     ______ ({question.kind.replace('_', ' ')})"

    def skip(self, question: Question, choice: str) -> str:
        target = routing.skip_to(self.form, question, choice)
        if target is None:
            return ""
        if target == routing.END:
            return f"  -> {wording.say('go_to_end', self.language)}"
        return f"  -> {wording.say('go_to_question', self.language, number=self.form.numbers[target])}"
