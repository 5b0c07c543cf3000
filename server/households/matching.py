"""Whether columns are matched so that households can be read by them."""

from collections.abc import Mapping
from typing import Final

from server.households.fields import MANY, WORDS, Field

NO_CODE: Final = "Say which column holds the code that tells one household from another."
TWO_AGES: Final = "Another column is the age already. Use either the age band or the date of birth."


def mistakes(matching: Mapping[str, Field]) -> dict[str, str]:
    """Give a sentence for each heading that is matched wrongly; under the empty one, what the whole lacks."""
    found, taken = {}, dict[Field, str]()
    for heading, field in matching.items():
        if field not in MANY and field in taken:
            found[heading] = f"{heading}: {WORDS[field]} is matched with “{taken[field]}” already. Choose another."
        taken.setdefault(field, heading)
    if Field.BIRTH in taken and Field.AGE_BAND in taken:
        found.setdefault(taken[Field.BIRTH], f"{taken[Field.BIRTH]}: {TWO_AGES}")
    if Field.CODE not in taken:
        found[""] = NO_CODE
    return found
