"""What each column probably holds, told by the words of its heading or by how it was matched the last time."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from server.households.fields import MANY, Field

PARTS: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=[0-9])")
OTHER: Final = re.compile(r"[\W_]+")

PATTERNS: Final[tuple[tuple[Field, str], ...]] = (
    (Field.POSTCODE, r"\bpost ?code\b"),
    (Field.EMAIL, r"\be ?mail\b"),
    (Field.PHONE, r"\b(mobile|(tele)?phone|tel|contact (no|number))\b"),
    (Field.BIRTH, r"\b(date of birth|birth ?(date|day)|d ?o ?b)\b"),
    (Field.AGE_BAND, r"\bage\b"),
    (Field.NO_REMINDER, r"\b(no|not|without|stop|opt\w*)\b.*\bremind|\bremind\w* (opt|stop)"),
    (Field.PROPERTY_TYPE, r"\b(property|dwelling|home|house|building|unit) (type|kind)\b|\btype of (property|home)\b"),
    (Field.TENURE, r"\btenure\b|\btenancy type\b|\btype of tenancy\b"),
    (Field.CODE, r"\buprn\b"),
    (Field.CODE, r"^((household|property|home|tenancy|unit|asset) )?(code|ref|reference|id)( (no|number))?$"),
    (Field.CODE, r"^(?!.*\b(area|ward|scheme|estate|dial)).*\b(code|ref|reference)\b"),
    (Field.SCHEME, r"\b(scheme|estate|development)\b(?! (code|ref|id))"),
    (Field.AREA, r"\b(area|ward|neighbou?rhood|district|patch|locality)\b(?! (code|ref|id))"),
    (Field.NAME, r"^((full|tenants?|tenant s|customer|resident|main tenant|lead tenant|occupier) )?name$"),
    (Field.NAME, r"^(title|initials|surname|forenames?|(first|last|family|given|middle) ?names?)$"),
    (Field.NAME, r"^(main |lead )?(tenant|resident|customer|occupier)$"),
    (Field.ADDRESS, r"\baddress\b"),
    (Field.ADDRESS, r"^(street|road|town|city|county|(house|flat|door|building) (no|number|name)|street name)$"),
)
"""Words of headings; of two that mean the same thing, the earlier is believed. A heading is used once."""


def guessed(headings: Sequence[str], before: Mapping[str, str] | None = None) -> dict[str, Field]:
    """Give a field for each heading; what nothing is known of is left out, for the officer to say what it is for."""
    found = {heading: Field(before[heading]) for heading in headings if before and heading in before}
    for field, pattern in PATTERNS:
        if field is Field.NAME and field in found.values():
            continue  # a whole name needs no parts
        for heading in _fitting(headings, pattern):
            if heading not in found and (field in MANY or not _has(found, field)):
                found[heading] = field
    return {heading: found.get(heading, Field.LEAVE_OUT) for heading in headings}


def _fitting(headings: Sequence[str], pattern: str) -> Iterator[str]:
    return (heading for heading in headings if re.search(pattern, _plain(heading)))


def _has(found: Mapping[str, Field], field: Field) -> bool:
    taken = {Field.AGE_BAND, Field.BIRTH} if field in {Field.AGE_BAND, Field.BIRTH} else {field}
    return not taken.isdisjoint(found.values())


def _plain(heading: str) -> str:
    """Give a heading in small words: `AddressLine1` and `address_line-1` are address line 1."""
    return OTHER.sub(" ", PARTS.sub(" ", heading).casefold()).strip()
