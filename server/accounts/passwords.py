"""Passwords: argon2id, and what a new one must be."""

from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.errors import RefusedError

LENGTH_MIN: Final = 12
"""The least that the National Cyber Security Centre's three random words come to."""

LENGTH_MAX: Final = 200

HASHER: Final = PasswordHasher()
"""Its defaults are those of RFC 9106 for memory-poor machines: 64 MiB, three passes, four lanes."""

NOBODYS: Final = HASHER.hash("a name that nobody has")
"""Checked where there is no such name, so that an answer takes as long as where there is one."""


def hashed(password: str, *, username: str = "") -> str:
    """Give the hash to keep; `RefusedError` for a password that is too easy to guess."""
    if not LENGTH_MIN <= len(password) <= LENGTH_MAX:
        raise RefusedError(f"A password has {LENGTH_MIN} to {LENGTH_MAX} characters. Three random words do well.")
    if len(set(password)) < 5 or (username and username.casefold() in password.casefold()):
        raise RefusedError("This password is too easy to guess. Three random words do well.")
    return HASHER.hash(password)


def is_right(kept: str | None, password: str) -> bool:
    """Tell whether a password is the one whose hash is kept; it takes its time where none is kept, too."""
    try:
        return HASHER.verify(kept or NOBODYS, password[:LENGTH_MAX]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
