"""A form that feeds fixed measures keeps their words, scales, order and filters: they cannot be bent."""

from collections.abc import Iterator
from itertools import pairwise

from forms import measures, wording
from forms.checks.fault import Fault, Path, located, nearest
from forms.definition import Form
from forms.kinds import Question
from forms.kinds.scale import ScaleQuestion
from forms.kinds.yes_no import YesNo
from forms.measures import Filter, Measure, MeasureSet
from forms.texts import Text

LANGUAGE = "en"
"""The language in which a regulator fixes words: a form that feeds measures is written in it too."""

YES = ("yes",)


def bent_measures(form: Form) -> Iterator[Fault]:
    """Find measures out of their set or order, reworded, relabelled, led to otherwise, or asked with faces."""
    fed = [(path, question) for path, _, question in located(form) if _measure(question)]
    if form.measures is not None and form.measures not in measures.names():
        yield Fault(("measures",), "there is no such set of measures", nearest(form.measures, measures.names()))
    elif fed and form.measures is None:
        yield Fault(("measures",), "the form names no set of measures", nearest("", measures.names()))
    elif fed and LANGUAGE not in form.languages:
        yield Fault(
            ("languages",), "the measures' words are fixed in English", f"Add '{LANGUAGE}: final' and the words."
        )
    elif fed and form.measures is not None:
        yield from _against(form, fed, measures.measure_set(form.measures))


def _measure(question: Question) -> str:
    return question.measure or "" if isinstance(question, ScaleQuestion) else ""


def _against(form: Form, fed: list[tuple[Path, Question]], rules: MeasureSet) -> Iterator[Fault]:
    for path, question in fed:
        code = _measure(question)
        rule = rules.measures.get(code)
        if rule is None:
            yield Fault((*path, "measure"), f"the set has no measure '{code}'", nearest(code, rules.measures))
        elif isinstance(question, ScaleQuestion):
            yield from _question(form, path, question, rules, rule)
    yield from _order([(path, _measure(question)) for path, question in fed], list(rules.measures))


def _order(fed: list[tuple[Path, str]], order: list[str]) -> Iterator[Fault]:
    places = [(path, order.index(code)) for path, code in fed if code in order]
    for (_, earlier), (path, later) in pairwise(places):
        if later <= earlier:
            wrong = f"{order[later]} cannot come after {order[earlier]}"
            yield Fault((*path, "measure"), wrong, "Keep the set's order, each measure once.")
    for path, place in places:
        if place == 0 and path != ("sections", 0, "questions", 0):
            wrong = f"another question comes before {order[0]}"
            yield Fault((*path, "measure"), wrong, "Make it the form's first question: nothing may lead the reader.")


def _question(form: Form, path: Path, question: ScaleQuestion, rules: MeasureSet, rule: Measure) -> Iterator[Fault]:
    if question.faces:
        yield Fault((*path, "faces"), "a measure is asked in words alone", "Take 'faces' out.")
    yield from _nothing_added(path, question)
    if question.not_applicable != rule.not_applicable:
        needed = "has" if rule.not_applicable else "has no"
        remedy = f"Write not_applicable: {str(rule.not_applicable).lower()}."
        yield Fault((*path, "not_applicable"), f"{question.measure} {needed} sixth answer", remedy)
    if _words(question.ask) != rule.words:
        yield Fault((*path, "ask"), f"the words of {question.measure} are fixed", f"Write: {rule.words}")
    yield from _scale(form, question, rules, rule)
    yield from _led_to(form, path, question, rules.filters[rule.after] if rule.after else None)


def _nothing_added(path: Path, question: Question) -> Iterator[Fault]:
    for key in ("say", "help"):
        if getattr(question, key) is not None:
            yield Fault((*path, key), "nothing may be added to fixed words", f"Take '{key}' out.")


def _scale(form: Form, question: ScaleQuestion, rules: MeasureSet, rule: Measure) -> Iterator[Fault]:
    scale, fixed = form.scales[question.scale], rules.scales[rule.scale]
    if {point.id: _words(point.label) for point in scale.points} != fixed or [p.id for p in scale.points] != list(
        fixed
    ):
        remedy = "Write, in this order: " + ", ".join(f"{key}: {words}" for key, words in fixed.items()) + "."
        yield Fault(("scales", question.scale, "points"), f"the scale of {question.measure} is fixed", remedy)
    for number, point in enumerate(scale.points):
        if point.say is not None:
            said = ("scales", question.scale, "points", number, "say")
            yield Fault(said, "nothing may be added to fixed words", "Take 'say' out.")
    if rule.not_applicable and scale.not_applicable and _words(scale.not_applicable) != rules.not_applicable:
        where = ("scales", question.scale, "not_applicable")
        yield Fault(where, f"the sixth answer of {question.measure} is fixed", f"Write: {rules.not_applicable}")


def _led_to(form: Form, path: Path, question: ScaleQuestion, rule: Filter | None) -> Iterator[Fault]:
    """Find a measure that others lead to than its filter's yes, or a filter that is not as it is fixed."""
    here = (*path, "show_if")
    if rule is None:
        if question.show_if:
            yield Fault(here, f"{question.measure} is asked of everybody", "Take 'show_if' out.")
        return
    places = {other.id: (where, other) for where, _, other in located(form)}
    asked = [places[earlier] for earlier, wanted in question.show_if.items() if wanted == YES and earlier in places]
    if len(question.show_if) != 1 or len(asked) != 1 or _words(asked[0][1].ask) != rule.words:
        remedy = f"Ask it with show_if: {{…: yes}} after “{rule.words}”, and nothing else."
        yield Fault(here, f"{question.measure} counts only after its filter's yes", remedy)
        return
    yield from _filter(*asked[0], rule)


def _filter(path: Path, question: Question, rule: Filter) -> Iterator[Fault]:
    yield from _nothing_added(path, question)
    if question.show_if:
        yield Fault((*path, "show_if"), "a filter of measures is asked of everybody", "Take 'show_if' out.")
    if not isinstance(question, YesNo):
        yield Fault((*path, "kind"), "a filter of measures is answered by yes or no", "Write kind: yes_no.")
        return
    if question.dont_know != rule.dont_know:
        wrong = "this filter has a third answer" if rule.dont_know else "this filter has no third answer"
        yield Fault((*path, "dont_know"), wrong, f"Write dont_know: {str(rule.dont_know).lower()}.")
    labels = {choice.id: _words(choice.label) for choice in question.own_choices()}
    if labels != {key: wording.say(key, LANGUAGE) for key in labels}:
        yield Fault((*path, "labels"), "the answers of this filter are fixed", "Take 'labels' out of English.")


def _words(text: Text) -> str:
    return text.root.get(LANGUAGE, "")
