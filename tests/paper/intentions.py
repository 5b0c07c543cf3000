"""What a person means by a form: an answer to every question, by kind and routing, and what becomes of it on paper."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from forms import routing
from forms.definition import Form
from forms.layout import Layout
from forms.layout.model import Kind
from tests.paper.asking import Asked, asked_on_paper, question_of
from tests.paper.hands import Writer
from tests.paper.plans import BoxPlan, Planner
from tests.paper.truth import Answering, Case, QuestionTruth, Value

BLANK_SHARE = 0.07
"""Of the questions that are asked, how many a person passes over."""

AMBIGUOUS_SHARE = 0.014
"""Of the questions that are answered; with those below it stays under 2 % of all questions."""

SKIPPED_SHARE = 0.012
"""Of the questions that the other answers lead past, how many are answered all the same."""

WRITTEN_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Intention:
    """What is meant, question by question, and what is done to which box (by its index in the layout's fields)."""

    questions: tuple[QuestionTruth, ...]
    boxes: Mapping[int, BoxPlan]
    written: frozenset[int]
    """The text fields that are written in."""


def intention(form: Form, layout: Layout, writer: Writer, rng: np.random.Generator) -> Intention:
    """Draw what one person means by one copy."""
    questions = asked_on_paper(form, layout)
    values, unclear = _meant(form, questions, rng)
    clear = Counter(page for asked in questions if values.get(asked.name) for page in asked.pages)
    planner = Planner(layout, writer, rng, clear)
    truths = []
    for asked in questions:
        case = _put(planner, asked, values.get(asked.name), unclear.get(asked.name))
        value = None if case else values.get(asked.name)
        truths.append(QuestionTruth(asked.name, asked.answering, asked.pages, value, case))
    reached = routing.asked(form, values)
    return Intention(tuple(truths), planner.boxes, _written(form, layout, reached, rng))


def _put(planner: Planner, asked: Asked, value: Value, unclear: str | None) -> Case | None:
    if unclear == "ambiguous":
        return planner.ambiguous(asked)
    if unclear == "skipped":
        planner.boxes |= planner.marked(asked, _choice(asked, planner.rng))
        return Case.SKIPPED
    planner.plain(asked, value)
    return None


def _meant(
    form: Form, questions: tuple[Asked, ...], rng: np.random.Generator
) -> tuple[dict[str, Value], dict[str, str]]:
    """Give the clear answers by question, and which questions are to be ambiguous or answered though skipped."""
    values: dict[str, Value] = {}
    unclear: dict[str, str] = {}
    for asked in questions:
        chance = rng.random()
        if asked.question.id not in routing.asked(form, values):
            if chance < SKIPPED_SHARE:
                unclear[asked.name] = "skipped"
        elif chance < AMBIGUOUS_SHARE:
            unclear[asked.name] = "ambiguous"
        elif chance > AMBIGUOUS_SHARE + BLANK_SHARE and (value := _choice(asked, rng)):
            values[asked.name] = value
    return values, unclear


def _choice(asked: Asked, rng: np.random.Generator) -> Value:
    if asked.answering is Answering.CONSENT:
        return asked.options[0]
    if asked.answering is Answering.ONE:
        return asked.options[rng.integers(len(asked.options))]
    free = [option for option in asked.options if option not in asked.exclusive]
    if asked.exclusive and rng.random() < 0.12:
        return (sorted(asked.exclusive)[0],)
    count = int(rng.integers(1, min(len(free), asked.most or 4) + 1))
    chosen = {free[index] for index in rng.choice(len(free), count, replace=False)}
    return tuple(option for option in asked.options if option in chosen)


def _written(form: Form, layout: Layout, reached: tuple[str, ...], rng: np.random.Generator) -> frozenset[int]:
    return frozenset(
        index
        for index, field in enumerate(layout.fields)
        if field.kind is Kind.TEXT and question_of(form, field).id in reached and rng.random() < WRITTEN_SHARE
    )
