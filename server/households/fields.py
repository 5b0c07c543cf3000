"""What a column of the landlord's list may hold, and how long its cells may be."""

from enum import StrEnum
from typing import Final


class Field(StrEnum):
    """What a column is matched with."""

    CODE = "code"
    NAME = "name"
    ADDRESS = "address"
    POSTCODE = "postcode"
    PHONE = "phone"
    EMAIL = "email"
    AREA = "area"
    SCHEME = "scheme"
    TENURE = "tenure"
    AGE_BAND = "age_band"
    BIRTH = "date_of_birth"
    PROPERTY_TYPE = "property_type"
    NO_REMINDER = "wants_no_reminder"
    PROFILE = "profile"
    LEAVE_OUT = "leave_out"


WORDS: Final = {
    Field.CODE: "Code (UPRN or your reference)",
    Field.NAME: "Name, or a part of it",
    Field.ADDRESS: "Address, or a line of it",
    Field.POSTCODE: "Postcode",
    Field.PHONE: "Phone",
    Field.EMAIL: "Email",
    Field.AREA: "Area",
    Field.SCHEME: "Scheme",
    Field.TENURE: "Tenure",
    Field.AGE_BAND: "Age or age band",
    Field.BIRTH: "Date of birth (only the age band is kept)",
    Field.PROPERTY_TYPE: "Property type",
    Field.NO_REMINDER: "Wants no reminder",
    Field.PROFILE: "Keep as a profile column",
    Field.LEAVE_OUT: "Leave out",
}

MANY: Final = frozenset({Field.NAME, Field.ADDRESS, Field.PROFILE, Field.LEAVE_OUT})
"""What several columns may be matched with: names and addresses are joined in the order of their columns."""

LENGTHS: Final = {
    Field.CODE: 60,
    Field.NAME: 200,
    Field.ADDRESS: 600,
    Field.POSTCODE: 20,
    Field.PHONE: 60,
    Field.EMAIL: 200,
    Field.AREA: 100,
    Field.SCHEME: 100,
    Field.TENURE: 60,
    Field.AGE_BAND: 40,
    Field.PROPERTY_TYPE: 60,
    Field.PROFILE: 500,
}
"""Longest text in characters: the widths of the database's columns, and a paragraph for a profile column."""
