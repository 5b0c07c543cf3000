"""What comes from the readers is counted, written down and named, whatever it is."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from scanning.readers import FileRefused, PageResult
from scanning.readings import PageReading, Refusal, SetAside
from server.cli.reading.folders import Pictures
from server.cli.reading.gathering import Aside, Gathering
from server.cli.reading.lines import OutputError
from server.cli.reading.summary import totals
from tests.scanning.made import PRINTING, page, printed

ONE = "K7PM 4TXE"


class Kept:
    """Lines kept for a test."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []

    def write(self, content: dict[str, Any]) -> None:
        """Keep one."""
        self.told.append(content)


def result(file: Path, outcome: PageReading | SetAside, index: int = 0, crops: tuple[str, ...] = ()) -> PageResult:
    return PageResult(file, index, None, outcome, dict.fromkeys(crops, b"crop"), b"seen", None)


def gathering(folder: Path | None = None) -> Gathering:
    return Gathering(Kept(), Pictures(folder, folder), {PRINTING: printed()})


def test_a_blank_back_is_told_but_not_set_aside() -> None:
    found = gathering()
    found.add(result(Path("a"), page(1, ONE, {"repair": "yes"})))
    found.add(result(Path("a"), SetAside(Refusal.BLANK_PAGE, "Blank."), 1))
    found.add(result(Path("a"), SetAside(Refusal.NO_CODE, "No code."), 2))
    found.add(FileRefused(Path("b"), "Damaged."))
    assert found.aside == [Aside("a", 2, "No code."), Aside("b", None, "Damaged.")]
    assert totals(found, found.copies()) == "1 page read, of 1 copy; 0 doubts; 1 blank; 2 set aside"
    lines = found.lines
    assert isinstance(lines, Kept)
    assert [line.get("set_aside", {}).get("reason") for line in lines.told] == [
        None, "blank_page", "no_code", "unreadable", None,
    ]  # fmt: skip


def test_pictures_of_slips_on_one_image_do_not_overwrite_each_other(tmp_path: Path) -> None:
    file = tmp_path / "Mrs Secret.jpg"
    file.write_bytes(b"scan")
    out = tmp_path / "out"
    found = gathering(out)
    found.pictures.prepare()
    for copy in (ONE, "3PRC 6W39"):
        found.add(result(file, page(1, copy, {"repair": "yes"}), 7, ("repair", "reach/best_way")))
    name = hashlib.sha256(b"scan").hexdigest()[:16]
    assert sorted(path.name for path in out.iterdir()) == [
        f"{name}-0007-reach.best_way.jpg",
        f"{name}-0007-repair.jpg",
        f"{name}-0007.2-reach.best_way.jpg",
        f"{name}-0007.2-repair.jpg",
        f"{name}-0007.jpg",
    ]


def test_a_scan_that_goes_away_while_it_is_read_is_one_sentence(tmp_path: Path) -> None:
    found = gathering(tmp_path)
    with pytest.raises(OutputError, match="went away"):
        found.add(result(tmp_path / "gone.jpg", page(1, ONE, {"repair": "yes"})))
