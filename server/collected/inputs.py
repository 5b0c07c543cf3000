"""What the pages of imports of answers send."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict

from server.campaigns.inputs import date_parts, with_dates
from server.collected import matching
from server.collected.values import Direction
from server.figures.directions import Method
from server.results.wording import Worded
from server.web.inputs import Input, sent


class Upload(Input):
    """The page where a file is chosen for a campaign; the file itself is no text."""

    campaign: int


class Reading(Input):
    """How all rows of a table are to be read, where they do not say it themselves."""

    method: Method
    received_on: date
    direction: Direction


@dataclass(frozen=True, slots=True)
class Matched:
    """How the columns were matched on the page, how all rows are read, and all mistakes by their fields' names."""

    columns: Mapping[str, str]
    raw: Mapping[str, object]
    reading: Reading | None
    mistakes: Mapping[str, str]


def matched(headings: Sequence[str], form: MultiDict[str, str], worded: Worded) -> Matched:
    """Read how columns were matched, and the rest of the page."""
    columns = {heading: form.get(name_of(place), "") for place, heading in enumerate(headings)}
    names = {heading: name_of(place) for place, heading in enumerate(headings)}
    wrong = {names.get(heading, ""): words for heading, words in matching.mistakes(columns, worded).items()}
    reading = sent(Reading, with_dates(form, "received_on"))
    return Matched(columns, {**form.to_dict(), **reading.raw}, reading.value, {**wrong, **reading.mistakes})


def first_guess(headings: Sequence[str], worded: Worded, today: date) -> Matched:
    """Give the page as it is first shown."""
    raw = {"method": Method.TELEPHONE, "direction": Direction.WORDS, **date_parts("received_on", today)}
    return Matched(matching.guessed(headings, worded), raw, None, {})


def name_of(place: int) -> str:
    """Give the name of the list to choose from that stands beside a column."""
    return f"column-{place}"
