"""The bench of a year's figures runs, with a few responses."""

from tests.bench import counting


def test_the_bench_of_a_years_figures_runs() -> None:
    assert counting.figures("SQLite", quick=True).missed == 0
