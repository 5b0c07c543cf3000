"""Where a sheet of the workbook has its headings, and which column holds what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from server.reports.regulator.dictionary import Entry, field_names
from server.reports.regulator.fields import Field, What
from server.reports.regulator.headings import by_code, by_words, names_measure, plain
from server.reports.regulator.numbers import words_of
from server.reports.regulator.workbook import Sheet

ROWS_TO_LOOK_AT: Final = 60
"""The headings stand beneath the notes, of which there were ten rows in 2025 and three the year before."""

FIELDS_MIN: Final = 7
"""A row is one of headings when it names this many things at the least: a landlord, a percentage, its five counts."""

POINTS: Final = range(5)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table."""

    sheet: Sheet
    first_row: int
    """The place of the first row beneath the headings, from 0."""
    places: Mapping[Field, int]
    notes: tuple[str, ...] = field(default=())
    """What was odd about the headings."""

    def has(self, what: What) -> bool:
        """Tell whether a column holds this."""
        return Field(what) in self.places

    @property
    def measures(self) -> tuple[str, ...]:
        """Give the codes of the measures that have a percentage and all five counts."""
        codes = sorted({one.measure for one in self.places if one.what == What.SHARE})
        return tuple(code for code in codes if all(Field(What.POINT, code, point) in self.places for point in POINTS))


def columns_of(sheet: Sheet, entries: Sequence[Entry]) -> Columns | None:
    """Give the columns of a sheet that holds counts and percentages of measures; None for any other sheet."""
    known = field_names(entries, sheet.name)
    words = [[words_of(cell) for cell in row] for row in sheet.rows[:ROWS_TO_LOOK_AT]]
    return _best(sheet, _single(words), known) or _best(sheet, _double(words), known)


def _best(sheet: Sheet, candidates: Iterator[tuple[int, list[str]]], known: Mapping[str, str]) -> Columns | None:
    """Give the columns by the row of headings that names most; None when none names enough."""
    best: Columns | None = None
    for first_row, headings in candidates:
        found = _read(sheet, first_row, headings, known)
        if len(found.places) >= FIELDS_MIN and (best is None or len(found.places) > len(best.places)):
            best = found
    return best if best is not None and best.measures and best.has(What.NAME) else None


def _single(words: Sequence[list[str]]) -> Iterator[tuple[int, list[str]]]:
    yield from ((number, row) for number, row in enumerate(words, start=1))


def _double(words: Sequence[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Give each row together with the row above it, whose cells may span several columns."""
    for number, (above, row) in enumerate(pairwise(words), start=2):
        filled = list[str]()
        for cell in above:
            filled.append(cell or (filled[-1] if filled else ""))
        yield number, [_joined(*cells) for cells in zip(above, filled, row, strict=True)]


def _joined(own: str, spanning: str, lower: str) -> str:
    """Give a heading of two cells: the lower alone where it says enough, the upper where there is no other."""
    if not lower:
        return own
    return lower if by_code(lower) else f"{spanning} {lower}".strip()


def _read(sheet: Sheet, first_row: int, headings: Sequence[str], known: Mapping[str, str]) -> Columns:
    """Find columns by codes and the data dictionary, and by words those of measures that neither of them knows."""
    places, notes = dict[Field, int](), list[str]()

    def take(found: Field | None, place: int) -> None:
        if found in places:
            first = headings[places[found]]
            notes.append(f"two columns look like the {found}: “{first}” is used, “{headings[place]}” is not")
        elif found is not None:
            places[found] = place

    for place, heading in enumerate(headings):
        take(_field(heading, known) if heading else None, place)
    have = {(field.measure, field.what == What.SHARE) for field in places}
    for place, heading in enumerate(headings):
        found = by_words(heading) if heading and place not in places.values() else None
        if found is not None and (found.measure, found.what == What.SHARE) not in have:
            take(found, place)
    return Columns(sheet, first_row, places, tuple(notes))


def _field(heading: str, known: Mapping[str, str]) -> Field | None:
    """Give what a heading names: by its code, and by the data dictionary where it has none."""
    found = by_code(heading)
    if found is None and not names_measure(heading) and (named := known.get(plain(heading))):
        return by_code(named)
    return found
