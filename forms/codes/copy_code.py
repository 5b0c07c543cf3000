"""The copy code: what a numbered copy bears, a person can read out, and a kiosk takes in place of a name."""

import secrets
from collections.abc import Container

COPY_ALPHABET = "34679CFHJKMPRTWXY"
"""Seventeen characters of which no two look alike in print or in handwriting (so no 0 O D Q, 1 I L, 2 Z, 5 S, 8 B, G,
N, U V), and without A and E, with which they would spell words. Seventeen is a prime, which lets one check character
find every slip named at `copy_check`."""

COPY_LENGTH = 8
"""Seven characters drawn at random (17 to the 7th: 410 million) and one check character."""


def copy_check(first: str) -> str:
    """Give the check character of a copy code's first seven.

    The weighted sum of all eight values (weights 1 to 8) is 0 modulo 17. As 17 is a prime above every weight
    and every difference of weights, any one wrong character and any exchange of two characters is found.
    """
    values = [COPY_ALPHABET.index(character) for character in first]
    total = sum(weight * value for weight, value in enumerate(values, start=1))
    return COPY_ALPHABET[-total * pow(COPY_LENGTH, -1, len(COPY_ALPHABET)) % len(COPY_ALPHABET)]


def is_copy_code(spelling: str) -> bool:
    """Tell whether a spelling (`K7PM 4TXE`) is of the copy code's characters and its check character is right."""
    characters = spelling.replace(" ", "")
    if len(characters) != COPY_LENGTH or set(characters) - set(COPY_ALPHABET):
        return False
    return copy_check(characters[:-1]) == characters[-1]


def spelt(characters: str) -> str:
    """Give a copy code as it is printed: two groups of four."""
    return f"{characters[:4]} {characters[4:]}"


def new_copy_codes(count: int, taken: Container[str] = frozenset()) -> list[str]:
    """Give that many new copy codes as printed, none of them taken.

    They come from the system's source of randomness, so that no code tells anything of another.
    """
    made: dict[str, None] = {}
    while len(made) < count:
        first = "".join(secrets.choice(COPY_ALPHABET) for _ in range(COPY_LENGTH - 1))
        code = spelt(first + copy_check(first))
        if code not in taken:
            made[code] = None
    return list(made)
