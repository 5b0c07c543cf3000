"""What the pages of the quality check send."""

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import Field

from server.checks.statement import TARGETS, USUAL_TARGET
from server.models.review import LookKind
from server.review.inputs import is_number
from server.web.inputs import Input

COUNT_MAX: Final = 5000
"""Drawn at once: a day's work for ten officers."""


class Draw(Input):
    """How many answers to draw."""

    count: Annotated[int, Field(ge=1, le=COUNT_MAX)]


def target_asked(given: Mapping[str, str]) -> float:
    """Give the target that was chosen, as a part; the usual one where it is none of those offered."""
    return next((one for one in TARGETS if str(one) == given.get("target")), USUAL_TARGET)


def kind_asked(given: Mapping[str, str]) -> LookKind:
    """Give whose readings are drawn: the machine's unless officers' are asked for."""
    return LookKind.DECIDED if given.get("kind") == LookKind.DECIDED else LookKind.ACCEPTED


def batch_asked(given: Mapping[str, str]) -> int | None:
    """Give the batch that was chosen; None for all."""
    raw = given.get("batch", "")
    return int(raw) if is_number(raw) else None
