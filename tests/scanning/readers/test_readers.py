"""Children that read, crash, hang and lie: what comes out, and that nothing else is lost by it."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from forms.sandbox import Limits, view
from scanning.errors import ScanningError
from scanning.hints import Hint
from scanning.pages import PageLimits
from scanning.readers import PageResult, Portion, Readers, Wanted
from tests.scanning.readers.played import Folder, counted_starts, read, readers, said
from tests.scanning.readers.playing import PIXELS


def test_results_come_in_the_order_of_files_and_pages_whoever_reads_them(folder: Folder) -> None:
    files = [
        folder.file("slow", *(f"page {number}" for number in range(20))),
        folder.file("single"),
        folder.file("typed 0", "typed 1", opening="typed"),
        folder.file("one and two"),
    ]
    assert read(*files, jobs=2) == [
        "001.0 slow",
        *(f"001.{number + 1} page {number}" for number in range(20)),
        "002.0 single",
        "003.0 typed 0",
        "003.1 typed 1",
        "004.0 one",
        "004.0 two",
    ]


def test_a_file_is_read_from_a_page_on_whatever_is_before_it(folder: Folder) -> None:
    long = folder.file("crash", *(f"page {number}" for number in range(1, 20)))
    assert read(Portion(long, 3), jobs=2) == [f"001.{number} page {number}" for number in range(3, 20)]
    assert read(Portion(long, 19), Portion(long, 1, 2)) == ["001.19 page 19", "001.1 page 1", "001.2 page 2"]
    assert read(Portion(long, 9, 10), jobs=2) == [f"001.{number} page {number}" for number in range(9, 19)]


def test_of_a_file_that_was_read_to_its_end_nothing_comes(folder: Folder) -> None:
    typed = folder.file("typed 0", "typed 1", opening="typed")
    assert read(
        Portion(folder.file("one"), 1), Portion(folder.file("one"), 5), folder.file("next"), Portion(typed, 1)
    ) == [
        "004.0 next",
        "001.1 typed 1",
    ]


def test_pictures_come_with_the_page_that_they_are_of(folder: Folder) -> None:
    with readers(wanted=Wanted(crops=True, overlay=True, preview=True)) as these:
        one, two = these.read([folder.file("one and two")])
    assert isinstance(one, PageResult)
    assert isinstance(two, PageResult)
    assert (one.crops, two.crops) == ({"q0": b"crop of one"}, {"q1": b"crop of two"})
    assert (one.overlay, one.preview, one.stored_px) == (b"overlay", b"preview", PIXELS)


CRASHED = "could not be read: it crashed the reader"


@pytest.mark.parametrize("isolated", [True, False])
def test_a_page_that_kills_its_child_is_named_and_its_neighbours_are_read(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, *, isolated: bool
) -> None:
    if not isolated:
        monkeypatch.setattr(view, "bubblewrap", lambda _: ())
    before, bad, after = read(folder.file("before", "crash", "after"))
    assert (before, after) == ("001.0 before", "001.2 after")
    assert bad.startswith(f"001.1 The page {CRASHED}")


def test_a_page_that_hangs_is_named_with_the_time_and_its_neighbours_are_read(folder: Folder) -> None:
    assert read(folder.file("before", "hang", "after"), folder.file("next")) == [
        "001.0 before",
        "001.1 The page could not be read: it took longer than 1.5 s; scan it again.",
        "001.2 after",
        "002.0 next",
    ]


def test_a_page_that_fails_is_named_with_what_it_did(folder: Folder) -> None:
    assert read(folder.file("devour", "raise", "after")) == [
        "001.0 The page could not be read: it needs more than 1,500 MB of memory; scan it again.",
        f"001.1 The page {CRASHED} (KeyError); scan it again.",
        "001.2 after",
    ]


def test_a_page_gets_a_second_chance_when_its_child_may_have_been_worn_out(folder: Folder) -> None:
    assert read(folder.file("before", "crash unless fresh", "after")) == [
        "001.0 before",
        "001.1 crash unless fresh",
        "001.2 after",
    ]


def test_a_page_that_takes_too_much_of_the_cpu_is_not_tried_twice(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = counted_starts(monkeypatch)
    with Readers([b"form"], limits=PageLimits(), bounds=Limits(memory_mb=1500, cpu_s=1, wall_s=60)) as these:
        results = [said(result) for result in these.read([folder.file("before", "spin", "after")])]
    assert results == [
        "001.0 before",
        "001.1 The page could not be read: it took longer than 1 s; scan it again.",
        "001.2 after",
    ]
    assert len(started) == 2


OPENINGS = {
    "crash": CRASHED,
    "hang": "took longer than 1.5 s",
    "raise": "(KeyError)",
    "refuse": "The picture is too large; scan it at 300 dpi.",
    "rubbish": CRASHED,
}


def test_a_file_that_cannot_be_opened_is_refused_and_the_next_is_read(folder: Folder) -> None:
    *refused, last = read(*(folder.file("page", opening=opening) for opening in OPENINGS), folder.file("last"))
    assert last == "006.0 last"
    for number, (one, why) in enumerate(zip(refused, OPENINGS.values(), strict=True), 1):
        assert one.startswith(f"00{number}: ")
        assert why in one


ASIDE = '{"kind":"aside","outcome":{"refusal":"no_code","detail":"forged"}}'
LIES = {
    "a page out of turn": f'{{"kind":"page","index":7,"stored_px":null,"crops":[[]],"outcomes":[{ASIDE}]}}',
    "a second opening": f'{{"kind":"typed","outcomes":[{ASIDE}]}}',
    "a kind of its own": '{"kind":"run","command":"true"}',
    "a number that is none": '{"kind":"opened","pages":NaN}',
    "not JSON": "}{",
    "lists without end": '{"kind":"typed","outcomes":[{"kind":"aside","outcome":{"x":' + "[" * 100_000,
    "a second start": '{"kind":"ready"}',
}


def test_a_child_that_lies_is_ended_and_costs_one_page(folder: Folder) -> None:
    *bad, after = read(folder.file(*(f"say {lie}" for lie in LIES.values()), "after"))
    assert after == f"001.{len(LIES)} after"
    for index, one in enumerate(bad):
        assert one.startswith(f"001.{index} The page {CRASHED}")


def test_pages_that_a_file_promised_and_does_not_hold_are_set_aside(folder: Folder) -> None:
    there, *missing = read(folder.file("there", "lost", "lost"))
    assert there == "001.0 there"
    assert len(missing) == 2
    assert all("not in the file" in one for one in missing)


def test_what_is_no_file_is_refused_without_a_child_looking_at_it(folder: Folder) -> None:
    pipe = folder.path / "pipe"
    os.mkfifo(pipe)
    assert [one.partition(": ")[2] for one in read(folder.path, pipe, folder.path / "none")] == [
        "This is not a file; give a file, or a folder of files.",
        "This is not a file; give a file, or a folder of files.",
        "The file cannot be opened (No such file or directory); check that it is there.",
    ]


def test_a_file_that_changes_between_its_pages_is_not_mixed_up_with_the_new_one(folder: Folder) -> None:
    path = folder.file(*(f"old {number}" for number in range(40)))
    with readers() as these:
        results = these.read([path])
        found = [said(next(results))]
        path.write_text("\n".join(("sound", *(f"new {number}" for number in range(40)))))
        found += map(said, results)
    assert len(found) == 40
    assert not any("new" in one for one in found)
    assert "changed while it was being read" in found[-1]


def test_files_are_taken_only_as_they_are_needed(folder: Folder) -> None:
    taken = 0

    def files() -> Iterator[Path]:
        nonlocal taken
        for _ in range(500):
            taken += 1
            yield folder.file("page")

    with readers() as these:
        results = these.read(files())
        for _ in range(3):
            next(results)
            time.sleep(0.2)
        assert taken < 50


def test_time_in_which_nobody_listens_does_not_count(folder: Folder) -> None:
    with readers() as these:
        results = these.read([folder.file(*["slow"] * 4)])
        found = [said(next(results))]
        time.sleep(2)
        found += map(said, results)
    assert found == [f"001.{index} slow" for index in range(4)]


def test_a_file_given_as_a_form_that_is_none_of_ours_is_named(folder: Folder) -> None:
    stranger = folder.path / "menu.pdf"
    stranger.write_bytes(b"soup")
    with (
        Readers([b"form", stranger], limits=PageLimits()) as these,
        pytest.raises(ScanningError, match=r"menu\.pdf is not a form that Sayso printed"),
    ):
        list(these.read([folder.file("page")]))


def test_a_page_is_read_by_what_a_person_said_of_it(folder: Folder) -> None:
    hint = Hint("0123ABCD", 3, corners=((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9)))
    one = Portion(folder.file("first", "second"), 1, 1, hint=hint)
    assert read(one, folder.file("other")) == ["001.1 second as page 3", "002.0 other"]
