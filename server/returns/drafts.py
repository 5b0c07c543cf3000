"""Drafts of writing as the database holds them, and as an officer is offered them. Nobody has checked them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from forms.kinds import Question
from forms.kinds.contact import ContactQuestion
from forms.paper.fields import PART
from scanning.writing.drafts import SENTENCES, Draft, Unsure

UNSURE_BELOW: Final = 0.75
"""From this confidence down a word is named to the officer as one to look at."""

NAMED_MAX: Final = 8
"""More such words than this are not named one by one."""


def kept(drafts: Iterable[Draft]) -> list[dict[str, Any]]:
    """Give drafts as JSON holds them."""
    return [asdict(draft) for draft in drafts]


def offered(question: Question, drafts: Sequence[Mapping[str, Any]]) -> str | dict[str, str] | None:
    """Give what an officer may start from: by part for contact details, a day as 1998-07-13; None for nothing."""
    values = {one["name"]: str(one["value"]) for one in drafts if one["value"]}
    if not values:
        return None
    if isinstance(question, ContactQuestion):
        return {name.split(PART, maxsplit=1)[-1]: value for name, value in values.items()}
    [value, *_] = values.values()
    return _typed(question, value)


def may_say(question: Question, drafts: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Give the likeliest readings of cells that left a doubt, best first, as `offered` gives one."""
    unsure = [one for one in drafts if one["readings"] and not one["is_sure"]]
    return tuple(_typed(question, spelling) for one in unsure for spelling in one["readings"])


def is_beside_boxes(drafts: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether drafts say that somebody wrote beside the boxes."""
    return any(one["unsure"] == Unsure.BESIDE_BOXES for one in drafts)


def _typed(question: Question, spelling: str) -> str:
    is_day = question.kind == "date" and len(spelling) == len("13071998")
    return f"{spelling[4:]}-{spelling[2:4]}-{spelling[:2]}" if is_day else spelling


def told(drafts: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Say what is to be looked at in drafts, a sentence each."""
    for one in drafts:
        if one["unsure"]:
            yield SENTENCES[Unsure(one["unsure"])]
        doubtful = [word["text"] for word in one["words"] if word["confidence"] < UNSURE_BELOW]
        if doubtful:
            named = ", ".join(f"“{word}”" for word in doubtful) if len(doubtful) <= NAMED_MAX else "many words"
            yield f"The machine is not sure of {named}."
