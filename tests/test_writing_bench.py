"""The measurement of reading writing is itself run, a little of it, and can miss."""

import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from scanning.writing.alphabet import CLASSES
from scanning.writing.drafts import By, Draft
from scanning.writing.engines import Engines
from tests.bench import writing
from tests.bench.paper import Figures
from tests.bench.writing_lines import plain, printed
from tests.paper.wear import WEARS
from tests.scanning.writing.hands import SAMPLE
from tests.training.characters import Handwritten, Part, characters, part_of

HANDS = list(characters(SAMPLE))


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    yield
    cv2.setNumThreads(before)


def rng() -> np.random.Generator:
    return np.random.default_rng(3)


def test_a_run_prints_its_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with gzip.open(tmp_path / "unipen-characters-few.jsonl.gz", "wb") as file:
        file.write(SAMPLE.read_bytes())
    writing.main(["--quick", "--folder", str(tmp_path)])
    told = capsys.readouterr().out
    assert "digits, worn" in told
    assert "dates accepted" in told


def test_without_data_nothing_is_measured_and_that_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert writing.main(["--folder", str(tmp_path)]) == 0
    assert "Nothing was measured" in capsys.readouterr().out


def test_the_sample_s_writer_is_one_that_nothing_was_trained_on() -> None:
    assert {part_of(one.writer) for one in HANDS} == {Part.JUDGING}


def test_a_network_that_always_says_the_same_misses_every_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "probabilities", lambda pictures: np.eye(len(CLASSES) + 1)[[0] * len(pictures)])
    figures = Figures("one")
    writing.of_characters(figures, [one for one in HANDS if one.label in "123ABC"], rng())
    assert figures.missed >= 4


@pytest.mark.parametrize(("code", "day", "missed"), [("M15AB", "01021998", 0), ("M15AC", "02021998", 2)])
def test_a_code_that_is_accepted_and_wrong_is_counted(code: str, day: str, missed: int) -> None:
    told = Counter[str]()
    for kind, said, truth in (("postcodes", code, "M15AB"), ("dates", day, "01021998")):
        writing.count_in(told, kind, Draft(kind, By.CELLS, said, is_sure=True), truth)
    figures = Figures("one")
    writing.rates(figures, told)
    assert figures.missed == missed


def test_an_off_list_code_that_is_accepted_is_counted() -> None:
    told = Counter[str]()
    writing.count_in(told, "off-list", Draft("postcode", By.CELLS, "M15AB", is_sure=True), "M15AD")
    figures = Figures("one")
    writing.rates(figures, told)
    assert figures.missed == 3  # nothing else was accepted


def test_print_in_the_comment_box_is_read_as_print() -> None:
    box = printed(WEARS["grey"], Engines(), rng())
    assert box is not None
    assert box.by == "print"
    assert box.errors <= 0.02 * box.characters


def test_words_are_compared_without_the_space_that_the_data_have_before_a_full_stop() -> None:
    assert plain("It could\nrun  on .") == "It could run on."


def test_everybody_s_characters_fill_what_one_writer_did_not_write() -> None:
    few = [Handwritten("A", "one", ()), Handwritten("B", "other", ())]
    assert [sorted(hand) for hand in writing.hands_of(few)] == [["A", "B"], ["A", "B"]]
