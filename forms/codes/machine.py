"""What the machine codes on a page say: which printing, which page of it, which copy."""

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from forms.codes.copy_code import COPY_LENGTH, is_copy_code, spelt

PREFIX: Final = "S1"
"""Tells Sayso's codes, in their first version, from others."""

PRINTING_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PRINTING_LENGTH: Final = 8
"""Forty bits: among 10,000 printings two share a name with a chance of 1 in 22,000."""

PAGES_MAX: Final = 99

PATTERN: Final = re.compile(
    rf"{PREFIX}([{PRINTING_ALPHABET}]{{{PRINTING_LENGTH}}})([0-9][0-9])([A-Z0-9]{{{COPY_LENGTH}}})?"
)


@dataclass(frozen=True, slots=True)
class MachineCode:
    """The identity of one page: its printing, its number from 1, its copy code as printed, if it bears one."""

    printing: str
    page: int
    copy: str | None = None

    def words(self) -> str:
        """Give what the code says: 12 characters, or 20 with a copy, all of QR's alphanumeric set."""
        return f"{PREFIX}{self.printing}{self.page:02d}{(self.copy or '').replace(' ', '')}"


def parse(words: str) -> MachineCode | None:
    """Give what a code says, None when it is not one of Sayso's or its copy code cannot be right."""
    match = PATTERN.fullmatch(words)
    if match is None or match[2] == "00":
        return None
    copy = spelt(match[3]) if match[3] else None
    if copy is not None and not is_copy_code(copy):
        return None
    return MachineCode(match[1], int(match[2]), copy)


def printing_name(content: bytes) -> str:
    """Give the name of a printing from all that decides its geometry and meaning (SHA-256, its first 40 bits)."""
    number = int.from_bytes(hashlib.sha256(content).digest()[:5], "big")
    return "".join(PRINTING_ALPHABET[number >> 5 * place & 31] for place in reversed(range(PRINTING_LENGTH)))
