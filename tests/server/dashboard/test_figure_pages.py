"""The pages of figures, as a councillor sees them."""

import re
from collections.abc import Callable

import pytest

from server.models.officers import Role
from tests.server.conftest import Browser

PAGES = ("/figures/", "/figures/measures", "/figures/measures/TP01", "/figures/heard", "/figures/benchmarks/")
YEAR = "year=2026-27"


def words(answer: object) -> str:
    page = re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))  # type: ignore[attr-defined]
    return " ".join(page.split())


@pytest.fixture
def viewer(as_role: Callable[[Role], Browser]) -> Browser:
    return as_role(Role.VIEWER)


@pytest.mark.parametrize("page", PAGES[:4])
def test_before_a_campaign_asks_the_measures_the_pages_say_so(viewer: Browser, page: str) -> None:
    assert "No campaign of 2026-27 asks the measures." in words(viewer.get(f"{page}?{YEAR}"))


def test_the_dashboard_says_where_the_year_stands(councillor: Browser) -> None:
    said = words(councillor.get(f"/figures/?{YEAR}"))
    assert "answers that count 70" in said
    assert "70 answers give ± 7.6 points. ± 5 points need 92 answers of 120 homes: 22 more." in said
    assert "1 came without the code of an invited household" in said
    assert "18 to 34 (age band): 50 % of homes, 29 % of answers" in said


def test_the_dashboard_shows_a_measure_with_interval_change_and_place(councillor: Browser) -> None:
    said = words(councillor.get(f"/figures/?{YEAR}"))
    assert (
        "TP01 Overall 85.7 79.6 to 90.2 70 up from 63.5 % in 2024-25 64.7 · 71.8 · 79.0 in the highest quarter" in said
    )


def test_every_chart_has_a_title_a_description_and_its_table(councillor: Browser) -> None:
    for address in (*PAGES, "/figures/measures/TP01?by=area"):
        page = councillor.get(f"{address}{'&' if '?' in address else '?'}{YEAR}").get_data(as_text=True)
        charts = re.findall(r'<svg class="chart[^>]*>.*?</svg>', page, re.S)
        assert charts or address == "/figures/measures"
        for chart in charts:
            assert 'role="img"' in chart
            assert re.search(r'<title id="([^"]+)">\S', chart)
            assert re.search(r'<desc id="([^"]+)">\s*\S', chart)
        assert page.count("<caption>") >= len(charts) - ("sample-title" in page)
        assert "style=" not in page


def test_measures_are_weighted_beside_unweighted(councillor: Browser) -> None:
    said = words(councillor.get(f"/figures/measures?{YEAR}&weight=age_band"))
    assert "TP01 Overall 85.7 79.6 to 90.2 75.0 70" in said
    assert "Weighted by age band" in said


def test_a_measure_is_shown_by_age_band(councillor: Browser) -> None:
    said = words(councillor.get(f"/figures/measures/TP01?{YEAR}&by=age_band"))
    assert "18 to 34 50.0" in said
    assert "lower than the rest" in said
    assert "65 and over 100.0" in said


@pytest.mark.parametrize(
    "split", ["channel", "area", "scheme", "tenure", "property_type", "language", "helped", "month"]
)
def test_a_measure_is_shown_by_everything_else(councillor: Browser, split: str) -> None:
    page = councillor.get(f"/figures/measures/TP01?{YEAR}&by={split}")
    assert page.status_code == 200
    assert 'id="parts"' in page.get_data(as_text=True)


def test_small_counts_are_hidden_on_a_measures_page(councillor: Browser) -> None:
    said = words(councillor.get(f"/figures/measures/TP01?{YEAR}&by=channel"))
    assert "hidden" in said
    assert "groups are hidden" in said


def test_who_is_heard_is_told_group_by_group(councillor: Browser) -> None:
    said = words(councillor.get(f"/figures/heard?{YEAR}"))
    assert "18 to 34 60 50.0 60 20 28.6 33 % fewer heard than expected" in said
    assert "65 and over 60 50.0 60 50 71.4 83 % more heard than expected" in said


@pytest.mark.parametrize(
    "address",
    [
        "/figures/measures/TP99",
        "/figures/measures/TP01?by=shoes",
        "/figures/measures/TP01?by=method",
        "/figures/?year=next",
        "/figures/?homes=boats",
        "/figures/measures?weight=shoes",
    ],
)
def test_figures_that_there_are_not_are_not_found(viewer: Browser, address: str) -> None:
    assert viewer.get(address).status_code == 404
