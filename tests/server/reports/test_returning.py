"""The regulator's return, field by field, against what the landlord's own row in its dataset says."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from server.figures.counts import Counts, Weighting
from server.figures.directions import Method, Population, direction
from server.figures.tallies import Tally
from server.figures.years import ReportingYear
from server.reports.returning import HEADINGS, OFFICER, Value, filled, return_fields, return_rows
from server.sheets import csv_bytes
from tests.server.reports.made import column, extract

RULES = direction()
EXTRACT = extract()
MELTON = next(row for row in EXTRACT if row[0] == "Melton Borough Council")


def number(words: str) -> int:
    cell = MELTON[column(EXTRACT, words)]
    return int(cell) if isinstance(cell, float) else 0


def tally(code: str) -> Tally:
    places = [
        place
        for place, heading in enumerate(EXTRACT[0])
        if f"({code})" in str(heading) and str(heading).startswith("Number") and "satisf" in str(heading)
    ]
    sixth = [
        place for place, heading in enumerate(EXTRACT[0]) if "not applicable" in str(heading) and code in str(heading)
    ]
    cells = [int(float(MELTON[place])) for place in places]
    return Tally(tuple(cells), int(float(MELTON[sixth[0]])) if sixth else 0)


COUNTS = Counts(
    year=ReportingYear(2024),
    homes=Population.RENTED,
    population=1745,
    answers=347,
    excluded=0,
    is_census=True,
    measures={f"TP{code:02d}": tally(f"TP{code:02d}") for code in range(1, 13)},
    filters={
        "repair": (number("has carried out a repair to their home in the last 12 months (TP02)"), 83),
        "complaint": (number("Number of respondents who report that they have made a complaint"), 231),
        "communal": (number("Number of respondents who report that they do live"), 211),
    },
    by_method={Method.TELEPHONE: 199, Method.INTERNET: 146, Method.POSTAL: 2},
    overall_by_method={Method.TELEPHONE: Tally((80, 60, 20, 20, 19)), Method.POSTAL: Tally((1, 0, 0, 0, 1))},
)


def values(counts: Counts = COUNTS) -> dict[str, Value]:
    return {field.field: value for field, value in filled(counts, RULES)}


def test_the_landlords_own_return_of_2025_is_what_the_regulator_published() -> None:
    """Each field stands in the dataset under its heading; the dictionary's words and the sheet's differ for a few."""
    published = dict(zip(EXTRACT[0], MELTON, strict=True))
    compared = 0
    for field, value in filled(COUNTS, RULES):
        cell = published.get(field.heading)
        if isinstance(cell, float) and "method" not in field.heading:
            assert value.value == cell, field.field
            compared += 1
    assert compared > 60
    shares = {name: value.value for name, value in values().items() if "Satisfied_Calc" in name}
    assert list(shares.values()) == [63.5, 72.1, 64.1, 62.4, 73.1, 50.7, 58.3, 66.8, 36.6, 68.2, 55.9, 42.3]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("Relevant_ten_pop_size_a", 1745),
        ("Census_or_Sample_a", "Census"),
        ("Responses_Telephone_a", 199),
        ("Responses_SMS_a", 0),
        ("TP01_VS_LCRA", 99),
        ("TP05_NADK_LCRA", 0),
        ("TP02_Filter_Yes_LCRA", 250),
        ("TP03_Fiter_No_LCRA", 83),
        ("TP01_Satisfied_Telephone_a", 70.4),
        ("TP01_Satisfied_Postal_a", None),
        ("Weighting_used_a", "No"),
        ("Weighting_characteristic1_a", None),
        ("Unweighted_TP01_VS_a", None),
    ],
)
def test_a_field_has_its_value(field: str, value: object) -> None:
    assert values()[field].value == value


def test_what_is_not_in_the_answers_is_left_to_an_officer() -> None:
    to_do = {name for name, value in values().items() if value.to_do == OFFICER}
    assert {
        "Online_Publication_URL",
        "External_contractor_a",
        "Interviews_conducted_by_a",
        "Other_methods_desc_a",
    } <= to_do
    assert not any("TP" in name for name in to_do)


def test_a_method_with_few_answers_shows_no_figure_and_says_why() -> None:
    assert values()["TP01_Satisfied_Postal_a"].to_do == "Left empty: fewer than 50 answers came by this method."


def test_weighted_counts_stand_in_the_measures_and_unweighted_ones_beside_them() -> None:
    weighting = Weighting(
        ("Age of respondent", "Geographical area"),
        {"TP01": (100.456, 110, 50, 40, 45)},
        {"TP05": 2.5},
        {"repair": (240.5, 90)},
    )
    found = values(replace(COUNTS, weighting=weighting))
    assert found["TP01_VS_LCRA"].value == 100.46
    assert found["TP01_Satisfied_Calc_LCRA"].value == 60.9
    assert found["TP05_NADK_LCRA"].value == 2.5
    assert found["TP02_Filter_Yes_LCRA"].value == 240.5
    assert found["Unweighted_TP01_VS_a"].value == 99
    assert found["Unweighted_Prop_Satisfied_a"].value == 63.5
    assert found["Weighting_characteristic2_a"].value == "Geographical area"
    assert found["Weighting_used_a"].value == "Yes"


def test_shared_homes_have_their_own_fields_without_repairs() -> None:
    shared = values(replace(COUNTS, homes=Population.SHARED))
    assert "TP01_VS_LCHO" in shared
    assert not any(name.startswith("TP02") for name in shared)
    assert len(shared) + len(values()) == len(return_fields())


def test_the_return_is_written_with_the_regulators_references() -> None:
    content = csv_bytes(HEADINGS, return_rows(filled(COUNTS, RULES))).decode("utf-8-sig")
    rows = {row["Field"]: row for row in csv.DictReader(StringIO(content))}
    assert (rows["TP01_VS_LCRA"]["Question"], rows["TP01_VS_LCRA"]["Datapoint"]) == ("Q5L3C1", "DP_TSML195")
    assert rows["TP01_VS_LCRA"]["Value"] == "99"
