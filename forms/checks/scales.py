"""Scales that are named exist; a form that feeds fixed measures keeps their words, scales, order and filters."""

from collections.abc import Iterator
from itertools import pairwise

from forms import measures
from forms.checks.fault import Fault, Path, located, nearest
from forms.definition import Form
from forms.kinds.scale import NOT_APPLICABLE, ScaleQuestion
from forms.measures import Measure, MeasureSet

MEASURE_LANGUAGE = "en"
"""The language in which a regulator fixes words."""


def unknown_scales(form: Form) -> Iterator[Fault]:
    """Find questions on a scale that the form lacks, or with a sixth answer that the scale has no words for."""
    for path, _, question in located(form):
        if not isinstance(question, ScaleQuestion):
            continue
        scale = form.scales.get(question.scale)
        if scale is None:
            wrong = f"the form has no scale '{question.scale}'"
            yield Fault((*path, "scale"), wrong, nearest(question.scale, form.scales))
        elif question.not_applicable and scale.not_applicable is None:
            yield Fault(
                (*path, "not_applicable"),
                f"scale '{question.scale}' has no words for this answer",
                f"Write them under scales, {question.scale}, as not_applicable: …",
            )


def reserved_points(form: Form) -> Iterator[Fault]:
    """Find a scale whose point has the sixth answer's id."""
    for name, scale in form.scales.items():
        for number, point in enumerate(scale.points):
            if point.id == NOT_APPLICABLE:
                yield Fault(
                    ("scales", name, "points", number, "id"),
                    f"'{NOT_APPLICABLE}' is the sixth answer's id",
                    "Give this point another, and write the sixth answer beside 'points'.",
                )


def bent_measures(form: Form) -> Iterator[Fault]:
    """Find measures out of their set, asked twice, reordered, reworded, relabelled, unfiltered or with faces."""
    fed = [
        (path, question)
        for path, _, question in located(form)
        if isinstance(question, ScaleQuestion) and question.measure is not None
    ]
    if not fed:
        return
    if form.measures not in measures.names():
        wrong = "the form names no set of measures" if form.measures is None else "there is no such set of measures"
        yield Fault(("measures",), wrong, nearest(form.measures or "", measures.names()))
        return
    rules = measures.measure_set(form.measures)
    for path, question in fed:
        if question.measure not in rules.measures:
            here = (*path, "measure")
            yield Fault(
                here,
                f"the set has no measure '{question.measure}'",
                nearest(str(question.measure), rules.measures),
            )
            continue
        yield from _against_rule(form, path, question, rules, rules.measures[question.measure])
    yield from _order(fed, list(rules.measures))


def _order(fed: list[tuple[Path, ScaleQuestion]], order: list[str]) -> Iterator[Fault]:
    places = [(path, order.index(str(q.measure))) for path, q in fed if q.measure in order]
    for (_, earlier), (path, later) in pairwise(places):
        if later <= earlier:
            wrong = f"{order[later]} cannot come after {order[earlier]}"
            yield Fault((*path, "measure"), wrong, "Keep the set's order, each measure once.")
    for path, place in places:
        if place == 0 and path != ("sections", 0, "questions", 0):
            wrong = f"another question comes before {order[0]}"
            yield Fault((*path, "measure"), wrong, "Make it the form's first question: nothing may lead the reader.")


def _against_rule(form: Form, path: Path, question: ScaleQuestion, rules: MeasureSet, rule: Measure) -> Iterator[Fault]:
    if question.faces:
        yield Fault((*path, "faces"), "a measure is asked in words alone", "Take 'faces' out.")
    if question.not_applicable != rule.not_applicable:
        needed = "has" if rule.not_applicable else "has no"
        remedy = f"Write not_applicable: {str(rule.not_applicable).lower()}."
        yield Fault((*path, "not_applicable"), f"{question.measure} {needed} sixth answer", remedy)
    if rule.after is not None and not _filtered(form, question, rules.filters[rule.after]):
        remedy = f"Ask it with show_if: {{…: yes}} after “{rules.filters[rule.after]}”."
        yield Fault((*path, "show_if"), f"{question.measure} counts only after its filter's yes", remedy)
    if MEASURE_LANGUAGE in form.languages and question.scale in form.scales:
        yield from _words(form, path, question, rules, rule)


def _filtered(form: Form, question: ScaleQuestion, words: str) -> bool:
    return any(
        wanted == ("yes",) and form.question(earlier).ask.root.get(MEASURE_LANGUAGE, words) == words
        for earlier, wanted in question.show_if.items()
        if earlier in {other.id for other in form.questions}
    )


def _words(form: Form, path: Path, question: ScaleQuestion, rules: MeasureSet, rule: Measure) -> Iterator[Fault]:
    if question.ask.root.get(MEASURE_LANGUAGE) != rule.words:
        yield Fault((*path, "ask"), f"the words of {question.measure} are fixed", f"Write: {rule.words}")
    scale = form.scales[question.scale]
    labels = tuple(point.label.root.get(MEASURE_LANGUAGE, "") for point in scale.points)
    if labels != rules.scales[rule.scale]:
        remedy = f"Write, in this order: {', '.join(rules.scales[rule.scale])}."
        yield Fault(("scales", question.scale, "points"), f"the scale of {question.measure} is fixed", remedy)
    sixth = scale.not_applicable
    if rule.not_applicable and sixth and sixth.root.get(MEASURE_LANGUAGE) != rules.not_applicable:
        where = ("scales", question.scale, "not_applicable")
        yield Fault(where, f"the sixth answer of {question.measure} is fixed", f"Write: {rules.not_applicable}")
