"""Routing leads from earlier questions to later ones, by answers that there are."""

from collections.abc import Iterator

from forms.checks.fault import Fault, Path, located, nearest
from forms.definition import Form, Section
from forms.kinds import Question
from forms.kinds.comment import Comment
from forms.kinds.contact import ContactQuestion


def broken_routing(form: Form) -> Iterator[Fault]:
    """Find conditions on unknown or later questions, on answers not offered, or across a detachable page."""
    before: dict[str, tuple[Section, Question]] = {}
    for path, section, question in located(form):
        for earlier, wanted in question.show_if.items():
            here = (*path, "show_if", earlier)
            if earlier not in before:
                yield _not_before(form, here, earlier, list(before))
                continue
            other_section, other = before[earlier]
            if other_section.detachable != section.detachable:
                yield Fault(here, "a page that is torn off cannot hang on the others", "Take this condition out.")
            yield from _unknown_answers(form, here, other, wanted)
        before[question.id] = section, question


def _not_before(form: Form, path: Path, identifier: str, before: list[str]) -> Fault:
    if identifier in {question.id for question in form.questions}:
        return Fault(
            path,
            f"question '{identifier}' does not come before this one",
            "Routing only leads forwards: move that question up, or name an earlier one.",
        )
    return Fault(path, f"there is no question '{identifier}'", nearest(identifier, before))


def _unknown_answers(form: Form, path: Path, other: Question, wanted: tuple[str, ...]) -> Iterator[Fault]:
    if not other.chooses:
        yield Fault(
            path,
            f"question '{other.id}' is not answered by choosing, so nothing can hang on it",
            "Name a question of kind yes_no, one_choice, several_choices or scale.",
        )
        return
    offered = [choice.id for choice in form.choices(other)]
    for answer in wanted:
        if answer not in offered:
            yield Fault(path, f"question '{other.id}' has no answer '{answer}'", nearest(answer, offered))


def misplaced_detachable_page(form: Form) -> Iterator[Fault]:
    """Find a torn-off page that is not the last, or is all there is: what is torn off must leave a form whole."""
    for at, section in enumerate(form.sections):
        if section.detachable and at < len(form.sections) - 1:
            yield Fault(
                ("sections", at, "detachable"),
                "the page that is torn off must be the last",
                "Move this section to the end.",
            )
        if section.detachable and len(form.sections) == 1:
            yield Fault(
                ("sections", at, "detachable"),
                "a form cannot be torn off as a whole",
                "Take 'detachable' out, or put its questions in a second section.",
            )
        if section.detachable:
            yield from _telling_questions(section, at)


def _telling_questions(section: Section, at: int) -> Iterator[Fault]:
    """Find questions on the torn-off page whose answers would tell whose page it is."""
    for index, question in enumerate(section.questions):
        if isinstance(question, (ContactQuestion, Comment)):
            yield Fault(
                ("sections", at, "questions", index, "kind"),
                f"the page that is torn off is nobody's, and question '{question.id}' could tell whose it is",
                "Move the question to another section.",
            )
