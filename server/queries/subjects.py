"""Whom a question about personal data is about: a household, a copy that was handed out, or a single response."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.errors import NotFoundError
from server.models.copies import Copy
from server.models.households import Household
from server.models.responses import Response

REFERENCE: Final = re.compile(r"(household|copy|response)-([1-9][0-9]{0,8})")


class SubjectKind(StrEnum):
    """What a person is known by."""

    HOUSEHOLD = "household"
    COPY = "copy"
    """A copy that was handed out, with the responses through it; it belongs to no household."""
    RESPONSE = "response"
    """A response through no copy."""


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """One person, or the people of one household; written as `household-12`, which may stand in addresses."""

    kind: SubjectKind
    id: int

    def __str__(self) -> str:
        return f"{self.kind}-{self.id}"

    @classmethod
    def parse(cls, words: str) -> Self | None:
        """Give the subject that a reference names; None for other words."""
        match = REFERENCE.fullmatch(words.strip().casefold())
        return cls(SubjectKind(match[1]), int(match[2])) if match else None


def subject_of_copy(copy: Copy) -> Subject:
    """Give whose copy it is: its household's, or nobody else's."""
    if copy.household_id is not None:
        return Subject(SubjectKind.HOUSEHOLD, copy.household_id)
    return Subject(SubjectKind.COPY, copy.id)


def subject_of_response(session: Session, response: Response) -> Subject:
    """Give whose response it is: its household's or copy's where there is one, or nobody else's."""
    if response.household_id is not None:
        return Subject(SubjectKind.HOUSEHOLD, response.household_id)
    copy = session.get(Copy, response.copy_id) if response.copy_id is not None else None
    return subject_of_copy(copy) if copy is not None else Subject(SubjectKind.RESPONSE, response.id)


def subject_named(session: Session, reference: str) -> Subject:
    """Give the subject of a reference such as `household-12`; `NotFoundError` when there is none."""
    subject = Subject.parse(reference)
    whole = subject and subject_as_whole(session, subject)
    if whole is None:
        raise NotFoundError("Nobody is kept under this reference. Search again.")
    return whole


def subject_as_whole(session: Session, subject: Subject) -> Subject | None:
    """Give the subject that a row belongs to, for a household's copy is asked for with its household."""
    if subject.kind == SubjectKind.RESPONSE:
        response = session.get(Response, subject.id)
        return subject_of_response(session, response) if response else None
    if subject.kind == SubjectKind.COPY:
        copy = session.get(Copy, subject.id)
        return subject_of_copy(copy) if copy else None
    return subject if session.scalar(select(Household.id).where(Household.id == subject.id)) else None
