"""Which of a form's questions feed which measure, and which filter each measure stands behind."""

from collections.abc import Mapping
from dataclasses import dataclass

from forms.definition import Form
from forms.kinds.scale import NOT_APPLICABLE, ScaleQuestion
from forms.measures import measure_set


@dataclass(frozen=True, slots=True)
class Asked:
    """A form's measures and filters as its answers are stored."""

    measures: Mapping[str, str]
    """The question of each measure, in the order of the form."""
    points: Mapping[str, tuple[str, ...]]
    """The five options of each measure, best first."""
    filters: Mapping[str, str]
    """The question of each filter by the filter's name: repair, complaint, communal."""
    after: Mapping[str, str]
    """The filter of each measure that has one."""
    not_applicable: str = NOT_APPLICABLE

    @property
    def named(self) -> dict[str, str]:
        """Give the measure or the filter that each counted question asks for."""
        both = (*self.measures.items(), *self.filters.items())
        return {question: name for name, question in both}

    @property
    def questions(self) -> tuple[str, ...]:
        """Give all questions whose answers are counted."""
        return (*self.measures.values(), *self.filters.values())


def asked_by(form: Form) -> Asked | None:
    """Give a form's measures; None when it feeds none."""
    if form.measures is None:
        return None
    fixed = measure_set(form.measures).measures
    measures, points, filters, after = (
        dict[str, str](),
        dict[str, tuple[str, ...]](),
        dict[str, str](),
        dict[str, str](),
    )
    for question in form.questions:
        if not isinstance(question, ScaleQuestion) or question.measure is None:
            continue
        measure = question.measure
        measures[measure] = question.id
        points[measure] = tuple(point.id for point in form.scales[question.scale].points)
        if name := fixed[measure].after:
            after[measure] = name
            filters[name] = next(iter(question.show_if))
    return Asked(measures, points, filters, after) if measures else None
