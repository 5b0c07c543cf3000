"""Quartiles of other landlords, and the figures that ship."""

import pytest

from server.reports.benchmarks import (
    GROUP_MIN,
    Benchmarks,
    By,
    Origin,
    Quarter,
    Quartiles,
    as_yaml,
    benchmarks_of,
    find_year,
    published_benchmarks,
)
from server.reports.errors import WorkbookError
from tests.server.reports.made import extract, table

ORIGIN = Origin("2024-25", "the extract")
DOMAIN = {
    "TP01": "64.7 / 71.8 / 79.0", "TP02": "66.8 / 73.6 / 79.7", "TP03": "63.0 / 69.5 / 76.7",
    "TP04": "65.5 / 71.9 / 77.8", "TP05": "71.8 / 77.6 / 83.0", "TP06": "54.0 / 61.6 / 69.4",
    "TP07": "65.8 / 72.0 / 77.3", "TP08": "72.5 / 77.9 / 84.0", "TP09": "29.6 / 35.5 / 42.1",
    "TP10": "60.6 / 66.7 / 72.8", "TP11": "57.7 / 64.6 / 71.8", "TP12": "54.6 / 59.5 / 66.4",
}  # fmt: skip
"""As worked out from the whole dataset of 2025 by other hands."""

OURS = (63.5, 72.1, 64.1, 62.4, 73.1, 50.7, 58.3, 66.8, 36.6, 68.2, 55.9, 42.3)


@pytest.fixture(scope="module")
def made() -> Benchmarks:
    return benchmarks_of(table(extract()), ORIGIN, "melton borough council ")


def test_the_benchmarks_that_ship_are_those_of_the_whole_dataset() -> None:
    shipped = published_benchmarks("2024-25")
    everybody = shipped.group(By.ALL)
    assert everybody is not None
    found = {code: f"{of.low:.1f} / {of.median:.1f} / {of.high:.1f}" for code, of in everybody.measures.items()}
    assert found == DOMAIN
    assert "Open Government Licence" in shipped.source


def test_our_own_published_figures_ship_as_the_first_point_of_the_trend() -> None:
    own = published_benchmarks("2024-25").own
    assert own is not None
    assert tuple(own.measures.values()) == OURS
    assert (own.landlord, own.answers, own.population) == ("Melton Borough Council", 347, 1745)


def test_landlords_are_put_together_by_type_size_and_region(made: Benchmarks) -> None:
    authorities = made.group(By.TYPE, "LA")
    assert authorities is not None
    assert authorities.measures["TP01"].landlords == sum(1 for row in extract() if row[2] == "LA")
    assert [group.name for group in made.like_ours()] == ["", "LA", "<5,000"]


def test_of_twenty_three_landlords_the_quartiles_are_the_sixth_the_twelfth_and_the_eighteenth(made: Benchmarks) -> None:
    everybody = made.group(By.ALL)
    assert everybody is not None
    shares = sorted(float(one.shares["TP01"].value) for one in table(extract()).landlords)
    of = everybody.measures["TP01"]
    assert (of.low, of.median, of.high) == (shares[5], shares[11], shares[17])


def test_a_group_of_few_landlords_has_no_quartiles(made: Benchmarks) -> None:
    assert made.group(By.REGION, "Midlands") is None
    assert all(of.landlords >= GROUP_MIN for group in made.groups for of in group.measures.values())


def test_a_figure_stands_in_a_quarter() -> None:
    of = Quartiles(low=60, median=70, high=80, landlords=10)
    assert [of.quarter_of(share) for share in (59.9, 60, 70, 79.9, 80)] == [
        Quarter.LOWEST, Quarter.BELOW, Quarter.ABOVE, Quarter.ABOVE, Quarter.HIGHEST,
    ]  # fmt: skip


def test_benchmarks_written_down_are_read_back_the_same(made: Benchmarks) -> None:
    from ruamel.yaml import YAML  # noqa: PLC0415

    assert Benchmarks.model_validate(YAML(typ="safe", pure=True).load(as_yaml(made))) == made


@pytest.mark.parametrize(
    ("sheet", "title", "year"),
    [
        ("TSM25_LCRA_Perception", "", "2024-25"),
        ("TSM 2026 rented", "", "2025-26"),
        ("LCRA", "Tenant Satisfaction Measures 2024 - Dataset", "2023-24"),
    ],
)
def test_the_year_is_read_from_the_sheets_name_or_its_title(sheet: str, title: str, year: str) -> None:
    assert find_year(table(extract(), name=sheet, above=[[title]])) == year


def test_a_workbook_without_a_year_asks_for_it() -> None:
    with pytest.raises(WorkbookError, match="--year"):
        find_year(table(extract(), name="LCRA", above=[["Perception"]]))
