"""Readings as JSON objects: one for a page, one for a copy. The keys are a promise to other programs."""

from collections.abc import Iterable, Sequence
from typing import Any

from scanning.readings import Doubt, MarkReading, PageReading, Refusal, SetAside, State, WritingReading
from scanning.sheets import CopyReading
from scanning.writing.drafts import Draft


def page_json(
    file: str, index: int, outcome: PageReading | SetAside, drafts: Sequence[Draft] | None = None
) -> dict[str, Any]:
    """Give a page: `index` is its number in the file from 0, `page` its number in the form from 1.

    With drafts, where these were wanted, it says what may be written on it.
    """
    if isinstance(outcome, SetAside):
        return _set_aside(file, index, outcome.refusal, outcome.detail)
    return {
        "file": file,
        "index": index,
        "form": outcome.form,
        "version": outcome.version,
        "page": outcome.page,
        "copy": outcome.copy,
        "rotation_deg": round(outcome.rotation_deg, 2),
        "registered": True,
        "residual_mm": round(outcome.residual_mm, 3),
        "fields": [*map(_mark, outcome.marks), *map(_writing, outcome.writings)],
        "answers": dict(outcome.answers),
        "doubts": _doubts(outcome.doubts),
        **({} if drafts is None else {"drafts": [draft_json(draft) for draft in drafts]}),
    }


def draft_json(draft: Draft) -> dict[str, Any]:
    """Give what may be written in one place: nobody has checked it."""
    return {
        "name": draft.name,
        "by": str(draft.by),
        "value": draft.value,
        "sure": draft.is_sure,
        "unsure": str(draft.unsure) if draft.unsure else None,
        "readings": list(draft.readings),
        "words": [{"text": word.text, "confidence": round(word.confidence, 3)} for word in draft.words],
    }


def refused_json(file: str, detail: str) -> dict[str, Any]:
    """Give a file that could not be opened, with the same keys, so that nothing that came is lost."""
    return _set_aside(file, None, Refusal.UNREADABLE, detail)


def copy_json(copy: CopyReading) -> dict[str, Any]:
    """Give a copy: its pages by their numbers from 1, and what its pages say together."""
    return {
        "copy": copy.copy,
        "form": copy.form,
        "version": copy.version,
        "files": list(copy.files),
        "pages": list(copy.pages),
        "missing": list(copy.missing),
        "answers": dict(copy.answers),
        "doubts": _doubts(copy.doubts),
    }


def _set_aside(file: str, index: int | None, reason: str, detail: str) -> dict[str, Any]:
    unknown = dict.fromkeys(("form", "version", "page", "copy", "rotation_deg"))
    return {
        "file": file,
        "index": index,
        **unknown,
        "registered": False,
        "residual_mm": None,
        "fields": [],
        "answers": {},
        "doubts": [],
        "set_aside": {"reason": str(reason), "detail": detail},
    }


def _mark(mark: MarkReading) -> dict[str, Any]:
    return {
        "name": mark.name,
        "kind": str(mark.kind),
        "state": str(mark.state),
        "value": mark.option if mark.state is State.MARKED else None,
        "ink": round(mark.features.ink, 3),
        "confidence": round(mark.confidence, 3),
        "box_px": _box(mark.box_px),
    }


def _writing(writing: WritingReading) -> dict[str, Any]:
    """Give a place to write; its one measure is whether there is ink, which is sure unless it is doubtful."""
    return {
        "name": writing.name,
        "kind": "text",
        "state": str(writing.state),
        "value": writing.value,
        "ink": round(writing.ink, 3),
        "confidence": 0.5 if writing.state is State.DOUBTFUL else 1.0,
        "box_px": _box(writing.box_px),
    }


def _box(box_px: tuple[float, float, float, float]) -> list[float]:
    return [round(value, 1) for value in box_px]


def _doubts(doubts: Iterable[Doubt]) -> list[dict[str, str | None]]:
    """Give doubts; one about a whole page has no question."""
    return [
        {"question": doubt.question or None, "reason": str(doubt.reason), "detail": doubt.detail} for doubt in doubts
    ]
