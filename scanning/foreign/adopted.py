"""A page of somebody else's PDF as read → the same as a page of the form that was made of it.

Nothing is measured again: boxes get the names of the questions and answers that they are bound to, and are then judged
as the form asks for, so that several answers are several and yes and no exclude each other.
"""

from collections.abc import Mapping
from dataclasses import replace

from forms.adopting.binding import Binding, Bound
from forms.definition import Form
from forms.kinds.one_choice import OneChoice
from forms.kinds.yes_no import YesNo
from forms.layout.model import Kind
from forms.paper.fields import PART
from scanning.foreign.templates import INSTEAD_OF_PART
from scanning.readings import MarkReading, PageReading, StrayInk, WritingReading
from scanning.settling import Measured, question_name, settle
from scanning.written_beside import doubted, doubted_beside


def as_adopted(reading: PageReading, form: Form, binding: Binding) -> PageReading:
    """Give a reading of a page under the names of an adopted form; what is bound to nothing keeps its own name."""
    bound = {(one.field.replace(PART, INSTEAD_OF_PART), one.state): one for one in binding.fields}
    exclusive = {one.id for one in form.questions if isinstance(one, (OneChoice, YesNo))}
    marks = tuple(_mark(one, bound, exclusive) for one in reading.marks)
    features, strays = [one.features for one in marks], _strays(reading, marks)
    measured = Measured(marks, features, reading.residual_mm, strays, reading.is_harsh)
    verdicts = settle(form, [measured])
    states = {name: iter(verdict.states) for name, verdict in verdicts.items()}
    renamed = {question_name(old): question_name(new) for old, new in zip(reading.marks, marks, strict=True)}
    adopted = replace(
        reading,
        form=form.form,
        version=form.version_name,
        marks=tuple(replace(one, state=next(states[question_name(one)])) for one in marks),
        writings=tuple(_writing(one, bound) for one in reading.writings),
        answers={name: verdict.answer for name, verdict in verdicts.items()},
        doubts=tuple(verdict.doubt for verdict in verdicts.values() if verdict.doubt is not None),
        strays=strays,
    )
    return doubted(adopted, [renamed.get(name, name) for name in doubted_beside([reading])])


def _mark(mark: MarkReading, bound: Mapping[tuple[str, str], Bound], exclusive: set[str]) -> MarkReading:
    one = bound.get((mark.name, mark.option)) or bound.get((mark.name, ""))
    if one is None:
        return mark
    if one.question in exclusive:
        return replace(mark, name=one.question, option=one.choice, kind=Kind.RADIO)
    name = f"{one.question}{PART}{one.choice}" if one.choice != "given" else one.question
    return replace(mark, name=name, option=one.choice, kind=Kind.CHECK)


def _writing(writing: WritingReading, bound: Mapping[tuple[str, str], Bound]) -> WritingReading:
    one = bound.get((writing.name, ""))
    return replace(writing, name=PART.join(filter(None, (one.question, one.part)))) if one is not None else writing


def _strays(reading: PageReading, marks: tuple[MarkReading, ...]) -> dict[str, StrayInk]:
    """Give the ink beside the boxes of questions under their new names: the farthest of those that are now one."""
    found: dict[str, StrayInk] = {}
    for old, new in zip(reading.marks, marks, strict=True):
        stray = reading.strays.get(question_name(old))
        if stray is not None:
            name = question_name(new)
            found[name] = max(stray, found.get(name, stray), key=lambda one: one.extent_mm)
    return found
