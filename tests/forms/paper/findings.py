"""What is cut off or overlaps on a page: each function gives its findings in words, none when all is well."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from forms.layout.model import Field
from forms.paper.editions import FOLD_CLEAR_MM, TICK_LINE_PT, EditionName
from tests.forms.paper.area import MM, Area
from tests.forms.paper.seen import Seen, area_of
from tests.forms.paper.words import Word

FOLDS_MM = (99.0, 198.0)
"""Where A4 is folded to DL."""

CODE_MODULES = 21
QUIET_MODULES = 4
"""What the standard of the QR code asks to be left white around it (ISO/IEC 18004)."""

MARK_CELLS = 6
"""A corner mark's cells along a side; one of them is left white around it."""

TOUCHES_MM = 0.05
"""What the edges of letters and boxes may be off by."""

PIECES_MM = 0.3
"""The same of Arabic letters: what is known of them is the rectangle around each, not the ink within it."""

FOOT_CLEAR_MM = 1.0
"""White above the foot."""

LINE_MM = TICK_LINE_PT * MM


def off_the_sheet(page: Seen) -> Iterator[str]:
    """Find what is drawn or written beyond the sheet."""
    for area in (*page.drawn, *(word.area for word in page.words), *map(area_of, page.fields)):
        if not area.lies_in(page.sheet):
            yield f"beyond the sheet: {area}"


def in_a_zone(page: Seen) -> Iterator[str]:
    """Find words, boxes and lines in the white that a corner mark or machine code needs."""
    zones = [code.grown(QUIET_MODULES * code.width / CODE_MODULES) for code in page.codes]
    zones += [mark.grown(mark.width / MARK_CELLS) for mark in page.marks]
    for zone in zones:
        for word in page.words:
            if word.meets(zone):
                yield f"“{word.text}” {word.area} in the white around a code or mark {zone}"
        for area in (*page.lines, *map(outer, page.fields)):
            if area.meets(zone):
                yield f"box or line {area} in the white around a code or mark {zone}"


def outer(field: Field) -> Area:
    """Give a field's box with its line."""
    return area_of(field).grown(LINE_MM)


def words_on_words(page: Seen) -> Iterator[str]:
    """Find words that overlap; letters drawn in pieces may, on one line."""
    for one, other in combinations(page.words, 2):
        slack = PIECES_MM if one.mixes or other.mixes else TOUCHES_MM
        if one.area.meets(other.area, slack) and not _of_one_line(one, other) and _letters_meet(one, other, slack):
            yield f"“{one.text}” {one.area} on “{other.text}” {other.area}"


def _of_one_line(one: Word, other: Word) -> bool:
    near = abs(one.baseline - other.baseline) < 0.5 * one.size_pt * MM
    return near and (one.mixes or other.mixes)


def _letters_meet(one: Word, other: Word, slack: float) -> bool:
    return any(other.meets(letter, slack) for letter in one.letters)


def words_on_boxes(page: Seen) -> Iterator[str]:
    """Find words that stand in a box to fill in, or on its line."""
    for field in page.fields:
        for word in page.words:
            if word.meets(outer(field), TOUCHES_MM):
                yield f"“{word.text}” {word.area} in the box {field.name} {area_of(field)}"


def words_on_lines(page: Seen) -> Iterator[str]:
    """Find words that a rule or the side of a frame goes through."""
    for line in page.lines:
        for word in page.words:
            if word.meets(line):
                yield f"“{word.text}” {word.area} on the line {line}"


def boxes_on_boxes(page: Seen) -> Iterator[str]:
    """Find boxes that overlap with their lines."""
    for one, other in combinations(page.fields, 2):
        if outer(one).meets(outer(other), TOUCHES_MM):
            yield f"the box {one.name} {area_of(one)} on {other.name} {area_of(other)}"


def lines_in_ticks(page: Seen) -> Iterator[str]:
    """Find lines that go through a tick box."""
    for field in page.ticks:
        for line in page.lines:
            if line.meets(area_of(field), 2 * TOUCHES_MM):
                yield f"a line {line} in the tick box {field.name} {area_of(field)}"


def near_a_fold(page: Seen, edition: EditionName) -> Iterator[str]:
    """Find boxes and machine codes that come too near to a fold, which only clear print on A4 has."""
    if edition is not EditionName.CLEAR or round(page.sheet.height) != 297:
        return
    for fold in FOLDS_MM:
        low, high = fold - FOLD_CLEAR_MM + TOUCHES_MM, fold + FOLD_CLEAR_MM - TOUCHES_MM
        for name, area in (
            *((field.name, outer(field)) for field in page.fields),
            *(("code", it) for it in page.codes),
        ):
            if area.top < high and area.bottom > low:
                yield f"{name} {area} within {FOLD_CLEAR_MM} mm of the fold at {fold}"


def out_of_the_margins(page: Seen, text: Area) -> Iterator[str]:
    """Find boxes that stand in a margin."""
    for field in page.fields:
        if not outer(field).lies_in(text, TOUCHES_MM):
            yield f"the box {field.name} {outer(field)} beyond the text's area {text}"


def in_the_foot(page: Seen, foot: Sequence[str]) -> Iterator[str]:
    """Find boxes, lines and foreign words at the height of the foot, and words that the foot lacks.

    `foot` are the words that it must have, first the one that it begins with. Words in Arabic letters are passed over.
    """
    top = foot_top(page, foot[0])
    if top is None:
        yield f"there is no foot that begins with “{foot[0]}”"
        return
    for area in (*map(outer, page.fields), *page.lines):
        if area.bottom > top - FOOT_CLEAR_MM:
            yield f"box or line {area} in the foot, which begins at {top:.2f}"
    rest = list(foot)
    words = [word for word in page.words if word.area.bottom > top - FOOT_CLEAR_MM]
    for word in words:
        text = word.text if word.text in rest else word.text[::-1]  # within Arabic, Latin letters are read backwards
        if text in rest:
            rest.remove(text)
        elif not word.mixes and any(map(str.isalnum, word.text)):
            yield f"“{word.text}” {word.area} in the foot, which begins at {top:.2f}"
    if rest and not any(word.mixes for word in words):
        yield f"not in the foot: {' '.join(rest)}"


def foot_top(page: Seen, first: str) -> float | None:
    """Give where the foot begins: at the last line that its first word stands on."""
    return max((word.area.top for word in page.words if word.text == first), default=None)
