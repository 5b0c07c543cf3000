"""What columns hold, by the headings that the regulator and others give them."""

import pytest

from server.reports.regulator.fields import Field, What
from server.reports.regulator.headings import by_code, by_words, plain
from server.reports.regulator.numbers import number_of

SERVICE = "with the service provided by their landlord (TP01)"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        (f"Proportion of respondents who report that they are satisfied {SERVICE}", Field(What.SHARE, "TP01")),
        ("TP01", Field(What.SHARE, "TP01")),
        ("TP1 - Overall satisfaction (%)", Field(What.SHARE, "TP01")),
        ("TP10 Satisfaction that communal areas are kept clean", Field(What.SHARE, "TP10")),
        (f"Number of respondents who report that they are very satisfied {SERVICE}", Field(What.POINT, "TP01", 0)),
        ("TP08 - Agree", Field(What.POINT, "TP08", 1)),
        ("TP08 - Neither agree nor disagree", Field(What.POINT, "TP08", 2)),
        ("TP08 - Disagree", Field(What.POINT, "TP08", 3)),
        ("TP08 - Strongly disagree", Field(What.POINT, "TP08", 4)),
        ("TP12_NADK_LCRA", Field(What.SIXTH, "TP12")),
        ("TP12_Satisfied_Calc_COMB", Field(What.SHARE, "TP12")),
        ("Number of respondents who report ‘not applicable/ don’t know’ (TP05)", Field(What.SIXTH, "TP05")),
        ("Relevant\xa0tenant population size (LCRA)", Field(What.POPULATION)),
        ("Required minimum sample size2,3", Field(What.REQUIRED)),
        ("Minimum required sample size [note 2]", Field(What.REQUIRED)),
        ("Total sample size achieved", Field(What.ACHIEVED)),
        ("Total number of responses", Field(What.ACHIEVED)),
        ("Estimated margin of error achieved2 %", Field(What.MARGIN)),
        ("Margin of error (+/- %)", Field(What.MARGIN)),
        ("Provider name", Field(What.NAME)),
        ("Landlord", Field(What.NAME)),
        ("RP code", Field(What.CODE)),
        ("Landlord group size (homes owned, LCRA and LCHO combined)", Field(What.SIZE_BAND)),
        ("Were weighted responses used to calculate tenant perception measures", Field(What.WEIGHTED)),
        ("Weighting_used_a", Field(What.WEIGHTED)),
    ],
)
def test_a_heading_names_what_its_column_holds(heading: str, field: Field) -> None:
    assert by_code(heading) == field


@pytest.mark.parametrize(
    "heading",
    [
        "Proportion of respondents who are satisfied overall (TP01) for each survey method - Telephone6",
        "TP01_Satisfied_Telephone_a",
        "Proportion of respondents who state that they have complained in the last 12 months (TP09 responses)7",
        "Number of respondents who report that their landlord has not carried out a repair (TP02)",
        "TP02_Fiter_No_LCRA",
        "Total number of respondents (unweighted) who reported they are very satisfied with the service (TP01)",
        "Unweighted_TP01_VS_a",
        "Has the average satisfaction by survey method been calculated using weighted or unweighted responses",
        "Tenants excluded from sample frame",
        "Number of responses by method - Other",
        "Weighting characteristic 1",
        "LCRA above 30% supported housing",
        "Change in TP01 since the previous year",
        "TP02 and TP03",
        "",
    ],
)
def test_other_headings_name_nothing_of_ours(heading: str) -> None:
    assert by_code(heading) is None
    assert by_words(heading) is None


def test_a_heading_is_read_without_its_notes_and_quirks() -> None:
    assert plain("Required\xa0minimum  sample\u200b size2,3") == "required minimum sample size"
    assert plain("… complaints handling (TP09)7") == "... complaints handling (tp09)"


@pytest.mark.parametrize(
    ("cell", "value", "decimals"),
    [
        (63.5, 63.5, 1),
        (64.0, 64, 0),
        (0.1 + 0.2, 0.3, 1),
        ("1,745", 1745, 0),
        ("63.50%", 63.5, 1),
        ("± 4.71", 4.71, 2),
        ("+/-4.7%", 4.7, 1),
        (" 20 780 ", 20780, 0),
        (".5", 0.5, 1),
    ],
)
def test_a_number_is_read_however_it_is_written(cell: str | float, value: float, decimals: int) -> None:
    found = number_of(cell)
    assert found is not None
    assert float(found.value) == value
    assert found.decimals == decimals


@pytest.mark.parametrize("cell", ["[X]", "[S]", "n/a", "N/A", "-", "", "..", "<5", "5,000-40,000", "12,34", "nan"])
def test_what_is_no_number_is_none(cell: str) -> None:
    assert number_of(cell) is None
