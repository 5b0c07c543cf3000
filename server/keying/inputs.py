"""What the screen for keying in sends: answers as they stand on the paper, and what its head says of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from pydantic import Field
from werkzeug.datastructures import MultiDict

from forms.answers import Answers, as_json, collect
from forms.definition import Form
from server.aside.inputs import CopyCode
from server.keying.paper import DATE_PARTS, Item, PaperPage, Widget
from server.web.inputs import Input

PREFIX: Final = "q."
"""Before a question's id in the name of its field, so that no id is taken for one of the fields of the head."""

UNSURE: Final = "unsure"


class FilledInBy(StrEnum):
    """Who filled the paper in."""

    PERSON = ""
    RELATIVE = "family or friend"
    STAFF = "staff"


class Head(Input):
    """What is said of the paper as a whole."""

    copy_code: CopyCode = ""
    received_on: date
    received_on_day: str = Field("", max_length=4)
    received_on_month: str = Field("", max_length=4)
    received_on_year: str = Field("", max_length=4)
    helped_by: FilledInBy = FilledInBy.PERSON
    campaign: int | None = None


def with_day(form: MultiDict[str, str], name: str = "received_on") -> MultiDict[str, str]:
    """Give what was sent with its three fields of a day made one."""
    day, month, year = (form.get(f"{name}_{part}", "").strip() for part in DATE_PARTS)
    made = MultiDict(form)
    if day or month or year:
        made[name] = f"{year.zfill(4)}-{month.zfill(2)}-{day.zfill(2)}"
    return made


@dataclass(frozen=True, slots=True)
class Given:
    """The answers as keyed in, the questions that the officer is not sure of, and what is wrong, by question."""

    raw: Mapping[str, Any] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    mistakes: Mapping[str, str] = field(default_factory=dict)


def given(pages: Iterable[PaperPage], sent: MultiDict[str, str]) -> Given:
    """Take in what was keyed in."""
    items = [item for page in pages for item in page.items]
    unsure = frozenset(sent.getlist(UNSURE)) & {item.id for item in items}
    return Given({item.id: _raw(item, sent) for item in items}, unsure)


def _raw(item: Item, sent: MultiDict[str, str]) -> Any:
    name = PREFIX + item.id
    if item.widget is Widget.PARTS:
        return {part.name: _kept(sent.get(f"{name}.{part.name}", "")) for part in item.parts}
    if item.widget in (Widget.ONE, Widget.SEVERAL):
        return [_kept(one) for one in sent.getlist(name)]
    return _kept(sent.get(name, ""))


def _kept(words: str) -> str:
    return words.replace("\0", "")


def answered(form: Form, keyed: Given) -> tuple[Given, Answers]:
    """Give the answers that what was keyed in makes, and beside which questions something is wrong."""
    answers = collect(form, {key: value for key, value in keyed.raw.items() if key not in keyed.unsure})
    mistakes = {one.question: one.message("en") for one in answers.problems}
    return Given(keyed.raw, keyed.unsure, mistakes), answers


def as_read(answers: Answers) -> Given:
    """Give what a copy was read as so far, to go on from."""
    values = {**answers.values, **answers.not_asked}
    raw = {key: _to_key(as_json(value)) for key, value in values.items()}
    return Given(raw, mistakes={one.question: one.message("en") for one in answers.problems})


def _to_key(value: object) -> Any:
    return "given" if value is True else value
