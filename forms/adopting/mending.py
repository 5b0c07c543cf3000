"""A draft of a form → the same with something put right: what an officer does who looks at it beside the PDF.

Every correction gives a new draft in which each box stands for one answer of one question, or for nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from forms.adopting.binding import Binding, Bound
from forms.adopting.drafting import Draft, Ids, choice_ids_of_yes_no
from forms.adopting.errors import AdoptingError
from forms.layout.model import Box, Kind

TICK_KINDS: Final = ("one_choice", "several_choices", "yes_no", "consent")
WRITTEN_KINDS: Final = ("short_text", "comment", "date", "number")
"""What boxes to tick, and places to write in, can ask for."""

KEPT: Final = ("max_length", "pattern", "maximum")
"""What a question that is written keeps while its kind stays the same."""

LENGTH: Final = 100
DIGITS: Final = 6
"""Of what is written where nothing is known of its length."""

SIDES_MM: Final = (1.5, 500.0)
"""A box can be as small and as large as this."""

Question = dict[str, Any]


def questions_of(draft: Draft) -> list[Question]:
    """Give the questions in their order."""
    return [one for section in draft.definition["sections"] for one in section["questions"]]


def question_of(draft: Draft, question: str) -> Question:
    """Give a question by its id; AdoptingError when there is none."""
    found = next((one for one in questions_of(draft) if one["id"] == question), None)
    if found is None:
        raise AdoptingError("this question is not there any more. Look at the draft as it is now.")
    return found


def boxes_of(draft: Draft, question: str) -> list[int]:
    """Give the numbers, from 0, of the boxes that stand for a question's answers."""
    return [number for number, one in enumerate(draft.binding.fields) if one.question == question]


def words_of(question: Question, bound: Bound) -> str:
    """Give the words of the answer that a box stands for."""
    labels: Mapping[str, str] = question.get("choices") or question.get("labels") or {}
    return str(labels.get(bound.choice, question["ask"] if bound.choice == "given" else bound.part))


def asked_otherwise(draft: Draft, question: str, kind: str, ask: str, words: Mapping[int, str]) -> Draft:
    """Give a draft in which a question has another kind, and other words; `words` of answers by the box's number."""
    old = question_of(draft, question)
    numbers = boxes_of(draft, question)
    said = {number: words.get(number, words_of(old, draft.binding.fields[number])) for number in numbers}
    return _with(draft, old, numbers, kind, ask, said)


def merged(draft: Draft, question: str) -> Draft:
    """Give a draft in which a question and the one after it are one, of the first one's words."""
    every = questions_of(draft)
    first = question_of(draft, question)
    at = every.index(first)
    if at + 1 == len(every):
        raise AdoptingError("there is no question after this one.")
    second = every[at + 1]
    numbers = boxes_of(draft, question) + boxes_of(draft, second["id"])
    fields = draft.binding.fields
    if len({_is_ticked(fields[number]) for number in numbers}) > 1:
        raise AdoptingError("boxes to tick and places to write in cannot be one question.")
    said = {number: words_of(first, fields[number]) for number in boxes_of(draft, question)}
    said |= {number: words_of(second, fields[number]) for number in boxes_of(draft, second["id"])}
    kind = first["kind"]
    if _is_ticked(fields[numbers[0]]):
        kind = "one_choice" if "one_choice" in (first["kind"], second["kind"]) else "several_choices"
    joined = _rebound(draft, {number: replace(fields[number], question=question) for number in numbers})
    return _with(_without(joined, second["id"]), first, numbers, kind, first["ask"], said)


def split(draft: Draft, question: str, box: int) -> Draft:
    """Give a draft in which the boxes of a question from a certain one on are a question of their own."""
    old = question_of(draft, question)
    numbers = boxes_of(draft, question)
    if box not in numbers or box == numbers[0]:
        raise AdoptingError("choose the box that the second question begins with: any but the first.")
    fields = draft.binding.fields
    said = {number: words_of(old, fields[number]) for number in numbers}
    stay, go = numbers[: numbers.index(box)], numbers[numbers.index(box) :]
    ask = said[box] or old["ask"]
    new = {"id": _ids(draft).new(ask), "kind": old["kind"], "ask": ask}
    moved = _rebound(draft, {number: replace(fields[number], question=new["id"]) for number in go})
    with_both = _with(_after(moved, old, new), old, stay, _kind_for(old, stay, fields), old["ask"], said)
    return _with(with_both, new, go, _kind_for(old, go, fields), ask, said)


def without_question(draft: Draft, question: str) -> Draft:
    """Give a draft that does not ask a question, and leaves its boxes unread."""
    question_of(draft, question)
    left = tuple(one for one in draft.binding.fields if one.question != question)
    return _without(replace(draft, binding=replace(draft.binding, fields=left)), question)


def without_box(draft: Draft, box: int) -> Draft:
    """Give a draft in which a box stands for nothing; with its last box a question goes, too."""
    bound = _bound(draft, box)
    old = question_of(draft, bound.question)
    rest = [number for number in boxes_of(draft, bound.question) if number != box]
    if not rest:
        return without_question(draft, bound.question)
    said = [words_of(old, draft.binding.fields[number]) for number in rest]
    left = tuple(one for number, one in enumerate(draft.binding.fields) if number != box)
    fewer = replace(draft, binding=replace(draft.binding, fields=left))
    numbers = boxes_of(fewer, bound.question)
    kind = _kind_for(old, numbers, left)
    return _with(fewer, old, numbers, kind, old["ask"], dict(zip(numbers, said, strict=True)))


def with_box_at(draft: Draft, box: int, place: Box) -> Draft:
    """Give a draft in which a box lies elsewhere on its page."""
    return _rebound(draft, {box: replace(_bound(draft, box), box_mm=_checked(place))})


def with_new_box(draft: Draft, page: int, place: Box, *, is_ticked: bool) -> Draft:
    """Give a draft with a box that was missed, and a question for it at the end of its page."""
    number = len(draft.binding.fields) + 1
    ask = f"Box {number} on page {page}"
    new: Question = {"id": _ids(draft).new(ask), "kind": "consent" if is_ticked else "short_text", "ask": ask}
    kind, choice = (Kind.CHECK, "given") if is_ticked else (Kind.TEXT, "")
    bound = Bound(f"{ask} (added)", page, kind, "On" if is_ticked else "", new["id"], choice, "", _checked(place))
    title = f"Page {page}"
    sections = [dict(one) for one in draft.definition["sections"]]
    here = next((one for one in sections if one["id"] == f"page_{page}"), None)
    if here is None:
        sections.append({"id": f"page_{page}", "title": title, "questions": [new]})
    else:
        here["questions"] = [*here["questions"], new]
    binding = Binding(draft.binding.pdf_sha256, (*draft.binding.fields, bound))
    return Draft(draft.definition | {"sections": sections}, binding)


def titled(draft: Draft, title: str, name: str) -> Draft:
    """Give a draft with another title and another name for machines."""
    return Draft(draft.definition | {"title": title, "form": name}, draft.binding)


def _with(draft: Draft, old: Question, numbers: Sequence[int], kind: str, ask: str, said: Mapping[int, str]) -> Draft:
    """Give a draft in which a question is asked so; its boxes stand for its answers in their order."""
    fields = draft.binding.fields
    is_ticked = _is_ticked(fields[numbers[0]])
    if not is_ticked and kind == old["kind"] and "choices" in old:  # a list: on paper what is picked is written
        return _replaced(draft, old["id"], old | {"ask": ask})
    if kind not in (TICK_KINDS if is_ticked else (*WRITTEN_KINDS, "code")):
        raise AdoptingError("boxes of this kind cannot ask for that.")
    if not is_ticked:
        return _replaced(_parted(draft, numbers, kind), old["id"], _written(old, kind, ask, fields[numbers[0]]))
    question, choices = _ticked(old, kind, ask, [said[number] or ask for number in numbers])
    bound = {number: replace(fields[number], choice=choice) for number, choice in zip(numbers, choices, strict=True)}
    return _replaced(_rebound(draft, bound), old["id"], question)


def _ticked(old: Question, kind: str, ask: str, words: Sequence[str]) -> tuple[Question, list[str]]:
    head = {"id": old["id"], "kind": kind, "ask": ask}
    if kind == "consent":
        if len(words) != 1:
            raise AdoptingError("only a single box can be something to agree to. Split the question first.")
        return head, ["given"]
    if kind == "yes_no":
        ids = choice_ids_of_yes_no(words)
        if ids is None:
            raise AdoptingError("yes or no needs two boxes, or three with don't know; the first of them is yes.")
        more: Question = {"dont_know": True} if "dont_know" in ids else {}
        return head | more | {"labels": dict(zip(ids, words, strict=True))}, ids
    if len(words) < 2:
        raise AdoptingError("a choice needs two boxes at least. Make it something to agree to, or merge it.")
    ids = Ids().several(words)
    return head | {"choices": dict(zip(ids, words, strict=True))}, ids


def _written(old: Question, kind: str, ask: str, first: Bound) -> Question:
    head = {"id": old["id"], "kind": kind, "ask": ask}
    kept = {key: old[key] for key in KEPT if key in old and old["kind"] == kind}
    if kind == "number" and not kept:
        kept = {"maximum": 10 ** min(first.cells or DIGITS, 9) - 1}
    return head | kept


def _parted(draft: Draft, numbers: Sequence[int], kind: str) -> Draft:
    """Give a draft in which places hold parts of an answer only where its kind has such."""
    fields = draft.binding.fields
    if kind == "date" and len(numbers) == 3:
        parts = [fields[number].part for number in numbers]
        names = parts if set(parts) == {"day", "month", "year"} else ["day", "month", "year"]
        return _rebound(draft, {at: replace(fields[at], part=one) for at, one in zip(numbers, names, strict=True)})
    if kind == "code":
        return draft
    return _rebound(draft, {number: replace(fields[number], part="") for number in numbers})


def _kind_for(old: Question, numbers: Sequence[int], fields: Sequence[Bound]) -> str:
    if not _is_ticked(fields[numbers[0]]):
        return "short_text" if old["kind"] == "code" else str(old["kind"])
    if len(numbers) == 1:
        return "consent"
    return "several_choices" if old["kind"] == "consent" else "one_choice" if old["kind"] == "yes_no" else old["kind"]


def _is_ticked(bound: Bound) -> bool:
    return bound.kind in (Kind.CHECK, Kind.RADIO)


def _bound(draft: Draft, box: int) -> Bound:
    if not 0 <= box < len(draft.binding.fields):
        raise AdoptingError("this box is not there any more. Look at the draft as it is now.")
    return draft.binding.fields[box]


def _checked(place: Box) -> Box:
    is_large = all(SIDES_MM[0] <= side <= SIDES_MM[1] for side in (place.w, place.h))
    if not is_large or not all(0 <= side <= SIDES_MM[1] for side in (place.x, place.y)):
        raise AdoptingError(f"a box lies on its page and is at least {SIDES_MM[0]:g} mm wide and high.")
    return place


def _ids(draft: Draft) -> Ids:
    ids = Ids()
    ids.take(one["id"] for one in questions_of(draft))
    return ids


def _rebound(draft: Draft, bound: Mapping[int, Bound]) -> Draft:
    fields = tuple(bound.get(number, one) for number, one in enumerate(draft.binding.fields))
    return replace(draft, binding=replace(draft.binding, fields=fields))


def _replaced(draft: Draft, question: str, new: Question) -> Draft:
    return _each(draft, lambda one: [new] if one["id"] == question else [one])


def _after(draft: Draft, old: Question, new: Question) -> Draft:
    return _each(draft, lambda one: [one, new] if one["id"] == old["id"] else [one])


def _without(draft: Draft, question: str) -> Draft:
    return _each(draft, lambda one: [] if one["id"] == question else [one])


def _each(draft: Draft, change: Any) -> Draft:
    """Give a draft with something in place of each question; a section without any goes."""
    sections = [
        dict(section, questions=[new for one in section["questions"] for new in change(one)])
        for section in draft.definition["sections"]
    ]
    return replace(draft, definition=draft.definition | {"sections": [one for one in sections if one["questions"]]})
