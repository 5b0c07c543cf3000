"""The demo: made in small through the real site, and what it says of itself."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from forms.layout import Box
from server.figures.years import ReportingYear
from server.web.words import today
from tests.demo import making, workspace
from tests.demo.browser import DemoError
from tests.demo.chapters import short_year, tsm_source, whole_year
from tests.demo.comments import SLIP, WORDS
from tests.demo.comparing import compared
from tests.demo.lettering import LETTERS, wrapped, written_words
from tests.demo.making import make
from tests.demo.site import free_port, held
from tests.demo.story import SPARE, Played
from tests.demo.workspace import Made
from tests.paper.hands import Family, writer

HOMES = 12
FREE_FROM = 8900


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("made") / "demo"
    workspace.begin(folder)
    with pytest.MonkeyPatch.context() as patching, held(folder, free_port(FREE_FROM), silent=True) as site:
        patching.setattr(making, "FILLERS", 1)  # each is begun anew, which takes longer than to fill in two copies
        yield make(folder, site, short_year(today()), lambda _: None, HOMES)


def test_nothing_that_was_accepted_is_wrong_and_nothing_is_lost(played: Played) -> None:
    assert compared(played).show() == 0
    assert played.post.pages == 1 + 2 + 2  # one page was kept back, one copy scanned twice
    assert len(played.visits) == 2
    assert played.interviews
    assert len(list((played.post.store.folder.parent / SPARE).iterdir())) == 1


def test_a_wrong_answer_would_be_told(played: Played) -> None:
    post = played.post
    sha256, pages = next(iter(post.files.items()))
    first = next(number for number, page in enumerate(pages) if page.truths)
    lies = {name: replace(one, value="something else", ambiguous=None) for name, one in pages[first].truths.items()}
    post.files[sha256] = [*pages[:first], replace(pages[first], truths=lies), *pages[first + 1 :]]
    assert compared(played).missed > 0
    post.files[sha256] = pages


def test_a_page_that_was_lost_would_be_told(played: Played) -> None:
    post = played.post
    post.files["0" * 64] = next(iter(post.files.values()))
    assert compared(played).missed > 0
    del post.files["0" * 64]


def test_an_answer_at_the_kiosk_that_was_changed_would_be_told(played: Played) -> None:
    first = played.visits[0]
    played.visits[0] = replace(first, said={**first.said, "rating": "very_poor"})
    assert compared(played).missed > 0
    played.visits[0] = first


def test_another_year_s_survey_is_the_one_that_ships_but_for_its_year() -> None:
    made = tsm_source(ReportingYear(2025))
    assert b"reporting_year: 2025-26" in made
    assert b"2027" not in made


@pytest.mark.parametrize(
    ("code", "last_day", "wanted"),
    [("same", "2026-12-01", True), ("same", "2026-11-25", False), ("other", "2026-12-01", False)],
)
def test_a_workspace_is_used_again_while_code_and_campaigns_allow(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str, last_day: str, *, wanted: bool
) -> None:
    monkeypatch.setattr(workspace, "code", lambda: "same")
    Made(code, last_day, "KEY").keep(tmp_path)
    kept = Made.read(tmp_path)
    assert kept is not None
    assert kept.can_be_used(date(2026, 11, 26)) is wanted


def test_half_a_workspace_is_none(tmp_path: Path) -> None:
    assert Made.read(tmp_path) is None
    (tmp_path / workspace.MADE).write_text("{")
    assert Made.read(tmp_path) is None


def test_a_folder_that_is_somebody_else_s_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(DemoError, match="Move it away"):
        workspace.begin(tmp_path)
    assert (tmp_path / "letters.txt").exists()


def test_a_port_that_is_taken_is_left_for_the_next() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < free_port(port) <= port + 20


def test_words_that_do_not_fit_are_not_cut() -> None:
    hand = writer(1, Family.JUDGING)
    with pytest.raises(ValueError, match="do not fit"):
        written_words("many words " * 40, Box(0, 0, 100, 20), hand, np.random.default_rng(1))
    assert wrapped("one two three", 20) == ["one two", "three"]


def test_every_word_of_the_demo_has_its_letters() -> None:
    surely = [words for chapter in whole_year(today()) for words in chapter.surely]
    used = {letter for words in (*WORDS.values(), *SLIP.values(), surely) for one in words for letter in one}
    assert used <= set(LETTERS) | {" "}
