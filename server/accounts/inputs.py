"""What the pages of accounts send."""

from typing import Annotated

from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from server.models.officers import Role
from server.web.inputs import Input

Password = Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=400)]
"""A password as it was typed, spaces at its ends too. What a new one must be, `passwords` says."""


class SignIn(Input):
    """Somebody who signs in."""

    username: str = Field(min_length=1, max_length=60)
    password: Password
    code: str = Field("", max_length=20)


class PasswordAsked(Input):
    """One's own password, asked for once more."""

    old_password: Password


class NewPassword(PasswordAsked):
    """One's own new password."""

    password: Password
    again: Password

    @field_validator("again")
    @classmethod
    def _same(cls, again: str, given: ValidationInfo) -> str:
        if given.data.get("password", again) != again:
            raise ValueError("The new password is not the same both times.")
        return again


class Code(Input):
    """A code from the telephone."""

    code: str = Field(min_length=1, max_length=20)


class OfficerChange(Input):
    """An officer's name and role."""

    name: str = Field(min_length=1, max_length=120)
    role: Role


class NewOfficer(OfficerChange):
    """An officer to add."""

    username: str = Field(min_length=1, max_length=60)
    password: Password


class PasswordGiven(Input):
    """A new password for somebody else."""

    password: Password
