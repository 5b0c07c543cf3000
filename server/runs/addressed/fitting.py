"""Lines of a name and address → lines and a type size that fit a room on paper, whatever their length."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forms.paper import fonts

LINE_HEIGHT = 1.2
"""The distance of lines as a part of the type's size."""

SPARE = 0.97
"""The part of a room's width that is used: kerning can widen a line by 1 %."""

CUT = "…"


@dataclass(frozen=True, slots=True)
class Room:
    """A place on paper, and the sizes of type that may be tried in it, the largest first."""

    width_mm: float
    height_mm: float
    sizes_pt: tuple[float, ...]

    def lines(self, size_pt: float) -> int:
        """Give how many lines of this type fit beneath each other."""
        return int(self.height_mm / (size_pt * LINE_HEIGHT * fonts.MM_PER_PT))

    def holds(self, words: str, size_pt: float) -> bool:
        """Tell whether words fit on one line."""
        return fonts.width_mm(words, size_pt) <= self.width_mm * SPARE


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines as they are set, none to be broken again, and the size of their type."""

    lines: tuple[str, ...]
    size_pt: float


def fitted(lines: Sequence[str], room: Room) -> Fitted:
    """Give lines in the largest type that holds them, long ones broken between words.

    Where even the smallest does not, lines are joined by commas; what is still too long is cut, and the last line
    (the postcode) stays.
    """
    tidy = [line for line in map(_tidy, lines) if line]
    for size_pt in room.sizes_pt:
        set_lines = [part for line in tidy for part in _broken(line, room, size_pt)]
        if len(set_lines) <= room.lines(size_pt):
            return Fitted(tuple(set_lines), size_pt)
    return _squeezed(tidy, room)


def _squeezed(lines: Sequence[str], room: Room) -> Fitted:
    size_pt = room.sizes_pt[-1]
    last = list(_broken(lines[-1], room, size_pt))[:1]
    joined = list(_broken(", ".join(lines[:-1]), room, size_pt))
    space = room.lines(size_pt) - len(last)
    if len(joined) > space:
        end = joined[space - 1]
        while not room.holds(end + CUT, size_pt):
            end = end[:-1]
        joined = [*joined[: space - 1], end + CUT]
    return Fitted((*joined, *last), size_pt)


def _broken(line: str, room: Room, size_pt: float) -> Iterator[str]:
    """Give a line as one or several that the room holds; a single word that is too long is broken anywhere."""
    current = ""
    for word in line.split():
        longer = f"{current} {word}" if current else word
        if room.holds(longer, size_pt):
            current = longer
            continue
        if current:
            yield current
        current = word
        while not room.holds(current, size_pt):
            end = next(end for end in range(len(current) - 1, 0, -1) if end == 1 or room.holds(current[:end], size_pt))
            yield current[:end]
            current = current[end:]
    if current:
        yield current


def _tidy(line: str) -> str:
    """Give a line without what cannot be seen, and with single spaces."""
    return " ".join("".join(letter for letter in word if letter.isprintable()) for word in line.split()).strip()
