"""What a column of the regulator's dataset can hold."""

from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """The kind of thing."""

    NAME = "landlord's name"
    CODE = "landlord's code"
    TYPE = "landlord's type"
    SIZE_BAND = "size band"
    REGION = "region"
    POPULATION = "number of tenants"
    REQUIRED = "required sample"
    ACHIEVED = "answers achieved"
    MARGIN = "margin of error"
    WEIGHTED = "whether answers were weighted"
    SHARE = "percentage"
    POINT = "number who chose a point of the scale"
    SIXTH = "number for whom it is not applicable"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a column holds; of which measure, and which point of the scale, where it has them."""

    what: What
    measure: str = ""
    point: int = 0

    def __str__(self) -> str:
        point = f" {self.point + 1}" if self.what == What.POINT else ""
        return f"{self.measure} {self.what}{point}".strip()
