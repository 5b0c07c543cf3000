"""The measurement of a whole campaign is itself run, in small, and can fail."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from forms.paper.printing import Printing
from tests.bench import whole, whole_paper, whole_played
from tests.bench.whole_played import Whole
from tests.bench.whole_truth import figures_equal, kept_of, truth_of, wrong_in
from tests.demo import workspace
from tests.demo.measures import measures
from tests.demo.sheets import PageIn
from tests.demo.site import free_port, held

TWO_SATISFIED = ("very_satisfied", "fairly_satisfied")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """Give a small campaign; of the first copy, a page is broken off in its file when it is first scanned."""
    folder = tmp_path_factory.mktemp("whole") / "whole"
    come_back = whole_paper.come_back

    def broken(printing: Printing, seed: int, code: str, scan: int = 0) -> list[PageIn]:
        pages = come_back(printing, seed, code, scan)
        if scan or seed != whole_paper.FIRST_WRITER:
            return pages
        return [replace(pages[0], image=pages[0].image[: len(pages[0].image) // 2]), *pages[1:]]

    workspace.begin(folder)
    with pytest.MonkeyPatch.context() as patching, held(folder, free_port(whole.FREE_FROM), silent=True) as site:
        patching.setattr(whole_paper, "come_back", broken)
        yield whole_played.play(folder, site, whole.QUICK, lambda _: None)


def test_a_campaign_comes_from_scans_to_figures_and_nothing_is_wrong(played: Whole) -> None:
    assert whole.figures(played).missed == 0
    assert played.did.doubts > 0
    assert played.did.scanned_again == 1
    assert played.cpu_s > 0


def test_an_answer_that_was_meant_otherwise_is_counted_as_wrong(played: Whole) -> None:
    files = played.played.post.files
    sha256, pages = next(iter(files.items()))
    files[sha256] = [_satisfied_the_other_way(page) for page in pages]
    try:
        assert wrong_in(kept_of(played), truth_of(played)) > 0
        assert whole.figures(played).missed >= 2
    finally:
        files[sha256] = pages


def test_a_figure_that_is_not_the_truth_is_counted(played: Whole) -> None:
    true = truth_of(played)
    code, said = next((code, said) for code, said in true.items() if said.get("overall"))
    bent = {**true, code: {**said, "overall": _other(str(said["overall"]))}}
    assert measures(played.form, list(bent.values())) != measures(played.form, list(true.values()))
    assert figures_equal(played, true) == (12, 12)
    assert figures_equal(played, bent) == (11, 12)


def test_an_answer_that_was_lost_and_one_that_nobody_gave_are_wrong() -> None:
    assert wrong_in({}, {"A": {"overall": "neither", "home": "neither"}}) == 2
    assert wrong_in({"B": {"overall": "neither"}}, {}) == 1
    assert wrong_in({"A": {"overall": "neither"}}, {"A": {"overall": "neither"}}) == 0


def test_keying_takes_its_time_for_each_copy_page_and_question() -> None:
    assert whole.keyed_s(copies=2, pages=4, questions=10) == 2 * (10 + 4 * 3 + 10 * 1.5)


def _satisfied_the_other_way(page: PageIn) -> PageIn:
    true = page.truths.get("overall")
    if true is None or not isinstance(true.value, str):
        return page
    return replace(page, truths={**page.truths, "overall": replace(true, value=_other(true.value))})


def _other(said: str) -> str:
    return "very_dissatisfied" if said in TWO_SATISFIED else TWO_SATISFIED[0]
