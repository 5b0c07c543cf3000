"""WeasyPrint's tags → what each strip of a page says: words with their role, and fields, in reading order.

WeasyPrint 70 tags every box of the layout: the form, the page, each strip of it, wrappers within, and a span for each
line. Beneath the strips only the roles of words, asides and fields are kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Name, Object

from forms.paper.fields import PART

ROLES = ("/P", "/H1", "/H2", "/H3")

ASIDE = "/Sect"
"""What a box beside the questions is tagged as: its heading heads nothing that follows it."""


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of words by their numbers on the page (MCID); loose ones, of a label or a number, have no role."""

    mcids: tuple[int, ...]
    role: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A widget's own tag, and what its field is."""

    tag: Object
    name: str
    is_radio: bool
    is_box: bool

    @property
    def question(self) -> str:
        """Give what the boxes of one question share: a radio group's name, or a name up to its part."""
        return self.name if self.is_radio else self.name.partition(PART)[0]

    @property
    def is_choice(self) -> bool:
        """Tell whether it is one of several boxes; a consent's stands alone."""
        return self.is_radio or (self.is_box and PART in self.name)


@dataclass(frozen=True, slots=True)
class Aside:
    """A box beside the questions."""

    parts: tuple["Words | Field | Aside", ...]


Part = Words | Field | Aside


def strips_of(document: Object) -> Iterator[tuple[Object, list[Part]]]:
    """Give the page and the parts of each strip, from the tag of the whole document."""
    for form in _kids(document):
        for page in _kids(form):
            for strip in _kids(page):
                yield strip.Pg, list(_parts(strip))


def lines_of(part: Part) -> Iterator[int]:
    """Give the numbers of a part's lines in reading order."""
    if isinstance(part, Words):
        yield from part.mcids
    elif isinstance(part, Aside):
        for inner in part.parts:
            yield from lines_of(inner)


def _kids(tag: Object) -> list[Any]:
    """Give what stands in a tag: tags, and lines by their number."""
    kids: Any = tag.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _parts(tag: Object) -> Iterator[Part]:
    for kid in _kids(tag):
        if isinstance(kid, int):
            yield Words((kid,))
            continue
        role = str(kid.S)
        if role in ROLES:
            yield Words(tuple(mcid for part in _parts(kid) for mcid in lines_of(part)), role)
        elif role == ASIDE:
            yield Aside(tuple(_parts(kid)))
        elif role == "/Form":
            yield _field(kid)
        else:
            yield from _parts(kid)


def _field(tag: Object) -> Field:
    widget = tag.K[0].Obj
    is_radio = "/T" not in widget
    field = widget.Parent if is_radio else widget
    return Field(tag, str(field.T), is_radio, Name.Btn == field.FT)
