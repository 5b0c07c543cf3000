"""Random walks through every form: whatever is touched in whatever order, nothing said is lost or doubled."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy

from forms import library, routing
from forms.answers import collect
from forms.definition import Form
from forms.kinds import Question
from forms.kinds.consent import GIVEN
from forms.kinds.contact import TIMES, WAYS
from kiosk import answered
from kiosk.journey import Effect
from kiosk.places import Place
from kiosk.screens import Act
from kiosk.sitting import Raw
from tests.kiosk.walking import Walk

FORMS = (*library.names(), "every-kind")
STEPS_MAX = 40
WRITING = st.text(st.sampled_from("aąع 1,.-@\n"), max_size=12)
PARTS: dict[str, SearchStrategy[str]] = {
    "name": st.sampled_from(["Ada Żuk", "Bo"]),
    "address": st.just("1 High Street"),
    "phone": st.sampled_from(["01664 502502", "12"]),
    "email": st.sampled_from(["a@b.uk", "nobody"]),
    "best_way": st.sampled_from(WAYS),
    "best_time": st.sampled_from(TIMES),
}
AROUND = (Act.SIZE, Act.COLOURS, Act.HELP, Act.LANGUAGE, Act.SPEECH, Act.MORE_TIME)


def answers_to(form: Form, question: Question) -> SearchStrategy[Raw]:
    """Give what somebody may put in: right, wrong, or nothing."""
    ids = [choice.id for choice in form.choices(question)]
    match question.kind:
        case "several_choices":
            return st.lists(st.sampled_from(ids), unique=True, max_size=4).map(lambda many: many or None)
        case "contact":
            return contacts(question.parts)
        case "date":
            number = st.sampled_from(["1", "12", "31", "2020", "x"])
            parts = st.fixed_dictionaries({"day": number, "month": number, "year": number})
            return st.one_of(st.none(), parts, st.just({"day": "3", "month": "2", "year": "2020"}))
        case "consent":
            return st.sampled_from([None, GIVEN])
        case "number":
            return st.sampled_from([None, "0", "7", "1,2", "many", "999999999999"])
        case "code":
            return st.sampled_from([None, "LE13 0UH", "12345", "3333 3333", "?"])
        case "comment" | "short_text":
            return WRITING.map(lambda words: words if words.strip() else None)
        case _:
            return st.sampled_from([None, *ids])


def contacts(parts: Sequence[str]) -> SearchStrategy[Raw]:
    """Give contact details, of which any part may be missing."""
    chosen: SearchStrategy[list[str]] = st.lists(st.sampled_from(parts), unique=True)
    typed = chosen.flatmap(lambda some: st.fixed_dictionaries({part: PARTS[part] for part in some}))
    return typed.map(lambda details: details or None)


class Said:
    """What a person would say that they have said: kept beside the kiosk, by simpler rules."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.answers: dict[str, Raw] = {}

    def put(self, question: str, raw: Raw) -> None:
        given = self.answers.get(question)
        if self.form.question(question).kind == "contact" and isinstance(given, dict):
            raw = {**given, **(raw if isinstance(raw, dict) else {})}
        self.answers[question] = raw

    def can_stand(self, question: str, raw: Raw) -> bool:
        before = dict(self.answers)
        self.put(question, raw)
        problems = collect(self.form, {question: self.answers[question]}).problems
        self.answers = before
        return not problems


def one_touch(walk: Walk, said: Said, data: DataObject) -> None:
    form, question = walk.campaign.form, walk.question
    if walk.place is Place.CHECK:
        reached = answered.asked(form, walk.sitting.delivered)
        walk.touch(Act.CHANGE, value=data.draw(st.sampled_from(reached)))
        return
    if not walk.sitting.spot.is_question or question is None:
        walk.touch(Act.NEXT)
        return
    act = data.draw(st.sampled_from([Act.NEXT, Act.NEXT, Act.NEXT, Act.BACK, Act.SKIP, *AROUND]))
    raw = data.draw(answers_to(form, form.question(question)))
    walk.touch(act, raw)
    if act is Act.SKIP:
        said.answers[question] = None
    elif act is Act.BACK or (act is Act.NEXT and said.can_stand(question, raw)):
        said.put(question, raw)
    elif act in (Act.HELP, Act.LANGUAGE, Act.SPEECH):
        if form.question(question).kind == "contact":
            said.put(question, raw)
        walk.touch(Act.CLOSE)


def check(walk: Walk, said: Said) -> None:
    """Compare what the kiosk keeps with what was said, and look at the screen."""
    form, kept = walk.campaign.form, walk.sitting.delivered
    values = collect(form, {one: raw for one, raw in said.answers.items() if raw is not None}).values
    assert answered.collected(form, kept).values == values
    screen = walk.screen
    if walk.question is not None:
        reached = routing.asked(form, {**collect(form, kept).not_asked, **values})
        assert walk.question in reached
        assert screen.progress is not None
        assert (screen.progress.done, screen.progress.of) == (reached.index(walk.question) + 1, len(reached))


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(data=st.data())
def test_whatever_is_touched_nothing_said_is_lost_or_doubled(name: str, data: DataObject) -> None:
    walk = Walk.at_first(name)
    said = Said(walk.campaign.form)
    for _ in range(data.draw(st.integers(1, STEPS_MAX))):
        one_touch(walk, said, data)
        check(walk, said)


@pytest.mark.parametrize("name", FORMS)
def test_every_form_is_answered_to_its_end(name: str) -> None:
    walk = Walk.at_first(name)
    first, seen = walk.campaign.form.questions[0], []
    walk.touch(Act.NEXT, walk.campaign.form.choices(first)[0].id if first.chooses else "7")
    while walk.place is not Place.CHECK:
        seen.append(walk.question)
        walk.touch(Act.SKIP)
    assert len(set(seen)) == len(seen)
    assert len(walk.screen.given) == len(answered.asked(walk.campaign.form, walk.sitting.delivered))
    if any(raw is not None for raw in walk.sitting.delivered.values()):
        walk.touch(Act.SEND)
        assert walk.effect in (Effect.SEND, Effect.KEEP)
