"""Finding people by what they can tell: a code, a name, a receipt, a telephone number, an address.

Only a name is found by a part of it. All else must be whole, so that nobody is taken for somebody else.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, SQLColumnExpression, func, or_, select
from sqlalchemy.orm import Session

from forms.codes import CodeError, pattern_named
from server.models.copies import Copy
from server.models.households import Household, HouseholdContact
from server.models.responses import ContactDetails, Response
from server.queries.held import held_about
from server.queries.subjects import (
    Subject,
    SubjectKind,
    subject_as_whole,
    subject_of_copy,
    subject_of_response,
)

MATCHES_MAX: Final = 50
"""More are no answer to who somebody is: more of the name must be given."""

NAME_LETTERS_MIN: Final = 2
PHONE_DIGITS_MIN: Final = 7
"""Of a whole number (ITU-T E.164)."""

RECEIPT: Final = re.compile(r"R(.+)", re.IGNORECASE | re.DOTALL)
WRITTEN_IN_PHONES: Final = (" ", "-", "(", ")", "+", ".", "/", "\u00a0")


@dataclass(frozen=True, slots=True)
class Match:
    """A subject that was found, with just enough to be sure that it is the right one."""

    subject: Subject
    found_by: tuple[str, ...]
    name: str
    postcode: str


@dataclass(frozen=True, slots=True)
class Matches:
    """Who was found; `are_all` is false when there are more than are shown."""

    rows: tuple[Match, ...]
    are_all: bool


Key = Callable[[Session, str], Iterator[Subject]]


def find_people(session: Session, words: str) -> Matches:
    """Give whom these words may stand for, by every key that they could be."""
    found: dict[Subject, list[str]] = {}
    for name, key in KEYS.items():
        for subject in key(session, words.strip()):
            if name not in found.setdefault(subject, []):
                found[subject].append(name)
            if len(found) > MATCHES_MAX:
                break
    subjects = sorted(found)[:MATCHES_MAX]
    rows = [Match(subject, tuple(found[subject]), *who(session, subject)) for subject in subjects]
    return Matches(tuple(rows), are_all=len(found) <= MATCHES_MAX)


def who(session: Session, subject: Subject) -> tuple[str, str]:
    """Give the name and the postcode of a subject, each empty where it is not known."""
    if subject.kind == SubjectKind.HOUSEHOLD:
        contact = session.get(HouseholdContact, subject.id)
        return (contact.name, contact.postcode) if contact else ("", "")
    wanted = select(ContactDetails).join(Response, Response.id == ContactDetails.response_id)
    is_theirs = Response.copy_id == subject.id if subject.kind == SubjectKind.COPY else Response.id == subject.id
    for details in session.scalars(wanted.where(is_theirs).order_by(ContactDetails.response_id)):
        return str(details.details.get("name") or ""), next(_postcodes(details.details.get("address")), "")
    return "", ""


def _by_reference(session: Session, words: str) -> Iterator[Subject]:
    subject = Subject.parse(words)
    whole = subject_as_whole(session, subject) if subject else None
    if whole is not None and not held_about(session, whole).is_nothing():
        yield whole


def _by_household_code(session: Session, words: str) -> Iterator[Subject]:
    is_it = or_(Household.code == words, func.lower(Household.code) == words.lower())
    for household in session.scalars(select(Household.id).where(is_it)):
        yield Subject(SubjectKind.HOUSEHOLD, household)


def _by_name(session: Session, words: str) -> Iterator[Subject]:
    folded = " ".join(words.casefold().split())
    if sum(letter.isalpha() for letter in folded) < NAME_LETTERS_MIN:
        return
    yield from _contacts(
        session,
        HouseholdContact.name_folded.contains(folded, autoescape=True),
        ContactDetails.name_folded.contains(folded, autoescape=True),
    )


def _by_copy_code(session: Session, words: str) -> Iterator[Subject]:
    code = _copy_code(words)
    for copy in session.scalars(select(Copy).where(Copy.code == code)) if code else ():
        yield subject_of_copy(copy)


def _by_receipt(session: Session, words: str) -> Iterator[Subject]:
    match = RECEIPT.fullmatch(words)
    code = _copy_code(match[1]) if match else None
    for response in session.scalars(select(Response).where(Response.receipt == f"R{code}")) if code else ():
        yield subject_of_response(session, response)


def _by_phone(session: Session, words: str) -> Iterator[Subject]:
    digits = "".join(letter for letter in words if letter.isdigit() and letter.isascii())
    if len(digits) < PHONE_DIGITS_MIN or re.search(r"[^\W\d_]", words):
        return
    national = re.sub(r"^(00)?44(0)?", "0", digits)
    spellings = {digits, national, *(start + national[1:] for start in ("44", "0044", "440", "00440"))}
    yield from _contacts(
        session,
        _digits(HouseholdContact.phone).in_(spellings),
        _digits(ContactDetails.details["phone"].as_string()).in_(spellings),
    )


def _by_email(session: Session, words: str) -> Iterator[Subject]:
    if "@" not in words:
        return
    yield from _contacts(
        session,
        func.lower(HouseholdContact.email) == words.lower(),
        func.lower(ContactDetails.details["email"].as_string()) == words.lower(),
    )


def _by_postcode(session: Session, words: str) -> Iterator[Subject]:
    try:
        postcode = pattern_named("uk_postcode").normalise(words)
    except CodeError:
        return
    packed = postcode.replace(" ", "")
    address = func.upper(func.replace(ContactDetails.details["address"].as_string(), " ", ""))
    has_it = select(ContactDetails).where(address.contains(packed))
    written = [row for row in session.scalars(has_it) if postcode in _postcodes(row.details.get("address"))]
    yield from _contacts(
        session,
        func.upper(func.replace(HouseholdContact.postcode, " ", "")) == packed,
        ContactDetails.response_id.in_({row.response_id for row in written}),
    )


KEYS: Final[dict[str, Key]] = {
    "reference": _by_reference,
    "household code": _by_household_code,
    "name": _by_name,
    "copy code": _by_copy_code,
    "receipt": _by_receipt,
    "telephone number": _by_phone,
    "email": _by_email,
    "postcode": _by_postcode,
}
"""What somebody can be found by."""


def _contacts(session: Session, household: ColumnElement[bool], response: ColumnElement[bool]) -> Iterator[Subject]:
    """Give the households and the responses whose contact details meet a condition."""
    for found in session.scalars(select(HouseholdContact.household_id).where(household).limit(MATCHES_MAX + 1)):
        yield Subject(SubjectKind.HOUSEHOLD, found)
    theirs = select(ContactDetails.response_id).where(response)
    for one in session.scalars(select(Response).where(Response.id.in_(theirs)).limit(MATCHES_MAX + 1)):
        yield subject_of_response(session, one)


def _copy_code(words: str) -> str | None:
    try:
        return pattern_named("copy_code").normalise(words)
    except CodeError:
        return None


def _digits(column: SQLColumnExpression[str]) -> ColumnElement[str]:
    written: ColumnElement[str] = func.coalesce(column, "")
    for mark in WRITTEN_IN_PHONES:
        written = func.replace(written, mark, "")
    return written


def _postcodes(address: object) -> Iterator[str]:
    """Give the postcodes in an address as people write it."""
    for outward, inward in re.findall(r"\b([A-Z]{1,2}[0-9][0-9A-Z]?)\s*([0-9][A-Z]{2})\b", str(address or "").upper()):
        yield f"{outward} {inward}"
