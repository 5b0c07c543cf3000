"""What is meant is a possible answer, follows the form's routing, and is seldom ambiguous."""

from collections import Counter
from collections.abc import Iterator

import pytest

from forms import routing
from forms.answers import parse_answer
from forms.definition import Form
from forms.layout import Layout
from forms.paper.printing import Printing
from tests.paper.asking import asked_on_paper
from tests.paper.hands import FILLING, Family, writer
from tests.paper.intentions import Intention, intention
from tests.paper.plans import Act
from tests.paper.printed import form_and_layout
from tests.paper.truth import BoxState, Case, Disturbance

PEOPLE = 150


def people(printing: Printing) -> Iterator[tuple[Intention, Form, Layout, bool]]:
    """Give what many people mean by a form, and whether each fills boxes."""
    form, layout = form_and_layout(printing)
    for seed in range(PEOPLE):
        hand = writer(seed, Family.JUDGING)
        yield intention(form, layout, hand, hand.rng(1)), form, layout, hand.style in FILLING


@pytest.fixture(params=["after_repair", "your_choice", "all_kinds"])
def printing(request: pytest.FixtureRequest) -> Printing:
    """Give each of three forms in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Printing)
    return found


def test_clear_answers_can_stand_and_follow_the_routing(printing: Printing) -> None:
    for meant, form, _, _ in people(printing):
        values = {one.question: one.value for one in meant.questions if one.value is not None}
        for name, value in values.items():
            if "/" not in name:
                assert parse_answer(form, name, value), name
        reached = routing.asked(form, values)
        assert {name.split("/")[0] for name in values} <= set(reached)


def test_marked_boxes_say_what_the_answer_says(printing: Printing) -> None:
    for meant, form, layout, _ in people(printing):
        truths = {one.question: one for one in meant.questions}
        for asked in asked_on_paper(form, layout):
            truth = truths[asked.name]
            marked = tuple(
                option
                for index, option in zip(asked.boxes, asked.options, strict=True)
                if index in meant.boxes and meant.boxes[index].state is BoxState.MARKED
            )
            if truth.ambiguous is None:
                assert marked == ((truth.value,) if isinstance(truth.value, str) else truth.value or ())
            elif truth.ambiguous in (Case.TWO_MARKED, Case.TOO_MANY, Case.NOT_ALONE):
                assert len(marked) > 1
            elif truth.ambiguous is not Case.SKIPPED:
                assert marked == ()


def test_at_most_two_in_a_hundred_questions_are_ambiguous(
    after_repair: Printing, your_choice: Printing, all_kinds: Printing
) -> None:
    cases: Counter[Case | None] = Counter()
    for printing in (after_repair, your_choice, all_kinds):
        for meant, _, _, _ in people(printing):
            cases.update(one.ambiguous for one in meant.questions)
    clear = cases.pop(None)
    assert 0.008 < cases.total() / (clear + cases.total()) <= 0.02
    assert set(cases) >= set(Case) - {Case.TOO_MANY, Case.BETWEEN}


def test_only_people_who_do_not_fill_boxes_leave_one_solid(printing: Printing) -> None:
    for meant, _, _, fills in people(printing):
        acts = [act for plan in meant.boxes.values() for act in plan.acts]
        assert not (fills and Act.SOLID in acts)


def test_slips_lie_on_blank_boxes_and_corrections_beside_answers(printing: Printing) -> None:
    seen: set[Disturbance | BoxState] = set()
    for meant, form, layout, _ in people(printing):
        for asked in asked_on_paper(form, layout):
            plans = [meant.boxes[index] for index in asked.boxes if index in meant.boxes]
            states = {plan.state for plan in plans}
            for plan in plans:
                seen |= {plan.state} | ({plan.disturbance} if plan.disturbance else set())
                if plan.state is BoxState.CORRECTED or plan.disturbance:
                    assert BoxState.MARKED in states
                if plan.disturbance in (Disturbance.DOT, Disturbance.STRAY, Disturbance.SMUDGE):
                    assert plan.state is BoxState.BLANK
    assert seen == set(BoxState) | set(Disturbance)
