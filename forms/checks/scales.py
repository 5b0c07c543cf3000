"""Scales that are named exist, and have words for what is asked on them."""

from collections.abc import Iterator

from forms.checks.fault import Fault, located, nearest
from forms.definition import Form
from forms.kinds.scale import NOT_APPLICABLE, ScaleQuestion


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
