"""A five-point scale, with an optional "not applicable / don't know". Its answer is a point's id (`str`)."""

from typing import ClassVar, Literal

from pydantic import Field

from forms.kinds.base import BaseQuestion, one_of
from forms.kinds.choice import Choice, FivePoints, Identifier
from forms.texts import Model, Text

NOT_APPLICABLE = "not_applicable"
"""The id of the sixth answer; it is never one of the five that a measure divides by."""


class Scale(Model):
    """Five points in their printed order, best first, and the words of the sixth answer."""

    points: FivePoints
    not_applicable: Text | None = None

    def choices(self, *, with_not_applicable: bool) -> tuple[Choice, ...]:
        """Give the five points, and the sixth answer where it is offered."""
        if not with_not_applicable or self.not_applicable is None:
            return self.points
        return (*self.points, Choice(id=NOT_APPLICABLE, label=self.not_applicable))


class ScaleQuestion(BaseQuestion):
    """Asks for a point of one of the form's scales."""

    kind: Literal["scale"]
    scale: Identifier = Field(description="The name of one of the form's scales.")
    not_applicable: bool = Field(False, description="Offer the scale's sixth answer.")
    faces: bool = Field(False, description="Show a face beside the words (never for a measure).")
    measure: str | None = Field(None, pattern=r"^[A-Z]{2}\d{2}$", description="The measure it feeds: TP01 …")

    chooses: ClassVar[bool] = True

    def parse(self, raw: object, choices: tuple[Choice, ...]) -> str | None:
        """Give the id of the chosen point; refuse two, or one that is not offered."""
        return one_of(raw, choices)
