"""What the pages of households send."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import Field as Limited

from server.households import matching
from server.households.fields import Field
from server.web.inputs import Input

CHOOSE: Final = "Choose one of these."


class Upload(Input):
    """The page where a file is chosen: what it sends is no text, so only its mistakes are shown here."""


class Search(Input):
    """What somebody looks for."""

    words: str = Limited(min_length=1, max_length=200)


class Reminders(Input):
    """The switch of a household's page."""

    wants_none: bool


@dataclass(frozen=True, slots=True)
class Matched:
    """How the columns were matched on the page, and the sentence for each that is wrong, by the name of its field."""

    fields: Mapping[str, Field]
    mistakes: Mapping[str, str]


def matched(headings: Sequence[str], form: Mapping[str, str]) -> Matched:
    """Read which field each column was matched with."""
    fields, unknown = dict[str, Field](), dict[str, str]()
    for place, heading in enumerate(headings):
        try:
            fields[heading] = Field(form.get(name_of(place), ""))
        except ValueError:
            fields[heading] = Field.LEAVE_OUT
            unknown[name_of(place)] = f"{heading}: {CHOOSE}"
    names = {heading: name_of(place) for place, heading in enumerate(headings)}
    wrong = {names.get(heading, ""): words for heading, words in matching.mistakes(fields).items()}
    return Matched(fields, {**wrong, **unknown})


def name_of(place: int) -> str:
    """Give the name of the list to choose from that stands beside a column."""
    return f"column-{place}"
