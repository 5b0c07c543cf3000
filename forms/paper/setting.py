"""Everything that decides how a form is set on paper, and the words it is set with."""

from dataclasses import dataclass
from functools import cached_property

from forms import wording
from forms.definition import Form
from forms.landlord import Landlord
from forms.languages import is_right_to_left
from forms.paper import fonts
from forms.paper.editions import TICK_LINE_PT, Edition, Size, SizeName
from forms.texts import Text

LABEL_GAP_MM = 4.0
"""Between a tick box and its label."""

QUESTION_GAP_MM = 9.0
SLIP_GAP_MM = 5.0

SCALE_COLUMN_PAD_MM = 1.2
"""Kept free on each side of a label in a scale's column."""

PROSE_EM = 32.2
"""The longest line of a paragraph, as a part of its type's size: 60 to 70 letters."""

POINT_LINES_MAX = 3
"""Lines that a label beneath its box may have."""


@dataclass(frozen=True)
class Setting:
    """One form in one edition, language and size, for one landlord."""

    form: Form
    edition: Edition
    size: Size
    language: str
    landlord: Landlord

    def words(self, text: Text) -> str:
        """Give a text's words with the landlord's details; a telephone number is never broken over lines."""
        return text.filled(self.language, self.details)

    @cached_property
    def details(self) -> dict[str, str]:
        """Give the landlord's details as they are printed."""
        details = self.landlord.details()
        return {name: _unbroken(words) if name.endswith("phone") else words for name, words in details.items()}

    @property
    def is_slip(self) -> bool:
        """Tell whether the sheet is small, to be cut from a newsletter: there, white and words are saved."""
        return self.size.name is not SizeName.A4

    @property
    def question_gap_mm(self) -> float:
        """Give the white above a question."""
        return SLIP_GAP_MM if self.is_slip else QUESTION_GAP_MM

    def say(self, key: str, **details: str | int) -> str:
        """Give a sentence of the product's own."""
        return wording.say(key, self.language, **details)

    @cached_property
    def direction(self) -> str:
        """Give `ltr` or `rtl`."""
        return "rtl" if is_right_to_left(self.language) else "ltr"

    @property
    def hang_mm(self) -> float:
        """Give the width of the column in which numbers hang; on a slip just that of two figures."""
        return self.width_mm("00 ") if self.is_slip else self.edition.hang_mm

    @cached_property
    def column_mm(self) -> float:
        """Give the width of the column in which questions stand, right of their numbers."""
        return self.size.text_width_mm - self.hang_mm

    @property
    def prose_mm(self) -> float:
        """Give the width of a paragraph: the eye loses its line where lines are longer."""
        return min(self.size.text_width_mm, PROSE_EM * self.edition.body_pt * fonts.MM_PER_PT)

    def width_mm(self, words: str) -> float:
        """Give the width of words in body type on one line."""
        return fonts.width_mm(words, self.edition.body_pt)

    @cached_property
    def tick_mm(self) -> float:
        """Give the side of a tick box with its line on both sides."""
        return self.edition.box_mm + 2 * TICK_LINE_PT * fonts.MM_PER_PT

    @property
    def point_mm(self) -> float:
        """Give the width for a label beneath its box on a scale."""
        return self.column_mm / 5 - 2 * SCALE_COLUMN_PAD_MM

    @cached_property
    def scales_lie(self) -> bool:
        """Tell whether all scales of the form have their points side by side: if every label fits its column."""
        labels = [self.words(point.label) for scale in self.form.scales.values() for point in scale.points]
        return all(self._fits_point(label) for label in labels)

    def _fits_point(self, label: str) -> bool:
        """Tell whether a label's words fit a scale's column in a few lines; a tower of single words is hard to read."""
        lines = [""]
        for word in label.split():
            longer = f"{lines[-1]} {word}".strip()
            lines = [*lines[:-1], longer] if self.width_mm(longer) <= self.point_mm else [*lines, word]
        return len(list(filter(None, lines))) <= POINT_LINES_MAX and all(
            self.width_mm(one) <= self.point_mm for one in lines
        )


def _unbroken(words: str) -> str:
    return words.replace(" ", "\u00a0")
