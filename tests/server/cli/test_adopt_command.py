"""`sayso adopt`, and `sayso read` of somebody else's PDF, from the command line to the lines of JSON."""

import json
from pathlib import Path

import click
import cv2
import numpy as np
import pytest
from click.testing import CliRunner

from forms.adopting import AdoptingError
from forms.loading import load_form
from scanning.foreign import ForeignPage
from scanning.foreign.templates import drawn
from server.cli import Exit
from server.cli.adopting import WritingError
from server.cli.adopting import command as adopt
from server.cli.reading import command as read
from server.cli.stamping import command as stamp
from tests.scanning.foreign.theirs import library, their_pdf, ticked


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "theirs.pdf").write_bytes(their_pdf())
    page = library(their_pdf()).pages[0].page
    assert isinstance(page, ForeignPage)
    cv2.imwrite(str(tmp_path / "scan.png"), ticked(their_pdf(), page, (1, 3, 8, 14)))
    return tmp_path


def _lines(*arguments: str) -> list[dict[str, object]]:
    result = CliRunner().invoke(read, [*arguments, "--jsonl", "-", "--jobs", "1"], standalone_mode=False)
    assert result.exception is None, result.exception
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_what_is_adopted_is_read_under_its_own_names(folder: Path) -> None:
    result = CliRunner().invoke(adopt, ["theirs.pdf", "-o", "form.yaml"], standalone_mode=False)
    assert result.return_value == Exit.OK
    asked = {one.id for one in load_form(folder / "form.yaml").questions}
    page, copy = _lines("theirs.pdf", "scan.png", "--adopted", "form.yaml")
    assert set(page["answers"]) <= asked  # type: ignore[call-overload]
    assert page["form"] == copy["form"] == "theirs"
    assert page["answers"] == copy["answers"]


def test_without_a_draft_every_field_is_a_question_of_its_own_name(folder: Path) -> None:
    assert folder.exists()
    page, _ = _lines("theirs.pdf", "scan.png", "--page", "1")
    answers = page["answers"]
    assert isinstance(answers, dict)
    assert (answers["colour.1"], answers["extras1.1"], answers["bubbles.1"]) == ("o1", "Yes", None)


@pytest.mark.parametrize("name", ["form.yaml", "form.fields.json", "form.boxes.pdf"])
def test_a_draft_that_was_mended_is_not_written_over(folder: Path, name: str) -> None:
    (folder / name).write_text("mine")
    result = CliRunner().invoke(adopt, ["theirs.pdf", "-o", "form.yaml"], standalone_mode=False)
    assert isinstance(result.exception, WritingError)
    assert name in str(result.exception)
    assert (folder / name).read_text() == "mine"
    assert len(list(folder.glob("form.*"))) == 1


def test_a_picture_without_boxes_cannot_be_adopted(folder: Path) -> None:
    cv2.imwrite(str(folder / "empty.png"), np.full((1400, 1000), 255, np.uint8))
    result = CliRunner().invoke(adopt, ["empty.png", "-o", "form.yaml"], standalone_mode=False)
    assert isinstance(result.exception, AdoptingError)
    assert "empty.png" in str(result.exception)
    assert not (folder / "form.yaml").exists()


def test_a_picture_of_a_blank_form_is_adopted_with_a_copy_to_read_by(folder: Path) -> None:
    cv2.imwrite(str(folder / "blank.png"), drawn(their_pdf(), 200 / 25.4)[0])
    result = CliRunner().invoke(adopt, ["blank.png", "-o", "form.yaml"], standalone_mode=False)
    assert result.return_value == Exit.OK
    page, _ = _lines("form.boxes.pdf", "scan.png", "--adopted", "form.yaml")
    assert page["page"] == 1


def test_a_stamped_copy_is_read_by_its_marks_under_the_adopted_names(folder: Path) -> None:
    CliRunner().invoke(adopt, ["theirs.pdf", "-o", "form.yaml"], standalone_mode=False)
    result = CliRunner().invoke(
        stamp, ["theirs.pdf", "-o", "stamped.pdf", "--adopted", "form.yaml"], standalone_mode=False
    )
    assert result.return_value == Exit.OK
    printed = drawn((folder / "stamped.pdf").read_bytes(), 200 / 25.4)[0]
    cv2.imwrite(str(folder / "back.png"), printed)
    page, _ = _lines("stamped.pdf", "back.png")
    asked = {one.id for one in load_form(folder / "form.yaml").questions}
    assert set(page["answers"]) <= asked  # type: ignore[call-overload]
    assert (page["form"], page["page"]) == ("theirs", 1)
    again = CliRunner().invoke(stamp, ["theirs.pdf", "-o", "stamped.pdf"], standalone_mode=False)
    assert isinstance(again.exception, WritingError)


def test_the_pages_of_a_stamped_copy_are_put_together_by_its_code(folder: Path) -> None:
    (folder / "theirs.pdf").write_bytes(their_pdf(pages=2))
    arguments = ["theirs.pdf", "-o", "run.pdf", "--copies", "2"]
    assert CliRunner().invoke(stamp, arguments, standalone_mode=False).return_value == Exit.OK
    index = (folder / "run-index.csv").read_text().splitlines()
    codes = [line.split(",")[0] for line in index[1:]]
    for number, image in enumerate(drawn((folder / "run.pdf").read_bytes(), 200 / 25.4)):
        cv2.imwrite(str(folder / f"{3 - number}.png"), image)  # the last page comes first
    *pages, one, two = _lines("run.pdf", "0.png", "1.png", "2.png", "3.png")
    assert len(pages) == 4
    assert {one["copy"], two["copy"]} == {*codes}
    assert [one["pages"], one["missing"]] == [[1, 2], []]
    again = CliRunner().invoke(stamp, [*arguments, "--force"], standalone_mode=False)
    assert "never written over" in str(again.exception)


def test_what_was_made_of_one_pdf_is_not_put_on_another(folder: Path) -> None:
    CliRunner().invoke(adopt, ["theirs.pdf", "-o", "form.yaml"], standalone_mode=False)
    (folder / "theirs.pdf").write_bytes(their_pdf(1))
    result = CliRunner().invoke(stamp, ["theirs.pdf", "-o", "out.pdf", "--adopted", "form.yaml"], standalone_mode=False)
    assert isinstance(result.exception, click.UsageError)
    assert not (folder / "out.pdf").exists()
    result = CliRunner().invoke(read, ["theirs.pdf", "scan.png", "--adopted", "form.yaml"], standalone_mode=False)
    assert isinstance(result.exception, click.UsageError)
    assert "not the PDF that form.yaml was made of" in str(result.exception)
