"""`sayso print`: a file, or a run with its index, or one line that says why not."""

import csv
import io
import os
from pathlib import Path

import pikepdf
import pytest

from forms import copies
from forms.codes import copy_code
from forms.codes.copy_code import is_copy_code
from server.cli import Exit, run
from tests.forms import EVERY_KIND
from tests.forms.paper import Case, printing

Captured = pytest.CaptureFixture[str]

HOUSEHOLDS = """Tenant;Address,Reference
Mrs Zoë Secret,1 Hidden Row,TEN-0001
Mr Al Quiet,2 Hidden Row,TEN-0002

Ms “Ann” Łuk,"3 Hidden Row,
Melton",TEN-0003
"""
PRIVATE = ("Secret", "Quiet", "Łuk", "Hidden", "TEN-", "Reference")


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in a folder without settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAYSO_SETTINGS", raising=False)


def one_line(captured: Captured) -> str:
    """Give what was said on stderr, which must be one line."""
    said = captured.readouterr()
    assert said.out == ""
    (line,) = said.err.splitlines()
    assert line.startswith("sayso: ")
    return line


def index(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8").splitlines()))


def pages(path: Path) -> int:
    with pikepdf.Pdf.open(path) as pdf:
        return len(pdf.pages)


def test_a_form_is_written_and_named(capsys: Captured) -> None:
    assert run(["print", "poll", "-o", "poll.pdf"]) == Exit.OK
    assert capsys.readouterr().out == f"poll.pdf: 2 pages, printing {printing(Case('poll')).name}\n"
    assert Path("poll.pdf").read_bytes() == printing(Case("poll")).pdf
    assert [path.name for path in Path().iterdir()] == ["poll.pdf"]


def test_edition_size_and_language_are_taken_over() -> None:
    words = ["print", "poll", "--edition", "large", "--size", "a5", "--language", "pl", "-o", "one.pdf"]
    assert run(words) == Exit.OK
    with pikepdf.Pdf.open("one.pdf") as pdf:
        assert str(pdf.Root.Lang) == "pl"
        assert [float(side) for side in pdf.pages[0].mediabox[2:]] == pytest.approx([419.5, 595.3], abs=0.2)


def test_a_form_of_ones_own_is_printed_from_its_file() -> None:
    assert run(["print", str(EVERY_KIND), "-o", "own.pdf"]) == Exit.OK
    assert Path("own.pdf").read_bytes() == printing(Case("every-kind")).pdf


def test_the_landlords_details_come_from_the_settings() -> None:
    Path("sayso.toml").write_text('[landlord]\nlandlord = "Our Homes"\n', encoding="utf-8")
    assert run(["print", "poll", "-o", "poll.pdf"]) == Exit.OK
    assert Path("poll.pdf").read_bytes() != printing(Case("poll")).pdf


def test_a_run_has_an_index_of_its_copies(capsys: Captured) -> None:
    assert run(["print", "poll", "--copies", "3", "-o", "run.pdf"]) == Exit.OK
    said = capsys.readouterr()
    name = printing(Case("poll")).name
    assert said.out == f"run.pdf: 3 copies of 2 pages, printing {name}; index in run-index.csv\n"
    assert pages(Path("run.pdf")) == 6
    heading, *rows = index(Path("run-index.csv"))
    assert heading == ["copy_code", "row"]
    assert [row for _, row in rows] == ["1", "2", "3"]
    codes = [code for code, _ in rows]
    assert len(set(codes)) == 3
    assert all(map(is_copy_code, codes))


def test_each_household_gets_a_copy_and_the_paper_bears_nothing_of_it() -> None:
    Path("homes.csv").write_text(HOUSEHOLDS, encoding="utf-8-sig")
    assert run(["print", "poll", "--households", "homes.csv", "-o", "run.pdf"]) == Exit.OK
    assert pages(Path("run.pdf")) == 3 * 2
    assert [row for _, row in index(Path("run-index.csv"))[1:]] == ["1", "2", "4"]
    found = everything_in(Path("run.pdf")) + Path("run-index.csv").read_bytes()
    for word in PRIVATE:
        assert word.encode() not in found
        assert word.encode("utf-16-be") not in found


def everything_in(path: Path) -> bytes:
    """Give all bytes of a PDF, its streams unpacked, and those of the PDFs within it."""
    out = io.BytesIO()
    with pikepdf.Pdf.open(path) as pdf:
        within = b"".join(attached.get_file().read_bytes() for attached in pdf.attachments.values())
        streams = [
            thing.read_bytes() for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and _readable(thing)
        ]
        pdf.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue() + within + b"".join(streams)


def _readable(stream: pikepdf.Stream) -> bool:
    return str(stream.get("/Subtype", "")) != "/Image"


def test_households_are_counted_with_and_without_a_byte_order_mark() -> None:
    for encoding in ("utf-8", "utf-8-sig"):
        Path("homes.csv").write_text("name\nMrs Łuk\n", encoding=encoding)
        assert run(["print", "poll", "--households", "homes.csv", "-o", f"{encoding}.pdf"]) == Exit.OK
        assert len(index(Path(f"{encoding}-index.csv"))) == 2


@pytest.mark.parametrize("content", [b"", b"\r\n\r\n", b"name,address\n", b"\xef\xbb\xbfname\n , \n", b",,\n,,\n"])
def test_a_file_without_households_is_refused(content: bytes, capsys: Captured) -> None:
    Path("homes.csv").write_bytes(content)
    assert run(["print", "poll", "--households", "homes.csv", "-o", "run.pdf"]) == Exit.BAD_INPUT
    assert "homes.csv: there is no household" in one_line(capsys)
    assert not Path("run.pdf").exists()


@pytest.mark.parametrize(
    "content", ["name\nMüller\n".encode("latin-1"), "name\nMüller\n".encode("utf-16"), b"PK\x03\x04\xff\xfe"]
)
def test_a_file_that_is_not_csv_in_utf_8_is_refused(content: bytes, capsys: Captured) -> None:
    Path("homes.csv").write_bytes(content)
    assert run(["print", "poll", "--households", "homes.csv", "-o", "run.pdf"]) == Exit.BAD_INPUT
    assert "CSV UTF-8" in one_line(capsys)


@pytest.mark.parametrize("name", ["nowhere.csv", "."])
def test_a_file_that_cannot_be_read_is_refused(name: str, capsys: Captured) -> None:
    assert run(["print", "poll", "--households", name, "-o", "run.pdf"]) == Exit.BAD_INPUT
    assert "cannot be read" in one_line(capsys)


def test_too_many_households_are_refused(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.cli.printing.COPIES_MAX", 2)
    Path("homes.csv").write_text("name\na\nb\nc\n", encoding="utf-8")
    assert run(["print", "poll", "--households", "homes.csv", "-o", "run.pdf"]) == Exit.BAD_INPUT
    assert "there are 3 rows" in one_line(capsys)


@pytest.mark.parametrize(
    "words",
    [
        ["--copies", "2", "--households", "homes.csv"],
        ["--copies", "0"],
        ["--copies", "many"],
        ["--copies", "100001"],
        ["--edition", "tiny"],
        ["--size", "a3"],
    ],
)
def test_options_that_make_no_sense_are_exit_code_2(words: list[str], capsys: Captured) -> None:
    Path("homes.csv").write_text("name\nMrs Secret\n", encoding="utf-8")
    assert run(["print", "poll", *words, "-o", "run.pdf"]) == Exit.USAGE
    assert "--help" in one_line(capsys)
    assert not Path("run.pdf").exists()


def test_where_to_must_be_said(capsys: Captured) -> None:
    assert run(["print", "poll"]) == Exit.USAGE
    assert "--output" in one_line(capsys)


@pytest.mark.parametrize("more", [[], ["--copies", "2"]])
@pytest.mark.parametrize("output", ["nowhere/poll.pdf", "folder"])
def test_a_place_that_cannot_be_written_is_one_line(more: list[str], output: str, capsys: Captured) -> None:
    Path("folder").mkdir()
    assert run(["print", "poll", *more, "-o", output]) == Exit.BAD_INPUT
    assert "cannot be written" in one_line(capsys)


def test_a_run_that_cannot_be_written_leaves_no_index(capsys: Captured) -> None:
    Path("folder.pdf").mkdir()
    assert run(["print", "poll", "--copies", "2", "-o", "folder.pdf"]) == Exit.BAD_INPUT
    assert "cannot be written" in one_line(capsys)
    assert [path.name for path in Path().iterdir()] == ["folder.pdf"]


@pytest.mark.parametrize("name", ["homes.csv", "homes-index.csv"])
def test_a_run_is_never_written_over_the_households(name: str, capsys: Captured) -> None:
    Path(name).write_text(HOUSEHOLDS, encoding="utf-8")
    output = name if name == "homes.csv" else "homes.pdf"
    assert run(["print", "poll", "--households", name, "-o", output]) == Exit.BAD_INPUT
    assert "would be written over this list" in one_line(capsys)
    assert Path(name).read_text(encoding="utf-8") == HOUSEHOLDS


def test_the_index_of_paper_that_is_out_is_never_written_over(capsys: Captured) -> None:
    assert run(["print", "poll", "--copies", "2", "-o", "run.pdf"]) == Exit.OK
    first = Path("run-index.csv").read_bytes(), Path("run.pdf").read_bytes()
    capsys.readouterr()
    assert run(["print", "poll", "--copies", "2", "-o", "run.pdf"]) == Exit.BAD_INPUT
    assert "index of an earlier run" in one_line(capsys)
    assert (Path("run-index.csv").read_bytes(), Path("run.pdf").read_bytes()) == first


def test_a_household_keeps_its_row_whatever_rows_are_empty() -> None:
    Path("homes.csv").write_text("code,name\nH1,Ann\n,\nH2,Bea\n\nH3,Cy\n", encoding="utf-8")
    assert run(["print", "poll", "--households", "homes.csv", "-o", "run.pdf"]) == Exit.OK
    assert [row for _, row in index(Path("run-index.csv"))[1:]] == ["1", "3", "5"]


def test_no_code_of_an_earlier_run_in_the_folder_is_given_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("old-index.csv").write_text("copy_code,row\n3333 3333,1\n", encoding="utf-8")
    taken: list[frozenset[str]] = []

    def noted(count: int, used: frozenset[str]) -> list[str]:
        taken.append(used)
        return copy_code.new_copy_codes(count, used)

    monkeypatch.setattr("server.cli.runs.new_copy_codes", noted)
    assert run(["print", "poll", "--copies", "2", "-o", "run.pdf"]) == Exit.OK
    assert "3333 3333" in taken[0]


@pytest.mark.parametrize("more", [[], ["--copies", "1"]])
def test_what_is_no_file_is_never_written_over(more: list[str], capsys: Captured) -> None:
    os.mkfifo("pipe.pdf")
    assert run(["print", "poll", *more, "-o", "pipe.pdf"]) == Exit.BAD_INPUT
    assert "something else of this name" in one_line(capsys)
    assert Path("pipe.pdf").is_fifo()
    assert [path.name for path in Path().iterdir()] == ["pipe.pdf"]


def test_nothing_but_a_pdf_is_written_over(capsys: Captured) -> None:
    Path("bins.yaml").write_text("form: bins\n", encoding="utf-8")
    assert run(["print", "poll", "-o", "bins.yaml"]) == Exit.BAD_INPUT
    assert "something else of this name" in one_line(capsys)
    assert Path("bins.yaml").read_text(encoding="utf-8") == "form: bins\n"


def test_a_single_form_is_never_written_over_a_run(capsys: Captured) -> None:
    assert run(["print", "poll", "--copies", "2", "-o", "run.pdf"]) == Exit.OK
    first = Path("run.pdf").read_bytes()
    capsys.readouterr()
    assert run(["print", "poll", "-o", "run.pdf"]) == Exit.BAD_INPUT
    assert "index of an earlier run" in one_line(capsys)
    assert Path("run.pdf").read_bytes() == first


def test_a_quote_that_is_not_closed_never_swallows_a_home(capsys: Captured) -> None:
    Path("homes.csv").write_text('ref,address\n1,"1 High St\n2,B\n3,C\n', encoding="utf-8")
    assert run(["print", "poll", "--households", "homes.csv", "-o", "run.pdf"]) == Exit.BAD_INPUT
    assert "is a quote not closed?" in one_line(capsys)


def test_empty_lines_above_the_headings_are_passed_over() -> None:
    Path("homes.csv").write_text("\n\nref,name\n1,A\n2,B\n", encoding="utf-8")
    assert run(["print", "poll", "--households", "homes.csv", "-o", "run.pdf"]) == Exit.OK
    assert [row for _, row in index(Path("run-index.csv"))[1:]] == ["1", "2"]


def test_a_run_that_is_stopped_leaves_neither_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(copies, "print_run", stop)
    assert run(["print", "poll", "--copies", "2", "-o", "run.pdf"]) == Exit.FAULT
    assert list(Path().iterdir()) == []


def test_a_draft_is_said_to_be_one(capsys: Captured) -> None:
    assert run(["print", "poll", "--language", "pl", "-o", "poll.pdf"]) == Exit.OK
    assert capsys.readouterr().err == "sayso: note: the words in 'pl' are a draft. Have a translator check them.\n"


def test_an_unknown_language_is_named_with_those_there_are(capsys: Captured) -> None:
    assert run(["print", "poll", "--language", "fr", "-o", "poll.pdf"]) in (Exit.BAD_INPUT, Exit.USAGE)
    assert "It is in: en, pl, ar." in one_line(capsys)


def test_a_sheet_too_small_is_one_line(capsys: Captured) -> None:
    assert run(["print", "poll", "--edition", "giant", "--size", "a6", "-o", "poll.pdf"]) == Exit.BAD_INPUT
    assert "larger size" in one_line(capsys)


def test_an_unknown_form_is_exit_code_3(capsys: Captured) -> None:
    assert run(["print", "pol", "-o", "poll.pdf"]) == Exit.BAD_INPUT
    assert "Did you mean 'poll'?" in one_line(capsys)
