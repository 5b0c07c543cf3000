"""The measurements that `make bench` prints are themselves run, a little of each, and can fail."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest

from forms import library
from forms.paper.editions import EditionName
from scanning.pipeline import Located, read_image
from scanning.readings import Answer, Doubt, PageReading, SetAside
from scanning.settling import settled
from tests.bench import __main__ as bench
from tests.bench import forms, households, paper, reading, reading_speed, real_crops, real_marks, real_sheets, scoring
from tests.bench.tally import Tally, added
from tests.paper.hands import Family, writer
from tests.paper.pens import PenKind
from tests.paper.real_marks import RealMark
from tests.paper.real_marks import real_marks as copied_marks

SETTLED = settled


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    yield
    cv2.setNumThreads(before)


def test_broken_forms_of_the_library_are_named() -> None:
    _, all_named = forms.broken_forms(quick=True)
    assert all_named


def test_a_broken_form_that_is_not_named_would_be_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "parse_form", lambda *_: library.find("poll"))
    _, all_named = forms.broken_forms(quick=True)
    assert not all_named


def test_the_library_is_as_easy_to_read_as_is_wanted() -> None:
    _, easy = forms.reading_ages()
    assert easy


# Reading simulated returns.


def one_return() -> Tally:
    return reading.done(reading.Task("event", EditionName.CLEAR, 7, "grey", Family.JUDGING, again=False))[1]


def answering_otherwise(form: object, readings: Sequence[PageReading]) -> tuple[dict[str, Answer], tuple[Doubt, ...]]:
    """Read as the reader does, but never as what was marked."""
    answers, doubts = SETTLED(form, readings)  # type: ignore[arg-type]
    return dict.fromkeys(answers, "something else"), doubts


def test_a_return_that_is_read_right_counts_no_wrong_answer() -> None:
    tally = one_return()
    assert tally["questions"] >= 3
    assert tally["boxes"] >= 10
    assert reading.reached({"grey": tally})


def test_a_reader_that_answers_otherwise_is_counted_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "settled", answering_otherwise)
    tally = one_return()
    assert tally["wrong"] > 0
    assert not reading.reached({"grey": tally})


def test_a_reader_that_takes_a_page_for_another_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def mistaken(*given: object) -> list[Located | SetAside]:
        return [
            replace(one, reading=replace(one.reading, page=one.reading.page + 1)) if isinstance(one, Located) else one
            for one in read_image(*given)  # type: ignore[arg-type]
        ]

    monkeypatch.setattr(scoring, "read_image", mistaken)
    tally = one_return()
    assert tally["wrong_identity"] == tally["pages"] > 0
    assert not reading.reached({"grey": tally})


@pytest.mark.parametrize("count", ["wrong", "wrong_on_page", "wrong_identity", "ambiguous_accepted", "flips"])
def test_one_error_among_the_tallies_is_not_what_is_wanted(count: str) -> None:
    fine, bad = Tally(), Tally()
    fine.counts["questions"] = bad.counts["questions"] = 1_000
    assert reading.reached({"grey": fine})
    bad.counts[count] = 1
    assert not reading.reached({"grey": fine, "phone": bad})


def test_a_run_of_the_reading_bench_reads_what_it_was_told_to() -> None:
    plan = reading.tasks(["grey", "bitonal"], ["event"], Family.JUDGING, 40, again=False)
    tallies = reading.run(plan, boxes=1, jobs=1)
    assert set(tallies) == {"grey", "bitonal"}
    assert added(tallies.values())["questions"] >= 20


def test_a_run_of_the_reading_bench_takes_the_writers_of_some_pens_alone() -> None:
    pens = [PenKind.FAINT_PENCIL]
    plan = reading.tasks(["grey", "fax-200"], ["event"], Family.JUDGING, 40, again=False, pens=pens)
    some = [next(plan) for _ in range(4)]
    assert {writer(one.seed, one.family).pen.kind for one in some} == {*pens}
    assert [one.wear for one in some] == ["grey", "fax-200"] * 2


# Real hand marks.


def some(shows: str) -> list[RealMark]:
    return [mark for mark in copied_marks() if mark.shows == shows]


def read_marks(marks: Sequence[RealMark]) -> list[real_sheets.Outcome]:
    [sheet] = real_sheets.sheets(marks, real_marks.FORMS_QUICK)
    return real_sheets.outcomes(sheet, "grey")


def test_real_crosses_and_empty_boxes_are_never_taken_for_something_else() -> None:
    found = read_marks([*some("X")[:6], *some("empty")[:2]])
    assert len(found) == 7
    assert {one.shows for one in found} == {"X", "empty"}
    assert real_marks.reached(found)


@pytest.mark.parametrize(("answer", "kind"), [(None, "as blank"), ("something else", "as another")])
def test_a_real_mark_read_as_something_else_is_wrong(
    monkeypatch: pytest.MonkeyPatch, answer: Answer, kind: str
) -> None:
    monkeypatch.setattr(real_sheets, "settled", lambda form, read: (dict.fromkeys(SETTLED(form, read)[0], answer), ()))
    found = read_marks(some("vertical"))
    assert {one.kind for one in found} == {kind}
    assert not real_marks.reached(found)


def test_an_empty_box_read_as_marked_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(real_sheets, "settled", lambda form, read: (dict.fromkeys(SETTLED(form, read)[0], "yes"), ()))
    found = read_marks([*some("X")[:4], some("empty")[0]])
    assert "as marked" in {one.kind for one in found if one.shows == "empty"}
    assert not real_marks.reached(found)


def test_a_bench_that_reads_no_mark_at_all_is_not_what_is_wanted() -> None:
    assert not real_marks.reached([])


def test_a_mark_that_was_not_lifted_is_left_out_and_counted() -> None:
    bare = replace(some("X")[0], cover=np.zeros_like(some("X")[0].cover))
    full = replace(some("empty")[0], cover=np.ones_like(some("empty")[0].cover))
    assert not real_marks.is_there(bare)
    assert not real_marks.is_there(full)
    assert all(real_marks.is_there(mark) for mark in (some("X")[0], some("empty")[0]))


@pytest.mark.parametrize(("x", "y", "ticked"), [(9.5, 11.25, False), (12.0, 8.5, True)])
def test_the_printed_box_of_a_crop_is_found_under_a_mark(x: float, y: float, ticked: bool) -> None:
    fine = np.full((400, 400), 165, np.uint8)
    corner, far = (round(x * 10), round(y * 10)), (round((x + 18) * 10), round((y + 18) * 10))
    cv2.rectangle(fine, corner, far, 70, 22)
    if ticked:
        cv2.line(fine, corner, (399, 399), 60, 30)
    crop = cv2.GaussianBlur(cv2.resize(fine, (40, 40), interpolation=cv2.INTER_AREA), (0, 0), 0.8)
    box = real_crops.printed_box(np.asarray(crop, dtype=np.uint8), real_crops.SHAPES["checkboxes"])
    assert max(abs(box.x - x), abs(box.y - y), abs(box.wide - 18)) <= 0.5
    assert box.clear > real_crops.FOUND_MIN


# Importing households.


def counts_of_one_list() -> bool:
    with households.new_store(None) as store:
        return households.measure(paper.Figures("households"), "SQLite", store, "CSV", 200)


def test_imports_are_counted_as_the_lists_have_it() -> None:
    assert counts_of_one_list()


def test_an_import_that_is_counted_wrongly_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    right = households.imported
    monkeypatch.setattr(households, "imported", lambda *given: (replace(right(*given)[0], gone=1), 0.1))
    assert not counts_of_one_list()


# All of it.


BENCHES = tuple(one.__module__.rpartition(".")[2] for one in bench.BENCHES)


@pytest.mark.parametrize("missed", BENCHES)
def test_one_bench_that_misses_a_figure_fails_all(monkeypatch: pytest.MonkeyPatch, missed: str) -> None:
    told = list[list[str]]()

    def giving(code: int) -> Callable[[Sequence[str]], int]:
        def told_to(arguments: Sequence[str]) -> int:
            told.append(list(arguments))
            return code

        return told_to

    monkeypatch.setattr(bench, "of_forms", lambda *, quick: quick)
    monkeypatch.setattr(reading_speed, "main", giving(1))
    monkeypatch.setattr(bench, "BENCHES", tuple(giving(0) for _ in BENCHES))
    assert bench.main(["--quick"]) == 0
    assert told == [["--quick"]] * (len(BENCHES) + 1)
    monkeypatch.setattr(bench, "BENCHES", tuple(giving(int(name == missed)) for name in BENCHES))
    assert bench.main(["--quick"]) == 1


def test_the_figures_of_the_paper_can_be_missed() -> None:
    figures = paper.Figures("one")
    figures.add("what", "asked", "measured", held=False)
    assert figures.show() == 1
