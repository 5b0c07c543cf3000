"""Groups of fields → a draft of a definition, and which box of the PDF stands for which answer of it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from forms.adopting.binding import Binding, Bound
from forms.adopting.captions import captions_of, option_words
from forms.adopting.groups import Group, Shape, grouped
from forms.adopting.headings import heading, question_words
from forms.adopting.sheets import Sheets
from forms.layout.model import Field

COMMENT_HIGH_MM: Final = 13.0
"""From this height on a text field takes several lines: two of 12 pt with their leads and the field's edges."""

CHOICES_MAX: Final = 40
TEXT_MAX: Final = 200
"""What a definition takes at most."""

DATE: Final = re.compile(r"\b(date|birthday|dob)\b", re.I)
NO_DATE: Final = re.compile(r"\b(up ?to date|date stamp|to date)\b", re.I)
NUMBER: Final = re.compile(r"\b(number|no|ssn|digits?|code|account|routing|pin)\b", re.I)

ONLY_ONE: Final = re.compile(r"\b(only one|one only|one box|(check|tick|select|choose) one)\b(?! or more)", re.I)
"""What a form says where boxes exclude each other."""

DATE_PARTS: Final[Mapping[tuple[int, ...], tuple[str, str, str]]] = {
    (2, 2, 4): ("day", "month", "year"),
    (4, 2, 2): ("year", "month", "day"),
}

WORDS_OF_ID: Final = 5
ID_MAX: Final = 34
"""Leaves room for a number behind it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A definition as plain data, ready to be written as YAML, and what binds it to the PDF."""

    definition: dict[str, Any]
    binding: Binding


def drafted(sheets: Sheets, name: str) -> Draft:
    """Give the draft of a form from a PDF of that file name; no prefilled value is looked at."""
    captions = captions_of(sheets)
    groups = list(_worded(grouped(sheets.layout.fields, captions), sheets, captions))
    ids = Ids()
    asked = [_Asked.of(group, sheets, captions, ids) for group in groups]
    pages = sorted({one.group.page for one in asked})
    sections = [
        {
            "id": f"page_{page}",
            "title": f"Page {page}",
            "questions": [one.question for one in asked if one.group.page == page],
        }
        for page in pages
    ]
    definition = {
        "form": form_name(name),
        "version": "1",
        "title": _title(name),
        "languages": {"en": "final"},
        "introduction": "Please fill in this form.",
        "closing": "Thank you.",
        "sections": sections,
    }
    return Draft(definition, Binding(sheets.sha256, tuple(bound for one in asked for bound in one.bound)))


def _worded(groups: Sequence[Group], sheets: Sheets, captions: Mapping[Field, str]) -> Iterator[Group]:
    """Take boxes apart that only stand near each other: no words ask anything of all of them."""
    for group in groups:
        here = [one for one in sheets.layout.fields if one.page == group.page]
        if group.shape is Shape.SEVERAL and not heading(group, captions, sheets.runs.get(group.page, ()), here):
            yield from (Group(Shape.LONE, (field,)) for field in group.fields)
        elif group.shape is Shape.SEVERAL and ONLY_ONE.search(heading(group, captions, sheets.runs[group.page], here)):
            yield Group(Shape.ONE, group.fields)
        else:
            yield group


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question of the draft with the boxes that it is bound to."""

    group: Group
    question: dict[str, Any]
    bound: tuple[Bound, ...]

    @classmethod
    def of(cls, group: Group, sheets: Sheets, captions: Mapping[Field, str], ids: "Ids") -> "_Asked":
        here = [one for one in sheets.layout.fields if one.page == group.page]
        words = question_words(group, captions, sheets.runs.get(group.page, ()), here)
        head = {"id": ids.new(words), "ask": words}
        if group.shape in (Shape.ONE, Shape.SEVERAL):
            return cls(group, *_choosing(group, head, captions))
        if group.shape is Shape.LONE:
            [field] = group.fields
            return cls(group, _with(head, kind="consent"), (Bound.of(field, head["id"], "given"),))
        if group.shape is Shape.LIST:
            return cls(group, *_listed(group, head))
        if group.shape is Shape.PARTS:
            return cls(group, *_in_parts(group, head))
        return cls(group, _text(group.fields[0], head), tuple(Bound.of(one, head["id"]) for one in group.fields))


def _with(head: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": head["id"], "kind": more.pop("kind"), "ask": head["ask"], **more}


def _choosing(
    group: Group, head: Mapping[str, Any], captions: Mapping[Field, str]
) -> tuple[dict[str, Any], tuple[Bound, ...]]:
    """Give a question that is answered by ticking; yes and no have a kind of their own."""
    words = [option_words(field, captions, group.fields) for field in group.fields]
    kind, ids = _choice_ids(group, words)
    bound = tuple(Bound.of(field, head["id"], one) for field, one in zip(group.fields, ids, strict=True))
    labels = dict(zip(ids, words, strict=True))  # a box that is there twice is one answer
    if kind == "yes_no":
        extra: dict[str, Any] = {"dont_know": True} if "dont_know" in labels else {}
        return _with(head, kind=kind, **extra, labels=labels), bound
    if not 2 <= len(labels) <= CHOICES_MAX:
        return _with(head, kind="consent"), tuple(Bound.of(field, head["id"], "given") for field in group.fields[:1])
    return _with(head, kind=kind, choices=labels), bound


def _choice_ids(group: Group, words: Sequence[str]) -> tuple[str, list[str]]:
    if group.shape is Shape.ONE:
        plain = [_yes_or_no(one) for one in words]
        if len(set(plain)) == len(plain) and set(plain) in ({"yes", "no"}, {"yes", "no", "dont_know"}):
            return "yes_no", plain
    ids = Ids()
    states: dict[tuple[str, tuple[str, ...]], str] = {}
    found = []
    for field, one in zip(group.fields, words, strict=True):
        key = (field.name, field.options)
        if key not in states:
            states[key] = ids.new(one)
        found.append(states[key])
    return ("one_choice" if group.shape is Shape.ONE else "several_choices"), found


def _yes_or_no(words: str) -> str:
    plain = words.lower().replace("’", "'")
    if re.match(r"(i )?don'?t know|not sure|unsure", plain):
        return "dont_know"
    found = re.match(r"(yes|no)\b", plain)
    return found[1] if found else plain


def choice_ids_of_yes_no(words: Sequence[str]) -> list[str] | None:
    """Give which of the words are yes, no and don't know, else by their order.

    None where they are not two or three, or one of them says something else than its place does.
    """
    plain = [_yes_or_no(one) for one in words]
    if len(set(plain)) == len(plain) and set(plain) in ({"yes", "no"}, {"yes", "no", "dont_know"}):
        return plain
    ids = ["yes", "no", "dont_know"]
    is_other = any(said in ids and said != one for said, one in zip(plain, ids, strict=False))
    return ids[: len(words)] if 2 <= len(words) <= 3 and not is_other else None


def _listed(group: Group, head: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Bound, ...]]:
    """Give a question with a list to pick from: on paper its answer is written."""
    field = group.fields[0]
    bound = tuple(Bound.of(one, head["id"]) for one in group.fields)
    ids = Ids()
    choices = {ids.new(one): one for one in field.options if one.strip()}
    if not 2 <= len(choices) <= CHOICES_MAX:
        return _text(field, head), bound
    return _with(head, kind="one_choice", choices=choices), bound


def _in_parts(group: Group, head: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Bound, ...]]:
    """Give a day, or a code with as many characters in its parts as the PDF has cells."""
    lengths = tuple(field.max_length or 1 for field in group.fields)
    names = DATE_PARTS.get(lengths)
    words = " ".join((head["ask"], *(field.label for field in group.fields)))
    if names and DATE.search(words):
        bound = tuple(Bound.of(one, head["id"], part=part) for one, part in zip(group.fields, names, strict=True))
        return _with(head, kind="date"), bound
    bound = tuple(Bound.of(one, head["id"], part=str(at)) for at, one in enumerate(group.fields, 1))
    letter = "9" if NUMBER.search(words) else "*"
    return _with(head, kind="code", pattern="-".join(letter * length for length in lengths)), bound


def _text(field: Field, head: Mapping[str, Any]) -> dict[str, Any]:
    if field.box_mm.h >= COMMENT_HIGH_MM and not field.comb_cells:
        return _with(head, kind="comment")
    if DATE.search(head["ask"]) and not NO_DATE.search(head["ask"]) and not field.max_length:
        return _with(head, kind="date")
    if field.max_length and field.max_length <= TEXT_MAX:
        return _with(head, kind="short_text", max_length=field.max_length)
    return _with(head, kind="short_text")


class Ids:
    """Names for machines, each once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, taken: Iterable[str]) -> None:
        """Keep ids from being given again."""
        self._taken.update(taken)

    def several(self, words: Iterable[str]) -> list[str]:
        """Give an id for each of some words."""
        return [self.new(one) for one in words]

    def new(self, words: str) -> str:
        """Give an id made of the first words."""
        plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
        found = [one for one in re.findall(r"[a-z0-9]+", plain) if not one.isdigit() or len(one) < 3]
        stem = "_".join(found[:WORDS_OF_ID])[:ID_MAX].strip("_")
        stem = re.sub(r"^[0-9_]+", "", stem) or "question"
        return next(one for one in self._tries(stem) if self._is_new(one))

    @staticmethod
    def _tries(stem: str) -> Iterator[str]:
        yield stem
        number = 2
        while True:
            yield f"{stem}_{number}"
            number += 1

    def _is_new(self, one: str) -> bool:
        if one in self._taken:
            return False
        self._taken.add(one)
        return True


def form_name(file: str) -> str:
    """Give a form's name from the name of its file."""
    plain = unicodedata.normalize("NFKD", file).encode("ascii", "ignore").decode().lower()
    return re.sub(r"^[^a-z]+", "", "-".join(re.findall(r"[a-z0-9]+", plain)))[:40].strip("-").ljust(2, "x") or "form"


def _title(file: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", file)) or "Form"
