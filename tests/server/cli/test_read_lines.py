"""Lines appear whole or say where they are; nothing but a former output is ever written over."""

import errno
import json
from pathlib import Path

import pytest

from scanning.as_json import refused_json
from server.cli.reading.lines import Lines, OutputError, lines_to

LINE = refused_json("a.jpg", "Damaged.")


def wrote(path: Path) -> None:
    with lines_to(path) as lines:
        lines.write(LINE)


def test_a_file_takes_its_name_when_all_is_done(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with lines_to(out) as lines:
        lines.write(LINE)
        assert not out.exists()
        assert json.loads((tmp_path / "out.jsonl.part").read_text()) == LINE
    assert json.loads(out.read_text()) == LINE
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


@pytest.mark.parametrize("former", ["", json.dumps(LINE) + "\n", '{"copy": null, "pages": []}\n'])
def test_a_former_output_is_replaced(former: str, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text(former)
    wrote(out)
    assert json.loads(out.read_text()) == LINE


@pytest.mark.parametrize("content", [b"Dear Sir", b'{"file": 1}', b"[1]", b"\xff\xfe", b"{" * 10_000])
def test_anything_else_is_left_as_it_is(content: bytes, tmp_path: Path) -> None:
    for name in ("out.jsonl", "out.jsonl.part"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(OutputError, match="holds something else"):
            wrote(tmp_path / "out.jsonl")
        assert (tmp_path / name).read_bytes() == content
        (tmp_path / name).unlink()


def test_a_folder_or_a_place_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="this is a folder"):
        wrote(tmp_path)
    with pytest.raises(OutputError, match="cannot be written"):
        wrote(tmp_path / "nowhere" / "out.jsonl")


def stopped(out: Path, lines_first: int) -> None:
    with lines_to(out) as lines:
        for _ in range(lines_first):
            lines.write(LINE)
        raise KeyboardInterrupt


def test_what_was_read_before_a_stop_is_kept_beside_the_former_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, part = tmp_path / "out.jsonl", tmp_path / "out.jsonl.part"
    out.write_text(json.dumps({"copy": "former", "pages": []}))
    with pytest.raises(KeyboardInterrupt):
        stopped(out, 2)
    assert [json.loads(line) for line in part.read_text().splitlines()] == [LINE, LINE]
    assert "former" in out.read_text()
    assert capsys.readouterr().err == f"sayso: note: what was read so far is in {part}.\n"


def test_a_stop_before_the_first_line_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyboardInterrupt):
        stopped(tmp_path / "out.jsonl", 0)
    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr().err == ""


def test_a_full_disk_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_to_a_full_disk(lines: Lines) -> None:
        def full(_: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(lines.file, "write", full)  # type: ignore[attr-defined]
        lines.write(LINE)

    with pytest.raises(OutputError, match="No space left on device"), lines_to(tmp_path / "out.jsonl") as lines:
        write_to_a_full_disk(lines)


def test_a_dash_prints_lines_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    wrote(Path("-"))
    captured = capsys.readouterr()
    assert json.loads(captured.out) == LINE
    assert captured.err == ""


def test_without_a_place_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with lines_to(None) as lines:
        lines.write(LINE)
    assert list(tmp_path.iterdir()) == []
