"""A page that was read → drafts of what is written on it: cells first, then lines of writing and print."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from forms.definition import Form
from forms.kinds.comment import Comment
from forms.layout import Field
from forms.paper.fields import PART
from scanning.foreign.page import tone_on
from scanning.marks import least_ink, noise_of
from scanning.pipeline import Located
from scanning.readings import State
from scanning.template import Grey, PageTemplate, Points
from scanning.writing import cells
from scanning.writing.bending import bent, shift
from scanning.writing.beside import beside
from scanning.writing.cells import Sheet
from scanning.writing.combs import Combs, read_combs
from scanning.writing.decoding import Decoded, Expected
from scanning.writing.drafts import By, Draft
from scanning.writing.engines import Engines
from scanning.writing.expected import Lists, expected_of
from scanning.writing.lined import read_lines
from scanning.writing.wording import Wording, english

ENGLISH: Final = "en"


def drafts(image: Grey, located: Located, lists: Lists, engines: Engines) -> list[Draft]:
    """Give a draft for each question of a page in which something is written, then for those it is written beside."""
    return [*_Writing(image, located, lists, engines).drafts(), *beside(image, located)]


def wording_of(form: Form, field: Field) -> Wording | None:
    """Give the words that a field's writing is likely made of; None for names, addresses and such."""
    is_comment = isinstance(form.question(field.name), Comment)
    return english() if is_comment and ENGLISH in form.languages else None


class _Writing:
    """The places to write in of one page."""

    def __init__(self, image: Grey, located: Located, lists: Lists, engines: Engines) -> None:
        identity = located.identity
        self.page, self.form, self.reading = identity.page, identity.template.form, located.reading
        self.lists, self.engines = lists, engines
        tone = tone_on(image, identity.registration, self.page)
        self.sheet = Sheet(image, identity.registration, tone)
        self.bent = bent(self.page, self.reading, identity.registration)

    def drafts(self) -> Iterator[Draft]:
        states = {one.name: one.state for one in self.reading.writings}
        combs, lines = [], []
        for name, fields in _by_question(self.page).items():
            filled = [field for field in fields if states.get(field.name, State.BLANK) is not State.BLANK]
            question = self.form.question(name.split(PART, maxsplit=1)[0])
            expected = expected_of(question, self.lists) if filled and question is not None else None
            if expected is not None and all(field.comb_cells for field in fields):
                combs.append(self._combs(name, fields, expected))
            else:
                lines += filled
        for one, (found, strip) in zip(combs, read_combs(self.sheet, combs, self.page.reference), strict=True):
            yield _of_cells(one.name, found, strip)
        for field in lines:
            bent_mm = shift(self.bent, _middle(field))[0]
            yield read_lines(self.sheet, field, bent_mm, self.engines, wording_of(self.form, field))

    def _combs(self, name: str, fields: Sequence[Field], expected: Expected) -> Combs:
        shifts = tuple(shift(self.bent, cells.centres_mm(field)) for field in fields)
        return Combs(name, tuple(fields), shifts, expected, self._least(fields))

    def _least(self, fields: Sequence[Field]) -> float:
        """Give how dark ink is at least on this page, by the noise around these fields."""
        places = np.concatenate([cells.centres_mm(field) for field in fields])
        return least_ink(noise_of(cells.cut(self.sheet, places, shift(self.bent, places))))


def _by_question(page: PageTemplate) -> dict[str, list[Field]]:
    """Give the fields that belong together: the parts of a date are one, the parts of an address are not."""
    found: dict[str, list[Field]] = {}
    for field in page.texts:
        name = field.name.split(PART, maxsplit=1)[0] if field.comb_cells else field.name
        found.setdefault(name, []).append(field)
    return found


def _middle(field: Field) -> Points:
    box = field.box_mm
    return np.array([[box.x + box.w / 2, box.y + box.h / 2]])


def _of_cells(name: str, found: Decoded, strip: str) -> Draft:
    readings = tuple(one.spelling for one in found.readings)
    value = found.accepted or (readings[0] if readings else "")
    return Draft(name, By.CELLS, value, found.accepted is not None, found.unsure, readings, (), strip)
