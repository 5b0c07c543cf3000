"""What an officer sent of a draft → the draft put right."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Final, Literal

from pydantic import Field

from forms.adopting import AdoptingError, Draft
from forms.adopting.mending import (
    asked_otherwise,
    boxes_of,
    merged,
    question_of,
    split,
    titled,
    with_box_at,
    with_new_box,
    without_box,
    without_question,
)
from forms.layout.model import Box
from server.web.inputs import Input

ACT: Final = re.compile(r"(save|merge|drop|title|add)|(split|unbox|place):(\d{1,5})")

WORDS_MAX: Final = 1_000
"""Letters of a question or an answer."""


class Correction(Input):
    """One correction, as sent: of a question, of the whole form, or a box that was missed."""

    act: str
    change: int = Field(ge=0)
    question: str = Field("", max_length=60)
    kind: str = Field("", max_length=20)
    ask: str = Field("", max_length=WORDS_MAX)
    title: str = Field("", max_length=200)
    name: str = Field("", max_length=40)
    ticked: Literal["tick", "write"] = "tick"
    x: Annotated[float, Field(ge=0, le=500)] = 0
    y: Annotated[float, Field(ge=0, le=500)] = 0
    w: Annotated[float, Field(ge=0, le=500)] = 0
    h: Annotated[float, Field(ge=0, le=500)] = 0


BEYOND_MM: Final = 0.5
"""By which a box may lie over its page's edge: a place is typed and dragged in tenths, and a page's size is rounded."""

Sizes = Sequence[tuple[float, float]]
"""How wide and high each page is, in mm."""


def corrected(draft: Draft, sizes: Sizes, page: int, asked: Correction, more: Mapping[str, str]) -> Draft:
    """Give a draft put right; `more` holds the words and places of boxes, by names that end in a box's number.

    Whatever else is asked of a question, the words that were typed for it are kept with it. Raises AdoptingError.
    """
    act = ACT.fullmatch(asked.act)
    if act is None:
        raise AdoptingError("choose what to do with one of the buttons.")
    if act[1] == "title":
        return titled(draft, asked.title or "Form", asked.name or draft.definition["form"])
    if act[1] == "add":
        return with_new_box(draft, page, _on_page(_box(asked), sizes, page), is_ticked=asked.ticked == "tick")
    if act[1] == "drop":
        return without_question(draft, asked.question)
    old = question_of(draft, asked.question)
    said = {n: more[f"words-{n}"][:WORDS_MAX].strip() for n in boxes_of(draft, asked.question) if f"words-{n}" in more}
    kind = old["kind"] if act[1] == "merge" or act[2] in ("split", "unbox") else asked.kind
    told = asked_otherwise(draft, asked.question, kind, asked.ask or old["ask"], said)
    if act[1] == "merge":
        return merged(told, asked.question)
    return told if act[2] is None else _of_box(told, sizes, asked, (act[2], int(act[3])), more)


def _of_box(draft: Draft, sizes: Sizes, asked: Correction, act: tuple[str, int], more: Mapping[str, str]) -> Draft:
    what, box = act
    if what == "place":
        return _placed(draft, sizes, box, more)
    return split(draft, asked.question, box) if what == "split" else without_box(draft, box)


def _placed(draft: Draft, sizes: Sizes, box: int, more: Mapping[str, str]) -> Draft:
    moved = with_box_at(draft, box, _sent_box(more, box))
    bound = moved.binding.fields[box]
    if bound.box_mm is not None:
        _on_page(bound.box_mm, sizes, bound.page)
    return moved


def _on_page(box: Box, sizes: Sizes, page: int) -> Box:
    """Give a box that lies on its page; AdoptingError for any other."""
    wide, high = sizes[page - 1]
    if box.right > wide + BEYOND_MM or box.bottom > high + BEYOND_MM:
        raise AdoptingError(f"a box lies on its page, which is {wide:.0f} mm wide and {high:.0f} mm high.")
    return box


def _sent_box(more: Mapping[str, str], box: int) -> Box:
    try:
        return Box(*(float(more[f"{side}-{box}"].replace(",", ".")) for side in ("x", "y", "w", "h")))
    except (KeyError, ValueError):
        raise AdoptingError("give where the box is and how large, in mm, such as 25.5.") from None


def _box(asked: Correction) -> Box:
    return Box(asked.x, asked.y, asked.w, asked.h)
