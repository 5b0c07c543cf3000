"""A form as its paper has it, for the screen on which it is keyed in: page by page, questions as they are printed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from forms import wording
from forms.definition import Form
from forms.kinds import Question
from forms.kinds.consent import GIVEN, Consent
from forms.kinds.contact import TIMES, WAYS, ContactQuestion
from forms.kinds.several_choices import SeveralChoices
from forms.texts import Text

DATE_PARTS: Final = ("day", "month", "year")
PARTS_TO_CHOOSE: Final = {"best_way": ("way_", WAYS), "best_time": ("time_", TIMES)}


class Widget(StrEnum):
    """How a question is keyed in."""

    ONE = "one"
    SEVERAL = "several"
    WORDS = "words"
    TALL = "tall"
    PARTS = "parts"
    """Some fields, each with a label."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A choice: what is sent for it, its words, and its words as printed where the paper is in another language."""

    value: str
    words: str
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One field of several: its name, its label, and what it can be chosen from, if it is chosen."""

    name: str
    label: str
    picks: tuple[Pick, ...] = ()
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One question as it stands on the paper."""

    id: str
    number: int
    ask: str
    printed: str
    widget: Widget
    picks: tuple[Pick, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One page of the paper; `number` is 0 where nobody knows how it was printed."""

    number: int
    is_apart: bool
    """Whether it is torn off: its answers are kept apart from all others."""
    items: tuple[Item, ...]


def paper_of(
    form: Form, language: str, details: Mapping[str, str], pages: Mapping[str, int], *, only_apart: bool = False
) -> tuple[PaperPage, ...]:
    """Give a form's pages as printed; `pages` tells where each question begins. `only_apart` leaves the rest out."""
    mirror = _Mirror(form, language, details)
    groups: dict[tuple[int, bool], list[Item]] = {}
    for question in form.questions:
        is_apart = form.section_of(question.id).detachable
        if is_apart or not only_apart:
            groups.setdefault((pages.get(question.id, 0), is_apart), []).append(mirror.item(question))
    return tuple(PaperPage(number, is_apart, tuple(items)) for (number, is_apart), items in groups.items())


class _Mirror:
    def __init__(self, form: Form, language: str, details: Mapping[str, str]) -> None:
        self.form, self.details = form, details
        self.printed = language if language in form.languages and language != form.language else None

    def item(self, question: Question) -> Item:
        parts = tuple(self.parts(question))
        picks = self.picks(question)
        return Item(
            id=question.id,
            number=self.form.numbers[question.id],
            ask=self.words(question.ask),
            printed=self.as_printed(question.ask),
            widget=_widget(question, picks, parts),
            picks=picks,
            parts=parts,
        )

    def words(self, text: Text) -> str:
        return text.filled(self.form.language, self.details)

    def as_printed(self, text: Text) -> str:
        return text.filled(self.printed, self.details) if self.printed else ""

    def picks(self, question: Question) -> tuple[Pick, ...]:
        if isinstance(question, Consent):
            return (Pick(GIVEN, "Ticked"),)
        choices = self.form.choices(question)
        return tuple(Pick(one.id, self.words(one.label), self.as_printed(one.label)) for one in choices)

    def parts(self, question: Question) -> Iterator[Part]:
        if question.kind == "date":
            yield from (Part(name, wording.say(name, "en"), is_short=True) for name in DATE_PARTS)
        if isinstance(question, ContactQuestion):
            for name in question.parts:
                prefix, values = PARTS_TO_CHOOSE.get(name, ("", ()))
                picks = tuple(Pick(value, wording.say(prefix + value, "en")) for value in values)
                yield Part(name, wording.say(name, "en"), picks)


def _widget(question: Question, picks: tuple[Pick, ...], parts: tuple[Part, ...]) -> Widget:
    if parts:
        return Widget.PARTS
    if isinstance(question, (SeveralChoices, Consent)):
        return Widget.SEVERAL
    if picks:
        return Widget.ONE
    return Widget.TALL if question.kind == "comment" else Widget.WORDS
