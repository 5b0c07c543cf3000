"""What is named on the command line is sorted into forms and scans by what it is, in an order that people expect."""

import os
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.cli.reading.arguments import EMPTY_FORM, NOT_A_FILE, _natural, sorted_out
from tests.bench.paper_filled import fill
from tests.forms.paper import Case, printing

POLL = Case("poll")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run in a folder with a form."""
    monkeypatch.chdir(tmp_path)
    Path("form.pdf").write_bytes(printing(POLL).pdf)
    return tmp_path


def write(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(b"scan")


def scans(*paths: str, outputs: tuple[str, ...] = ()) -> list[str]:
    given = sorted_out([Path(path) for path in paths], 2, [Path(path) for path in outputs])
    return [str(path) for path in given.scans]


def test_forms_are_told_from_scans_wherever_they_stand() -> None:
    write("a.jpg", "b.pdf")
    given = sorted_out([Path("a.jpg"), Path("form.pdf"), Path("b.pdf")], 2, [])
    assert given.forms == (Path("form.pdf"),)
    assert list(given.printings) == [printing(POLL).name]
    assert given.scans == (Path("a.jpg"), Path("b.pdf"))


def test_folders_are_walked_in_natural_order_without_hidden_files() -> None:
    write("in/scan10.jpg", "in/scan2.jpg", "in/Scan1.jpg", "in/deep/a.tif", "in/.hidden.jpg", "in/.trash/a.jpg")
    write("in/Thumbs.db")
    assert scans("form.pdf", "in") == ["in/deep/a.tif", "in/Scan1.jpg", "in/scan2.jpg", "in/scan10.jpg"]


@given(st.lists(st.text(st.sampled_from("ab01²"), min_size=1, max_size=6)))
def test_any_names_have_an_order(names: list[str]) -> None:
    assert sorted(sorted(names), key=lambda name: _natural(Path(name))) == sorted(
        sorted(names, reverse=True), key=lambda name: (_natural(Path(name)), name)
    )


def test_a_file_that_is_named_twice_is_read_once() -> None:
    write("in/a.jpg", "in/b.jpg")
    assert scans("in/b.jpg", "form.pdf", "in", "in/../in/a.jpg") == ["in/b.jpg", "in/a.jpg"]


def test_what_this_command_writes_is_never_read() -> None:
    write("in/a.jpg", "in/out.jsonl", "in/out.jsonl.part", "in/crops/x.jpg")
    assert scans("form.pdf", "in", outputs=("in/out.jsonl", "in/crops")) == ["in/a.jpg"]


def test_a_typed_in_form_is_a_scan_and_an_empty_one_in_a_folder_is_neither() -> None:
    Path("in").mkdir()
    Path("in/typed.pdf").write_bytes(fill(printing(POLL).pdf, {"best_way_for_news": "letter"}))
    Path("in/empty.pdf").write_bytes(printing(POLL).pdf)
    given = sorted_out([Path("form.pdf"), Path("in")], 2, [])
    assert given.scans == (Path("in/typed.pdf"),)
    assert given.refused == ((Path("in/empty.pdf"), EMPTY_FORM),)


def test_the_form_itself_in_the_folder_is_not_a_scan() -> None:
    write("a.jpg")
    given = sorted_out([Path("form.pdf"), Path()], 2, [])
    assert (given.scans, given.refused) == ((Path("a.jpg"),), ())


def test_links_that_lead_in_a_circle_are_named_and_the_rest_is_read() -> None:
    write("in/a.jpg")
    Path("in/itself").symlink_to("itself")
    Path("in/folder").symlink_to(".")
    given = sorted_out([Path("form.pdf"), Path("in")], 1, [])
    assert given.scans == (Path("in/a.jpg"),)
    assert given.refused == ((Path("in/itself"), NOT_A_FILE),)


def test_what_is_no_file_is_refused_without_being_opened() -> None:
    os.mkfifo("pipe")
    given = sorted_out([Path("form.pdf"), Path("pipe")], 2, [])
    assert given.refused == ((Path("pipe"), NOT_A_FILE),)


@pytest.mark.parametrize(
    ("paths", "words"),
    [
        ([], "There is no form"),
        (["a.jpg"], "There is no form"),
        (["form.pdf"], "There is no scan"),
        (["form.pdf", "empty"], "There is no scan"),
        (["form.pdf", "nowhere"], "nowhere: there is no such file or folder"),
        (["typed.pdf"], "typed.pdf: it is filled in"),
        (["other.pdf", "a.jpg"], "other.pdf: it carries no definition of a form"),
    ],
)
def test_what_lacks_is_said(paths: list[str], words: str) -> None:
    write("a.jpg")
    Path("other.pdf").write_bytes(b"%PDF-1.7")
    Path("typed.pdf").write_bytes(fill(printing(POLL).pdf, {"best_way_for_news": "letter"}))
    Path("empty").mkdir()
    with pytest.raises(click.UsageError) as caught:
        scans(*paths)
    assert words in caught.value.format_message()
