"""How to reach the person. Its answer is a `Contact`, kept apart from the other answers."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from forms.kinds.base import AnswerError, BaseQuestion
from forms.kinds.choice import Choice
from forms.kinds.short_text import checked_length, plain

Part = Literal["name", "address", "phone", "email", "best_way", "best_time"]
PARTS: tuple[Part, ...] = get_args(Part)

WAYS = ("phone", "text_message", "email", "letter", "visit")
TIMES = ("morning", "afternoon", "evening", "weekend")

MAX_LENGTH = {"name": 80, "address": 300, "phone": 60, "email": 120}
"""The most characters of each written part."""

PHONE_DIGITS = range(7, 16)
"""How many digits a telephone number has (ITU-T E.164: at most 15); what else is written with it is kept."""

EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach one person; what was not given is None."""

    name: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    best_way: str | None = None
    best_time: str | None = None

    def as_dict(self) -> dict[str, str]:
        """Give the parts that were given."""
        return {part: words for part, words in asdict(self).items() if words}


def _each_once(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    if len(set(parts)) < len(parts):
        raise PydanticCustomError("part_twice", "a part of the contact details is named twice")
    return parts


class ContactQuestion(BaseQuestion):
    """Asks for contact details; no part is ever required."""

    kind: Literal["contact"]
    parts: Annotated[tuple[Part, ...], Field(min_length=1), AfterValidator(_each_once)] = PARTS

    def parse(self, raw: object, choices: tuple[Choice, ...]) -> Contact | None:  # noqa: ARG002
        """Give the details from a mapping of parts; refuse unknown parts and what cannot be right."""
        if isinstance(raw, Contact):
            raw = raw.as_dict()
        if raw is None or raw == "":
            return None
        if not isinstance(raw, Mapping) or set(raw) - set(self.parts):
            raise AnswerError("not_understood")
        contact = Contact(**{part: _part(part, raw.get(part)) for part in self.parts})
        return contact if contact.as_dict() else None


def _part(part: Part, raw: object) -> str | None:
    if raw is None:
        return None
    if not isinstance(raw, str):
        raise AnswerError("not_understood")
    words = plain(raw).strip()
    if part in MAX_LENGTH:
        words = checked_length(words, MAX_LENGTH[part]) or ""
    if words and not _could_be(part, words):
        raise AnswerError(f"not_a_{part}")
    return words or None


def _could_be(part: Part, words: str) -> bool:
    match part:
        case "phone":
            return sum(letter.isdecimal() for letter in words) in PHONE_DIGITS
        case "email":
            return EMAIL.fullmatch(words) is not None
        case "best_way":
            return words in WAYS
        case "best_time":
            return words in TIMES
        case _:
            return True
