"""`sayso layout`: the list for programs, the table for people, the line for what cannot be read."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from forms.layout import LayoutError
from server.cli.layout import command
from tests.forms.pdfs import COMB, Draft


@pytest.fixture
def form(tmp_path: Path) -> Path:
    draft = Draft(size=(720, 720))
    draft.text("person.code", (72, 612, 216, 648), Ff=COMB, MaxLen=8, TU="Your\x1b[31m code")
    path = tmp_path / "form.pdf"
    path.write_bytes(draft.saved())
    return path


def test_json_is_a_list_of_fields_with_their_boxes_in_mm(form: Path) -> None:
    (field,) = json.loads(CliRunner().invoke(command, [str(form), "--json"]).output)
    assert field == {
        "name": "person.code",
        "kind": "text",
        "page": 1,
        "box_mm": [25.4, 25.4, 50.8, 12.7],
        "options": [],
        "comb_cells": 8,
        "max_length": 8,
        "label": "Your\x1b[31m code",
    }


def test_the_table_names_the_field_and_sends_no_commands_to_the_terminal(form: Path) -> None:
    shown = CliRunner().invoke(command, [str(form)]).output
    assert "person.code" in shown
    assert "text 8 cells" in shown
    assert "boxes: 1, questions: 1, pages: 1" in shown
    assert "\x1b" not in shown


def test_what_cannot_be_read_is_left_to_the_command_above_to_report(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, [str(tmp_path / "none.pdf")])
    assert isinstance(result.exception, LayoutError)
