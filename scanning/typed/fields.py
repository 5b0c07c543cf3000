"""What a returned PDF holds: its printing's name, its values, what its boxes show, whether it was drawn on."""

from dataclasses import dataclass

import pikepdf

from forms.layout.model import Kind, Values
from forms.layout.tree import name_of, parents_of, text_of
from forms.layout.values import field_values
from forms.layout.widgets import OFF, kind_of, lines_on
from forms.paper.carried import carried_definition
from scanning.annotations import is_drawn_on


@dataclass(frozen=True, slots=True)
class TypedFields:
    """What somebody typed into a PDF of ours."""

    printing: str
    values: Values
    shown: dict[str, frozenset[str]]
    """Field name → the on-states that its boxes show."""
    drawn_on: bool


def typed_fields(pdf: pikepdf.Pdf) -> TypedFields | None:
    """Give what a PDF of ours holds; None when it is not ours or nothing is filled in.

    Raises `PaperError` when what it says of itself is damaged.
    """
    carried = carried_definition(pdf)
    if carried is None:
        return None
    values, shown = field_values(pdf), _shown(pdf)
    if not any(values.values()) and not any(shown.values()):
        return None
    return TypedFields(carried.printing, values, shown, is_drawn_on(pdf))


def _shown(pdf: pikepdf.Pdf) -> dict[str, frozenset[str]]:
    parents = parents_of(pdf)
    found: dict[str, frozenset[str]] = {}
    for page in pdf.pages:
        for line in lines_on(page.obj, parents):
            if kind_of(line) in (Kind.CHECK, Kind.RADIO):
                state = text_of(line[0].get("/AS"))
                states = {state} - {"", OFF}
                found[name_of(line)] = found.get(name_of(line), frozenset()) | states
    return found
