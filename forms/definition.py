"""A form, defined once: what is asked, in which words, in which order. The paper and the kiosk both follow it."""

import hashlib
import json
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any

from babel import UnknownLocaleError
from pydantic import AfterValidator, Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from forms.kinds import Question
from forms.kinds.choice import Choice, Identifier
from forms.kinds.scale import Scale, ScaleQuestion
from forms.languages import locale_of
from forms.texts import LANGUAGE_PATTERN, Model, Text

FormName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
"""A form's name in commands and files, and in the foot of its paper: small letters, digits and -."""


def _known_language(code: str) -> str:
    try:
        locale_of(code)
    except UnknownLocaleError as error:
        raise PydanticCustomError("language_unknown", "no language has the code '{code}'", {"code": code}) from error
    return code


Language = Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN), AfterValidator(_known_language)]


class LanguageStatus(StrEnum):
    """How far a form's words in one language can be trusted."""

    FINAL = "final"
    DRAFT = "draft"


class Section(Model):
    """Questions that belong together."""

    id: Identifier
    title: Text | None = None
    help: Text | None = None
    detachable: bool = Field(
        False, description="A sheet of its own that is torn off and kept apart from the other answers."
    )
    questions: tuple[Question, ...] = Field(min_length=1, max_length=100)


class Form(Model):
    """A form, checked in itself; `forms.checks` holds what its parts must keep among each other."""

    form: FormName
    version: str = Field(min_length=1, max_length=20, description="The label that people know it by, as '1'.")
    title: Text
    languages: dict[Language, LanguageStatus] = Field(
        min_length=1,
        description="Each language, first the one it was written in: final, or a draft to check.",
    )
    introduction: Text
    help: Text | None = Field(None, description="How to get help with it, or another format.")
    closing: Text = Field(description="Thanks, and how to complain.")
    notice: Text | None = Field(None, description="What the figures from it are not, shown at its top.")
    reporting_year: str | None = Field(None, description="The year whose figures it feeds, as 2026-27.")
    source: str | None = Field(None, description="Where fixed wording comes from.")
    measures: str | None = Field(None, description="The set of measures that its `measure` keys are from.")
    scales: dict[Identifier, Scale] = Field(default_factory=dict)
    sections: tuple[Section, ...] = Field(min_length=1, max_length=30)

    @field_validator("reporting_year")
    @classmethod
    def _a_year_and_the_next(cls, year: str | None) -> str | None:
        if year is None:
            return None
        match = re.fullmatch(r"(20\d\d)-(\d\d)", year)
        if not match or (int(match[1]) + 1) % 100 != int(match[2]):
            raise PydanticCustomError("reporting_year", "'{year}' is not a reporting year", {"year": year})
        return year

    @property
    def language(self) -> str:
        """Give the language that the form was written in."""
        return next(iter(self.languages))

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Give all questions in the order they are asked."""
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def _by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def _section_by_id(self) -> dict[str, Section]:
        return {question.id: section for section in self.sections for question in section.questions}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Give the number of each question as printed; a detachable section counts for itself."""
        main = [question for section in self.sections if not section.detachable for question in section.questions]
        apart = [question for section in self.sections if section.detachable for question in section.questions]
        return {question.id: number for part in (main, apart) for number, question in enumerate(part, 1)}

    def question(self, identifier: str) -> Question:
        """Give a question by its id; `KeyError` when the form has none of that id."""
        return self._by_id[identifier]

    def section_of(self, identifier: str) -> Section:
        """Give the section that a question stands in; `KeyError` when the form has none of that id."""
        return self._section_by_id[identifier]

    def choices(self, question: Question) -> tuple[Choice, ...]:
        """Give a question's choices in printed order; none where it is not answered by choosing."""
        if isinstance(question, ScaleQuestion):
            return self.scales[question.scale].choices(with_not_applicable=question.not_applicable)
        return question.own_choices()

    def canonical(self) -> str:
        """Give the form as JSON that the loader takes back: the same for the same content, however written."""
        content = self.model_dump(mode="json", exclude_none=True)
        languages = _compact(content.pop("languages"), sort_keys=False)
        return f'{{"languages":{languages},{_compact(content, sort_keys=True)[1:]}'

    @cached_property
    def content_hash(self) -> str:
        """Give 64 hex digits that change with any word, rule or order of the form (SHA-256).

        That a translator has found a draft to be right changes nothing that is asked, and so not the version.
        """
        final = dict.fromkeys(self.languages, LanguageStatus.FINAL)
        return hashlib.sha256(self.model_copy(update={"languages": final}).canonical().encode()).hexdigest()

    @property
    def version_name(self) -> str:
        """Give the version as people and machines know it together: `1 (3f9a0c2e)`."""
        return f"{self.version} ({self.content_hash[:8]})"

    def texts(self) -> Iterator[tuple[tuple[str | int, ...], Text]]:
        """Give each text with its path in the definition."""
        return _texts(self, ())


def _texts(part: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Text]]:
    if isinstance(part, Text):
        yield path, part
    elif isinstance(part, Model):
        for name in type(part).model_fields:
            yield from _texts(getattr(part, name), (*path, name))
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from _texts(value, (*path, key))
    elif isinstance(part, tuple):
        for index, value in enumerate(part):
            yield from _texts(value, (*path, index))


def _compact(content: object, *, sort_keys: bool) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=sort_keys)
