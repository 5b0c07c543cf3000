"""How the choices of a question lie: beneath each other, side by side, in two columns, or as a scale."""

from collections.abc import Sequence
from enum import StrEnum

from forms import routing
from forms.definition import Form
from forms.kinds import Question
from forms.paper.setting import LABEL_GAP_MM, Setting

IN_LINE_MAX = 4
"""Choices that may stand side by side; more are lost track of."""

IN_LINE_APART_MM = 12.0
"""White between one choice's label and the next choice's box."""

TWO_COLUMNS_FROM = 6
"""Choices from which two columns are quicker to read than one."""

COLUMN_PAD_MM = 4.0


class Arrangement(StrEnum):
    """The ways in which choices lie."""

    LIST = "list"
    IN_LINE = "in_line"
    TWO_COLUMNS = "two_columns"
    SCALE = "scale"


def arrangement(setting: Setting, question: Question) -> Arrangement:
    """Give the way in which a question's choices lie: short and unrouted ones side by side."""
    if question.kind == "scale":
        return Arrangement.SCALE if setting.scales_lie else Arrangement.LIST
    labels = [setting.words(choice.label) for choice in setting.form.choices(question)]
    if _is_routed(setting.form, question):
        return Arrangement.LIST
    if len(labels) <= IN_LINE_MAX and _line_mm(setting, labels) <= setting.column_mm:
        return Arrangement.IN_LINE
    if len(labels) >= TWO_COLUMNS_FROM and _fit_columns(setting, labels, 2):
        return Arrangement.TWO_COLUMNS
    return Arrangement.LIST


def _is_routed(form: Form, question: Question) -> bool:
    return any(routing.skip_to(form, question, choice.id) for choice in form.choices(question))


def _line_mm(setting: Setting, labels: list[str]) -> float:
    boxes = len(labels) * (setting.tick_mm + LABEL_GAP_MM) + (len(labels) - 1) * IN_LINE_APART_MM
    return boxes + sum(map(setting.width_mm, labels))


def columns_that_fit(setting: Setting, labels: Sequence[str]) -> int:
    """Give the number of columns, three at most, in which each of some short labels has its line."""
    return next((count for count in (3, 2) if _fit_columns(setting, labels, count)), 1)


def _fit_columns(setting: Setting, labels: Sequence[str], count: int) -> bool:
    room = setting.column_mm / count - setting.tick_mm - LABEL_GAP_MM - COLUMN_PAD_MM
    return all(setting.width_mm(label) <= room for label in labels)
