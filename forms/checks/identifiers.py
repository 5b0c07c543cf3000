"""Nothing has the id of another thing of its kind."""

from collections.abc import Iterable, Iterator

from forms.checks.fault import Fault, Path, located
from forms.definition import Form


def double_ids(form: Form) -> Iterator[Fault]:
    """Find ids given twice: of sections, of questions in the whole form, of choices in one list."""
    yield from _twice("section", [(("sections", at), section.id) for at, section in enumerate(form.sections)])
    yield from _twice("question", [(path, question.id) for path, _, question in located(form)])
    for name, scale in form.scales.items():
        yield from _twice("point", _numbered(("scales", name, "points"), scale.points))
    for path, _, question in located(form):
        yield from _twice("choice", _numbered((*path, "choices"), question.own_choices()))


def _numbered(path: Path, choices: Iterable[object]) -> list[tuple[Path, str]]:
    return [((*path, number), getattr(choice, "id", "")) for number, choice in enumerate(choices)]


def _twice(what: str, entries: Iterable[tuple[Path, str]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for path, identifier in entries:
        if identifier in seen:
            yield Fault((*path, "id"), f"this {what} has the id '{identifier}' of another", "Give it its own.")
        seen.add(identifier)
