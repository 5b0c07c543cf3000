"""A doubt as a question to an officer, in plain words: what can be answered, and what the machine saw."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from forms import wording
from forms.definition import Form
from forms.kinds import Question
from forms.kinds.consent import GIVEN, Consent
from forms.kinds.contact import MAX_LENGTH, TIMES, WAYS, ContactQuestion
from forms.kinds.several_choices import SeveralChoices
from forms.landlord import Landlord
from forms.layout.model import Kind as FieldKind
from forms.paper.fields import PART
from forms.texts import Text
from scanning.readings import SENTENCES, Reason, State
from server.catalogue.versions import form_of
from server.models.intake import WritingState
from server.models.review import CHECKED
from server.queries.review import Found
from server.returns.drafts import may_say, offered, told
from server.returns.judging import BESIDE_BOXES, WRITTEN

WRITTEN_SENTENCE: Final = "Something is written here. Type what it says."
BESIDE_SENTENCE: Final = "Something is written beside the boxes. Look whether it changes the answer."
CHECKED_SENTENCE: Final = "The machine was sure of this, and those who checked it read it otherwise."

NOT_YET: Final = {
    WritingState.WAITING: "The machine has not read this writing yet.",
    WritingState.FAILED: "The machine could not read this writing. The page of its batch has a button to try again.",
}
"""What is said where there is no draft."""

DATE_PARTS: Final = ("day", "month", "year")
PARTS_TO_CHOOSE: Final = {"best_way": ("way_", WAYS), "best_time": ("time_", TIMES)}


SEEN: Final = {
    State.MARKED: "The machine sees a mark at {}.",
    State.DOUBTFUL: "The machine is not sure about {}.",
    State.CORRECTED: "The machine takes {} as taken back.",
}
"""What is said of boxes in each state."""

NAMED_MAX: Final = 5
"""More boxes than this are not named one by one."""


class Kind(StrEnum):
    """How a doubt is answered."""

    ONE = "one"
    SEVERAL = "several"
    WRITING = "writing"
    PAGE = "page"
    """It is about a whole page: it is looked at."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: what is sent for it, its words, and its words as printed where these are in another language."""

    value: str
    words: str
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A place to type into."""

    name: str
    label: str
    is_tall: bool = False
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the officer."""

    form: Form
    question: str
    """The question's id; empty for a whole page."""
    part: str
    """Of contact details, where only one part is asked about."""
    kind: Kind
    title: str
    words: str
    reason: str
    seen: tuple[str, ...]
    """What the machine saw, a sentence each."""
    choices: tuple[Choice, ...] = ()
    fields: tuple[Field, ...] = ()
    may_mean_several: bool = False
    """Whether more may be meant than can count."""
    draft: object = None
    """What the machine made of the writing, if anything."""
    readings: tuple[str, ...] = ()
    """What it may say, best first, where cells left a doubt."""


def asked_of(found: Found, landlord: Landlord) -> Asked:
    """Give what a doubt asks."""
    return _Asking(found, landlord).asked()


class _Asking:
    def __init__(self, found: Found, landlord: Landlord) -> None:
        self.found, self.details = found, landlord.details()
        self.form = form_of(found.version)
        self.name = found.doubt.question
        identifier, _, self.part = self.name.partition(PART)
        self.question: Question | None = self.form.question(identifier) if identifier else None

    def asked(self) -> Asked:
        question, kind = self.question, self.kind()
        choices = self.choices()
        return Asked(
            form=self.form,
            question=question.id if question is not None else "",
            part=self.part,
            kind=kind,
            title=self.title(),
            words=self.words(question.ask) if question is not None else "This is about the page as a whole.",
            reason=reason_in_words(self.found.doubt.reason),
            seen=tuple(self.seen(choices)),
            choices=choices,
            fields=self.fields() if kind is Kind.WRITING else (),
            may_mean_several=_may_mean_several(question, choices),
            draft=self.draft() if kind is Kind.WRITING else None,
            readings=self.readings() if kind is Kind.WRITING else (),
        )

    def draft(self) -> object:
        """Give what was typed into the PDF, or what the machine made of the handwriting."""
        drafts = self.found.reading.drafts
        if self.found.reading.answer is not None or not drafts or self.question is None:
            return self.found.reading.answer
        return offered(self.question, drafts)

    def readings(self) -> tuple[str, ...]:
        """Give what the machine takes for the likeliest readings of cells, where it is not sure of one."""
        reading = self.found.reading
        if reading.answer is not None or self.question is None:
            return ()
        return may_say(self.question, reading.drafts or ())

    def words(self, text: Text, language: str | None = None) -> str:
        return text.filled(language or self.form.language, self.details)

    def kind(self) -> Kind:
        if self.question is None:
            return Kind.PAGE
        if isinstance(self.question, SeveralChoices):
            return Kind.SEVERAL
        return Kind.ONE if self.choices() else Kind.WRITING

    def title(self) -> str:
        if self.question is None:
            return f"Page {self.found.page.form_page}"
        number = f"question {self.form.numbers[self.question.id]}"
        if self.found.returned.is_equality:
            return f"Equality page, {number}"
        return f"{number.capitalize()}, {wording.say(self.part, 'en').lower()}" if self.part else number.capitalize()

    def choices(self) -> tuple[Choice, ...]:
        """Give what can be chosen, in printed order."""
        if self.question is None:
            return ()
        if self.part in PARTS_TO_CHOOSE:
            prefix, values = PARTS_TO_CHOOSE[self.part]
            return tuple(Choice(value, wording.say(prefix + value, self.form.language)) for value in values)
        if isinstance(self.question, Consent):
            return (Choice(GIVEN, "Ticked: yes"),)
        printed = self.found.language
        is_other = printed != self.form.language and printed in self.form.languages
        return tuple(
            Choice(choice.id, self.words(choice.label), self.words(choice.label, printed) if is_other else "")
            for choice in self.form.choices(self.question)
        )

    def fields(self) -> tuple[Field, ...]:
        """Give what is typed."""
        question = self.question
        if isinstance(question, ContactQuestion):
            parts = [part for part in question.parts if part in MAX_LENGTH]
            return tuple(Field(part, wording.say(part, "en"), is_tall=part == "address") for part in parts)
        if question is not None and question.kind == "date":
            return tuple(Field(part, wording.say(part, "en"), is_short=True) for part in DATE_PARTS)
        is_comment = question is not None and question.kind == "comment"
        return (Field("written", "What is written", is_tall=is_comment),)

    def seen(self, choices: Iterable[Choice]) -> Iterable[str]:
        """Say what the machine saw in the boxes and places of the question."""
        words = {choice.value: f"“{choice.words}”" for choice in choices}
        states = list(_marks(self.found.page.outcome or {}, self.name))
        for state, sentence in SEEN.items():
            named = [words.get(option, option) for option, found in states if found == state]
            if named:
                yield sentence.format(" and ".join(named) if len(named) < NAMED_MAX else "most boxes")
        if states and all(state == State.BLANK for _, state in states):
            yield "The machine sees no mark in any box."
        typed = [
            str(field["value"])
            for field in self.found.reading.fields
            if field["kind"] == FieldKind.TEXT and field["value"]
        ]
        if typed:
            yield f"Typed: {' · '.join(typed)}"
        yield from told(self.found.reading.drafts or ())
        if self.kind() is Kind.WRITING and not typed and self.found.page.writing in NOT_YET:
            yield NOT_YET[self.found.page.writing]


def reason_in_words(reason: str) -> str:
    """Give the sentence of a reason."""
    of_ours = {WRITTEN: WRITTEN_SENTENCE, BESIDE_BOXES: BESIDE_SENTENCE, CHECKED: CHECKED_SENTENCE}
    return of_ours[reason] if reason in of_ours else SENTENCES[Reason(reason)]


def _may_mean_several(question: Question | None, choices: tuple[Choice, ...]) -> bool:
    """Tell whether more can be marked than may count."""
    if isinstance(question, SeveralChoices):
        return question.most is not None or any(choice.exclusive for choice in question.choices)
    return len(choices) > 1


def _marks(outcome: Mapping[str, Any], name: str) -> Iterable[tuple[str, str]]:
    """Give each box of a question as read: its option and its state."""
    for mark in outcome.get("marks", ()):
        own = mark["name"] if mark["kind"] == FieldKind.RADIO else mark["name"].split(PART, maxsplit=1)[0]
        if own == name:
            yield mark["option"], mark["state"]
