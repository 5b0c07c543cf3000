"""One measure: its words and points, part by part, and over the years."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from forms.measures import measure_set
from server.dashboard.asked import Asked
from server.dashboard.lines import Line
from server.dashboard.parts import NOT_RECORDED, Parted, parted, parted_places, place_name
from server.dashboard.year import Year, year_of
from server.errors import NotFoundError
from server.queries.heard import homes_by
from server.queries.measures import OF_HOMES, Split, split_by, split_by_all

PLACES = (Split.AREA, Split.SCHEME)


@dataclass(frozen=True, slots=True)
class OneMeasure:
    """What a measure's page tells."""

    year: Year
    line: Line
    words: str
    points: tuple[tuple[str, int], ...]
    """The scale's five points with how many chose each."""
    split: Split
    parted: Parted


def one_measure(session: Session, asked: Asked, code: str, split: Split, landlord: str) -> OneMeasure:
    """Give it; `NotFoundError` when there is no such measure."""
    year = year_of(session, asked)
    line = next((line for line in year.lines if line.code == code), None)
    if line is None:
        raise NotFoundError(f"There is no measure {code}. Choose one from the list of measures.")
    fixed = measure_set(asked.rules.measures)
    measure = fixed.measures[code]
    return OneMeasure(
        year=year,
        line=line,
        words=measure.words.format(landlord=landlord),
        points=tuple(zip(fixed.scales[measure.scale].values(), line.tally.points, strict=True)),
        split=split,
        parted=_parted(session, asked, code, split),
    )


def _parted(session: Session, asked: Asked, code: str, split: Split) -> Parted:
    scope, rules = asked.scope, asked.rules
    if split in PLACES:
        parts = {(area, scheme): part for (area, scheme), part in split_by_all(session, scope, PLACES, rules).items()}
        by_area = split is Split.AREA
        homes = _homes(session, asked, (split,) if by_area else PLACES)
        return parted_places(parts, code, homes, by_area=by_area, top=rules.top_answers)
    least = rules.method_answers_min if split is Split.CHANNEL else 0
    homes = _homes(session, asked, (split,)) if split in OF_HOMES else {}
    return parted(split_by(session, scope, split, rules), code, homes, top=rules.top_answers, least=least)


def _homes(session: Session, asked: Asked, splits: tuple[Split, ...]) -> Mapping[str, int]:
    found = homes_by(session, asked.scope, splits)
    if len(splits) == 1:
        return {name or NOT_RECORDED: number for (name,), number in found.items()}
    return {place_name(area, scheme): number for (area, scheme), number in found.items()}
