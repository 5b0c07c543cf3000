"""Passwords: argon2id, and what a new one must be."""

from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from server.accounts.errors import FieldRefusedError
from server.accounts.guessing import is_easy

LENGTH_MIN: Final = 12
"""The least that the National Cyber Security Centre's three random words come to."""

LENGTH_MAX: Final = 200

HASHER: Final = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
"""Argon2id as RFC 9106 has it for machines with little memory: 64 MiB, three passes, four lanes."""

NOBODYS: Final = "$argon2id$v=19$m=65536,t=3,p=4$IXBBkBkMh6RFCzLn29EwlA$KLT1i3BKvFnSltlGpuOoz0+2luyCRU4DPoE1XFeQAq4"
"""Checked where there is no such name, so that an answer takes as long as where there is one: the hash, made with the
same parameters, of random bytes that nobody kept. It stands here because to make one takes a third of a second."""

TURNS: Final = BoundedSemaphore(2)
"""Hashes made at once: each takes 64 MiB, and whoever guesses must not be able to use up the machine."""

FIELD: Final = "password"
"""The field that a new password is given in."""


def hashed(password: str, *, username: str) -> str:
    """Give the hash to keep; `FieldRefusedError` for a password that is too easy to guess."""
    if not LENGTH_MIN <= len(password) <= LENGTH_MAX:
        words = f"A password has {LENGTH_MIN} to {LENGTH_MAX} characters. Three random words do well."
        raise FieldRefusedError(FIELD, words)
    if is_easy(password, username):
        raise FieldRefusedError(FIELD, "This password is too easy to guess. Three random words do well.")
    with TURNS:
        return HASHER.hash(password)


def is_right(kept: str | None, password: str) -> bool:
    """Tell whether a password is the one whose hash is kept; it takes its time where none is kept, too."""
    try:
        with TURNS:
            return HASHER.verify(kept or NOBODYS, password[:LENGTH_MAX]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
