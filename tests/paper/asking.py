"""The questions of a printing that are answered by boxes, each with its boxes in printed order."""

from dataclasses import dataclass

from forms.definition import Form
from forms.kinds import Question
from forms.kinds.several_choices import SeveralChoices
from forms.layout import Field, Layout
from forms.layout.model import Kind
from forms.paper.fields import PART
from tests.paper.truth import Answering


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on paper: `name` is what its boxes share, `boxes` are indices into the layout's fields."""

    name: str
    question: Question
    answering: Answering
    boxes: tuple[int, ...]
    options: tuple[str, ...]
    pages: tuple[int, ...]
    exclusive: frozenset[str]
    most: int | None


def asked_on_paper(form: Form, layout: Layout) -> tuple[Asked, ...]:
    """Give the questions that have boxes, in the order of their first box."""
    groups: dict[str, list[int]] = {}
    for index, field in enumerate(layout.fields):
        if field.kind in (Kind.RADIO, Kind.CHECK):
            groups.setdefault(_shared_name(field), []).append(index)
    return tuple(_asked(form, layout, name, boxes) for name, boxes in groups.items())


def question_of(form: Form, field: Field) -> Question:
    """Give the form's question that a field belongs to."""
    return form.question(field.name.split(PART)[0])


def _shared_name(field: Field) -> str:
    return field.name if field.kind is Kind.RADIO else field.name.split(PART)[0]


def _asked(form: Form, layout: Layout, name: str, boxes: list[int]) -> Asked:
    fields = [layout.fields[index] for index in boxes]
    question = question_of(form, fields[0])
    several = isinstance(question, SeveralChoices)
    answering = Answering.SEVERAL if several else Answering.ONE if fields[0].kind is Kind.RADIO else Answering.CONSENT
    return Asked(
        name,
        question,
        answering,
        tuple(boxes),
        tuple(field.options[0] for field in fields),
        tuple(sorted({field.page for field in fields})),
        frozenset(choice.id for choice in form.choices(question) if choice.exclusive) if several else frozenset(),
        question.most if isinstance(question, SeveralChoices) else None,
    )
