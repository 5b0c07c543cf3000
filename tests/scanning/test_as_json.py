"""The lines that other programs read keep their keys, whatever became of a page."""

import json
from dataclasses import replace

from scanning.as_json import copy_json, page_json, refused_json
from scanning.readings import Refusal, SetAside, State, WritingReading
from scanning.sheets import Received, copies
from tests.scanning.made import PRINTING, page, printed

KEYS = [
    "file", "index", "form", "version", "page", "copy", "rotation_deg", "registered", "residual_mm", "fields",
    "answers", "doubts",
]  # fmt: skip
FIELD_KEYS = ["name", "kind", "state", "value", "ink", "confidence", "box_px"]


def test_a_page_has_just_these_keys_and_a_field_for_each_box() -> None:
    told = page_json("a.jpg", 3, page(1, "K7PM 4TXE", {"repair": "no"}))
    assert list(told) == KEYS
    assert (told["index"], told["page"], told["registered"]) == (3, 1, True)
    assert told["answers"] == {"repair": "no"}
    assert all(list(field) == FIELD_KEYS for field in told["fields"])
    assert [(field["state"], field["value"]) for field in told["fields"]] == [
        ("blank", None), ("marked", "no"), ("blank", None),
    ]  # fmt: skip
    assert told["fields"][0]["box_px"] == [10.0, 20.1, 30.0, 30.0]


def test_a_doubted_answer_is_null_and_among_the_doubts() -> None:
    told = page_json("a.jpg", 0, page(1, None, {"repair": "no"}, faint=True))
    assert told["answers"] == {"repair": None}
    assert told["doubts"] == [{"question": "repair", "reason": "faint", "detail": "Faint."}]
    assert [field["value"] for field in told["fields"]] == [None, None, None]


def test_a_page_set_aside_has_the_same_keys_and_says_why() -> None:
    told = page_json("a.jpg", 0, SetAside(Refusal.NO_CODE, "No code."))
    assert list(told) == [*KEYS, "set_aside"]
    assert told["registered"] is False
    assert (told["fields"], told["answers"], told["doubts"], told["form"]) == ([], {}, [], None)
    assert told["set_aside"] == {"reason": "no_code", "detail": "No code."}


def test_a_file_that_could_not_be_opened_is_there_without_an_index() -> None:
    told = refused_json("a.jpg", "It is damaged.")
    assert list(told) == [*KEYS, "set_aside"]
    assert told["index"] is None
    assert told["set_aside"] == {"reason": "unreadable", "detail": "It is damaged."}


def test_a_place_to_write_has_its_words_only_when_they_were_typed() -> None:
    written = WritingReading("street", State.MARKED, 0.1234, (1, 2, 3, 4))
    typed = WritingReading("why", State.MARKED, 0.0, (1, 2, 3, 4), "Zoë")
    told = page_json("a", 0, replace(page(1, None, {}), writings=(written, typed)))["fields"]
    assert [(field["kind"], field["value"], field["ink"]) for field in told] == [
        ("text", None, 0.123), ("text", "Zoë", 0.0),
    ]  # fmt: skip
    assert all(list(field) == FIELD_KEYS for field in told)


def test_a_copy_is_told_by_its_pages_and_a_doubt_about_pages_has_no_question() -> None:
    twice = [Received(name, 0, page(1, "K7PM 4TXE", {"repair": "yes"})) for name in ("a", "b")]
    [copy] = copies(twice, {PRINTING: printed()})
    told = copy_json(copy)
    assert list(told) == ["copy", "form", "version", "files", "pages", "missing", "answers", "doubts"]
    assert (told["pages"], told["missing"], told["files"]) == ([1], [2], ["a", "b"])
    assert [(doubt["question"], doubt["reason"]) for doubt in told["doubts"]] == [(None, "double_page")]
    assert json.loads(json.dumps(told)) == told
