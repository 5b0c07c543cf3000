"""What pydantic found → what to tell the writer of a form."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, get_args

from pydantic_core import ErrorDetails

from forms import codes
from forms.checks.fault import Path, nearest
from forms.definition import Form, LanguageStatus, Section
from forms.kinds import KINDS, Question
from forms.kinds.choice import Choice
from forms.kinds.contact import PARTS
from forms.kinds.scale import Scale
from forms.kinds.yes_no import YesNoLabels
from forms.loading.mistakes import Mistake
from forms.loading.source import Source
from forms.texts import Model

KIND_MODELS: dict[str, type[Model]] = {
    get_args(model.model_fields["kind"].annotation)[0]: model for model in get_args(get_args(Question)[0])
}


def explained(entry: ErrorDetails, source: Source) -> Mistake:
    """Turn one finding of pydantic into a mistake at its line, with a remedy."""
    path: Path = entry["loc"]
    if entry["type"] == "union_tag_not_found":
        return _without_kind(path, entry, source)
    context: Mapping[str, Any] = entry.get("ctx", {})
    say = EXPLANATIONS.get(entry["type"], _fallback)
    wrong, remedy = say(path, context, entry)
    written = (*path, "kind") if entry["type"] == "union_tag_invalid" else _as_written(path)
    return source.mistake(written, wrong, remedy)


def _as_written(path: Path) -> Path:
    """Give a path as the file has it: pydantic puts a question's kind behind its place in the list."""
    in_question = path[0] == "sections" and "questions" in path[:3] and len(path) > TAG_AT
    return (*path[:TAG_AT], *path[TAG_AT + 1 :]) if in_question else path


TAG_AT = 4
"""Where pydantic's path has the kind: behind sections, number, questions, number."""


def _without_kind(path: Path, entry: ErrorDetails, source: Source) -> Mistake:
    """Name the key that was meant to be `kind`, or the lack of it."""
    known = {key for model in KIND_MODELS.values() for key in model.model_fields}
    given = [key for key in entry["input"] if isinstance(key, str) and key not in known]
    if near := get_close_matches("kind", given, n=1):
        return source.mistake((*path, near[0]), "there is no such key here", "Did you mean 'kind'?")
    return source.mistake((*path, "kind"), "this key is missing", f"Add 'kind: …', one of: {', '.join(KINDS)}.")


Said = tuple[str, str]
Explanation = Callable[[Path, Mapping[str, Any], ErrorDetails], Said]


def _fallback(_: Path, __: Mapping[str, Any], entry: ErrorDetails) -> Said:
    return _sentence(entry["msg"]), "See 'sayso forms schema' for what can stand here."


def _sentence(message: str) -> str:
    return message[:1].lower() + message[1:].rstrip(".")


def _missing(path: Path, _: Mapping[str, Any], __: ErrorDetails) -> Said:
    model = _model_at(path[:-1])
    field = model.model_fields.get(str(path[-1])) if model else None
    hint = f" ({_sentence(field.description)})" if field and field.description else ""
    return "this key is missing", f"Add '{path[-1]}: …'{hint}."


def _not_a_key(path: Path, _: Mapping[str, Any], __: ErrorDetails) -> Said:
    model = _model_at(path[:-1])
    return "there is no such key here", nearest(str(path[-1]), model.model_fields if model else ())


def _unknown_kind(_: Path, context: Mapping[str, Any], __: ErrorDetails) -> Said:
    return f"there is no kind of question '{context['tag']}'", nearest(str(context["tag"]), KINDS)


def _not_words(_: Path, __: Mapping[str, Any], entry: ErrorDetails) -> Said:
    value = entry["input"]
    if isinstance(value, (int, float, bool)):
        return "words are expected here", f'Put it in quotes: "{value}".'
    return "words are expected here", "Write them behind the colon, in quotes if they hold a colon or a #."


def _bad_pattern(path: Path, _: Mapping[str, Any], entry: ErrorDetails) -> Said:
    value = entry["input"]
    if path[-1] == "form":
        return f"'{value}' cannot be a form's name", "Use small letters, digits and -, as in after-repair."
    if path[-1] == "measure":
        return f"'{value}' cannot be a measure", "Write two capitals and two digits, as in TP01."
    if "languages" in path:
        return f"'{value}' is not a language code", "Write a code such as en, pl or ar."
    return (
        f"'{value}' cannot be an id",
        "Use small letters, digits and _, a letter first, at most 40, as in best_time.",
    )


def _literal(path: Path, _: Mapping[str, Any], entry: ErrorDetails) -> Said:
    known = [status.value for status in LanguageStatus] if path[0] == "languages" else PARTS
    return f"'{entry['input']}' cannot stand here", nearest(str(entry["input"]), known)


def _too_few(_: Path, context: Mapping[str, Any], __: ErrorDetails) -> Said:
    return f"{context['actual_length']} are too few", f"Write at least {context['min_length']}."


def _too_many(_: Path, context: Mapping[str, Any], __: ErrorDetails) -> Said:
    return "there are too many", f"Write at most {context['max_length']}."


def _too_short(_: Path, __: Mapping[str, Any], ___: ErrorDetails) -> Said:
    return "words are missing here", "Write them behind the colon, or take the key out."


def _too_long(_: Path, context: Mapping[str, Any], __: ErrorDetails) -> Said:
    return "these words are too long", f"Use at most {context['max_length']} characters."


def _bound(verb: str, key: str) -> Explanation:
    def say(_: Path, context: Mapping[str, Any], entry: ErrorDetails) -> Said:
        return f"{entry['input']} cannot stand here", f"Write a number {verb} {context[key]}."

    return say


def _simply(wrong: str, remedy: str) -> Explanation:
    return lambda *_: (wrong, remedy)


def _message(remedy: str) -> Explanation:
    return lambda _, __, entry: (entry["msg"], remedy)


_KEYS = _simply("keys are expected here", "Write 'key: …' lines beneath, each indented by two spaces.")


def _not_a_list(path: Path, _: Mapping[str, Any], __: ErrorDetails) -> Said:
    if "show_if" in path:
        return "the id of an answer is expected here", "Write it as it stands in that question, as in yes."
    return "a list is expected here", "Write '- …' lines beneath, one for each."


_NUMBER = _simply("a whole number is expected here", "Write digits only, as in 3.")
_SWITCH = _simply("yes or no is expected here", "Write true or false.")
_ID = _simply("ids and keys are words", 'Begin with a small letter, as in "a1".')

EXPLANATIONS: dict[str, Explanation] = {
    "missing": _missing,
    "extra_forbidden": _not_a_key,
    "invalid_key": _ID,
    "union_tag_invalid": _unknown_kind,
    "string_type": _not_words,
    "text_type": _not_words,
    "string_pattern_mismatch": _bad_pattern,
    "string_too_short": _too_short,
    "string_too_long": _too_long,
    "too_short": _too_few,
    "too_long": _too_many,
    "enum": _literal,
    "literal_error": _literal,
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_from_float": _NUMBER,
    "bool_type": _SWITCH,
    "bool_parsing": _SWITCH,
    "dict_type": _KEYS,
    "model_type": _KEYS,
    "model_attributes_type": _KEYS,
    "dict_attributes_type": _KEYS,
    "tuple_type": _not_a_list,
    "list_type": _not_a_list,
    "greater_than_equal": _bound("of at least", "ge"),
    "greater_than": _bound("above", "gt"),
    "less_than_equal": _bound("of at most", "le"),
    "less_than": _bound("below", "lt"),
    "bound": _simply("this is not a day", "Write year-month-day, as in 2026-04-01, or today."),
    "empty_range": _message("Exchange the two."),
    "reporting_year": _message("Write a year and the next, as in 2026-27."),
    "language_unknown": _message("Write a code such as en, pl, ar, ur, gu or pa (ISO 639)."),
    "text_control": _message("Write the words anew, by hand."),
    "text_language": _message("Write a code such as en, pl or ar."),
    "labels_unknown": _message("Add 'labels: {yes: …, no: …, dont_know: …}' to the question."),
    "part_twice": _message("Name each part once."),
    "pattern_unknown": _message(f"Write {', '.join(codes.NAMED)}, or up to 20 of A, 9 and *, as in AA-9999."),
}


def _model_at(path: Path) -> type[Model] | None:
    """Give the model of the part that a path of pydantic's leads to."""
    names = [segment for segment in path if isinstance(segment, str)]
    if not path:
        return Form
    if path[-1] in KIND_MODELS and isinstance(path[-2], int):
        return KIND_MODELS[str(path[-1])]
    if path[-1] == "labels":
        return YesNoLabels
    if isinstance(path[-1], int):
        by_list: dict[str, type[Model]] = {"sections": Section, "choices": Choice, "points": Choice}
        return by_list.get(names[-1])
    return Scale if path[0] == "scales" and len(path) == 2 else None
