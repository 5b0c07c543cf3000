"""`sayso read` as an office uses it: a mixed folder in, tables or lines out, nothing that came in lost (simulated)."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from forms.layout.model import Field
from forms.layout.opening import opened
from forms.layout.reading import read_layout
from forms.paper.printing import Printing
from scanning.readers import Readers
from server.cli import Exit, run
from tests.bench.paper_filled import fill
from tests.forms.paper import Case
from tests.forms.paper import printing as made_once
from tests.paper import files
from tests.paper.hands import Family
from tests.paper.returns import Return, simulated_return
from tests.paper.wear import WEARS

Captured = pytest.CaptureFixture[str]
Line = dict[str, Any]

PERSON = "Mrs Secret, 1 Hidden Row"


@cache
def printing() -> Printing:
    return made_once(Case("event"))


@cache
def returned(seed: int, wear: str) -> Return:
    return simulated_return(printing(), seed, WEARS[wear], Family.JUDGING)


def images(seed: int, wear: str) -> list[np.ndarray[Any, np.dtype[np.uint8]]]:
    return [page.scan.image for page in returned(seed, wear).pages]


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in a folder with a form and without settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAYSO_SETTINGS", raising=False)
    Path("form.pdf").write_bytes(printing().pdf)
    Path("in").mkdir()


def post() -> None:
    """Put what came by post and mail into a folder: one copy as images, one as a TIFF, one typed in, and rubbish."""
    one, other = images(1, "grey-200"), images(2, "bitonal")
    for number, image in enumerate(one[:-1], 1):
        Path(f"in/{PERSON} {number}.jpg").write_bytes(files.jpeg(image))
    Path("in/batch.tif").write_bytes(files.tiff_g4(other))
    Path("in/typed.pdf").write_bytes(fill(printing().pdf, {choice()[0]: choice()[1]}))
    Path("in/letter.txt").write_text("Dear Sir", encoding="utf-8")


def choice() -> tuple[str, str]:
    """Give a radio group of the form and one of its options."""
    field = next(field for field in fields() if field.kind == "radio")
    return field.name, field.options[0]


@cache
def fields() -> tuple[Field, ...]:
    with Path("form.pdf").open("rb") as file, opened(file) as pdf:
        return read_layout(pdf).fields


def lines(words: str) -> list[Line]:
    return [json.loads(line) for line in words.splitlines()]


def test_a_mixed_folder_is_read_whole_and_every_line_has_its_keys(capsys: Captured) -> None:
    post()
    assert run(["read", "form.pdf", "in", "--jsonl", "-", "--jobs", "2"]) == Exit.SET_ASIDE
    told = lines(capsys.readouterr().out)
    pages = [line for line in told if "index" in line]
    copies = [line for line in told if "missing" in line]
    assert len(pages) + len(copies) == len(told)
    assert {Path(line["file"]).name.rpartition(" ")[0] or line["file"] for line in pages} == {
        PERSON, "in/batch.tif", "in/typed.pdf", "in/letter.txt"
    }  # fmt: skip
    [refused] = [line for line in pages if line["file"] == "in/letter.txt"]
    assert (refused["index"], refused["registered"], refused["fields"]) == (None, False, [])
    scanned, batch, typed = returned(1, "grey-200"), returned(2, "bitonal"), None
    by_copy = {line["copy"]: line for line in copies}
    assert set(by_copy) == {scanned.copy, batch.copy, typed}
    assert by_copy[batch.copy]["missing"] == []
    assert by_copy[scanned.copy]["missing"] == [scanned.pages[-1].truth.number]
    assert by_copy[None]["answers"][choice()[0]] == choice()[1]


def test_what_is_read_is_what_was_meant_or_doubted(capsys: Captured) -> None:
    Path("in/batch.tif").write_bytes(files.tiff_g4(images(2, "bitonal")))
    assert run(["read", "form.pdf", "in/batch.tif", "--jsonl", "-", "--jobs", "1"]) == Exit.OK
    told = lines(capsys.readouterr().out)
    answers, doubts = told[-1]["answers"], {doubt["question"] for doubt in told[-1]["doubts"]}
    for question in returned(2, "bitonal").questions:
        meant = list(question.value) if isinstance(question.value, tuple) else question.value
        assert answers[question.question] == (None if question.question in doubts else meant)


def test_boxes_are_told_in_px_of_the_image_as_stored(capsys: Captured) -> None:
    page = returned(2, "bitonal").pages[0]
    Path("in/one.png").write_bytes(files.png(page.scan.image))
    run(["read", "form.pdf", "in/one.png", "--jsonl", "-", "--jobs", "1"])
    told = lines(capsys.readouterr().out)[0]
    found = [field["box_px"] for field in told["fields"] if field["kind"] != "text"]
    wanted = [page.mapping.box(truth.box_mm) for truth in page.truth.boxes]
    assert np.abs(np.array(found) - np.array(wanted)).max() < 3


def test_without_lines_tables_say_what_to_see_to(capsys: Captured) -> None:
    post()
    Path("in/\x1b[31mred.txt").write_text("x", encoding="utf-8")
    assert run(["read", "form.pdf", "in"]) == Exit.SET_ASIDE
    captured = capsys.readouterr()
    assert "pages read, of 3 copies" in captured.out.splitlines()[0]
    assert "2 set aside" in captured.out.splitlines()[0]
    assert "Pages that did not come" in captured.out
    assert "in/letter.txt" in captured.out
    assert "\x1b" not in captured.out
    assert captured.err == ""


def test_lines_go_to_a_file_with_one_line_of_totals(capsys: Captured) -> None:
    Path("in/batch.tif").write_bytes(files.tiff_g4(images(2, "bitonal")))
    assert run(["read", "form.pdf", "in", "--jsonl", "in/out.jsonl", "--jobs", "1"]) == Exit.OK
    said = capsys.readouterr().out
    assert said.startswith("in/out.jsonl: ")
    assert len(said.splitlines()) == 1
    first = Path("in/out.jsonl").read_bytes()
    assert run(["read", "form.pdf", "in", "--jsonl", "in/out.jsonl", "--jobs", "1"]) == Exit.OK
    assert Path("in/out.jsonl").read_bytes() == first


def test_pictures_are_named_without_anybodys_words_and_can_be_opened(capsys: Captured) -> None:
    sheet = images(1, "grey-200")[0].copy()
    page = returned(1, "grey-200").pages[0]
    for truth in page.truth.boxes:
        left, top, width, height = page.mapping.box(truth.box_mm)
        start, end = (round(left), round(top)), (round(left + width), round(top + height))
        cv2.line(sheet, start, end, 0, 4)
    Path(f"in/{PERSON}.jpg").write_bytes(files.jpeg(sheet))
    assert run(["read", "form.pdf", "in", "--crops", "out/crops", "--overlay", "out/seen", "--jobs", "1"]) == Exit.OK
    crops, seen = list(Path("out/crops").iterdir()), list(Path("out/seen").iterdir())
    assert len(seen) == 1
    assert crops
    assert all("Secret" not in path.name and cv2.imread(str(path)) is not None for path in (*crops, *seen))
    said = capsys.readouterr().out
    assert all(path.name in said for path in crops)


def test_a_stop_keeps_what_was_read(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    Path("in/batch.tif").write_bytes(files.tiff_g4(images(2, "bitonal")))
    whole = Readers.read

    def stopped(readers: Readers, given: Any) -> Any:
        yield next(iter(whole(readers, given)))
        raise KeyboardInterrupt

    monkeypatch.setattr(Readers, "read", stopped)
    assert run(["read", "form.pdf", "in", "--jsonl", "out.jsonl", "--jobs", "1"]) == Exit.FAULT
    assert not Path("out.jsonl").exists()
    assert len(Path("out.jsonl.part").read_text(encoding="utf-8").splitlines()) == 1
    said = capsys.readouterr().err
    assert "out.jsonl.part" in said
    assert said.splitlines()[-1] == "sayso: stopped before it was done"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["read"], Exit.USAGE, "There is no form"),
        (["read", "form.pdf"], Exit.USAGE, "There is no scan"),
        (["read", "form.pdf", "in", "--jsonl", "form.pdf"], Exit.BAD_INPUT, "holds something else"),
        (["read", "form.pdf", "in", "--crops", "form.pdf"], Exit.BAD_INPUT, "not a folder"),
    ],
)
def test_what_cannot_be_done_is_one_line(words: list[str], code: Exit, said: str, capsys: Captured) -> None:
    Path("in/a.txt").write_text("x", encoding="utf-8")
    assert run(words) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    [line] = captured.err.splitlines()
    assert said in line


def test_a_limit_from_the_settings_holds(capsys: Captured) -> None:
    Path("sayso.toml").write_text("[reading]\npages = 1\n", encoding="utf-8")
    Path("in/batch.tif").write_bytes(files.tiff_g4(images(2, "bitonal")))
    assert run(["read", "form.pdf", "in"]) == Exit.SET_ASIDE
    assert "more than 1 page" in capsys.readouterr().out
