"""The regulator's dataset as the proof of our figures, in the shapes that other years may have."""

import random
from fractions import Fraction

import pytest

from server.figures.accuracy import points_for, required_sample
from server.figures.directions import direction
from server.reports.errors import WorkbookError
from server.reports.regulator.fields import Field, What
from server.reports.regulator.landlords import Homes, perceptions, rented
from server.reports.regulator.verifying import Kind, Verified, verify
from server.reports.regulator.workbook import Cell
from tests.server.reports.made import Rows, column, extract, sheet, table, with_column

RULES = direction()
SHARE = "Proportion of respondents who report that they are satisfied"
SAMPLE, MARGIN, TENANTS = "Required minimum", "Estimated margin", "population size"
WEIGHTED = "Were weighted responses used"
SATISFIED = "very satisfied with the service provided by their landlord (TP01)"
WHOLE = {Kind.SHARES: 215, Kind.WEIGHTED: 59, Kind.SAMPLES: 23, Kind.MARGINS: 23}
"""What the extract holds: of 18 landlords who did not weight and 5 who did, less two figures that were taken out."""


def verified(rows: Rows) -> Verified:
    return verify(table(rows), RULES)


def assert_all_agree(found: Verified) -> None:
    assert found.disagreements == ()
    assert dict(found.agree) == WHOLE
    assert found.is_proved


def text(cell: Cell) -> str:
    return f"{cell:,.15g}" if isinstance(cell, float) else cell


def test_every_figure_of_the_extract_is_what_its_counts_give() -> None:
    found = verified(extract())
    assert_all_agree(found)
    why = "no percentage is printed"
    assert found.left_out == {(Kind.SHARES, why): 1, (Kind.WEIGHTED, why): 1}
    assert found.notes == ()


def test_columns_are_found_wherever_they_stand() -> None:
    rows = extract()
    order = list(range(len(rows[0])))
    random.Random(1).shuffle(order)
    assert_all_agree(verified([[row[place] for place in order] for row in rows]))


@pytest.mark.parametrize("above", [0, 1, 3, 40])
def test_headings_are_found_however_many_notes_stand_above_them(above: int) -> None:
    notes: Rows = [["TSM24 LCRA Perception, total sample size achieved and margin of error (TP01)"]] * above
    assert_all_agree(verify(table(extract(), above=notes), RULES))


def test_notes_beneath_the_table_are_no_landlords() -> None:
    found = verified([*extract(), ["Source: Regulator of Social Housing"], ["1. Rounded to one decimal"]])
    assert found.landlords == 23


def test_percentages_may_be_fractions_of_one() -> None:
    rows = with_column(extract(), SHARE, lambda cell: round(float(cell) / 100, 3))
    assert_all_agree(verified(with_column(rows, MARGIN, lambda cell: float(cell) / 100)))


def test_numbers_may_be_text_with_commas_and_signs() -> None:
    rows = [[text(cell) for cell in row] for row in extract()]
    for word, sign in ((SHARE, "{}%"), (MARGIN, "± {} %")):
        places = [place for place, heading in enumerate(rows[0]) if word in heading]
        for row in rows[1:]:
            for place in places:
                row[place] = sign.format(row[place])
    assert_all_agree(verified([list(row) for row in rows]))


def test_percentages_may_be_unrounded_and_counts_empty_where_nobody_chose() -> None:
    rows = extract()
    found = table(rows)
    for row in found.landlords:
        for measure in row.shares:
            points = row.counts[measure].known
            place = found.columns.places[Field(What.SHARE, measure)]
            rows[row.row - 5][place] = float(Fraction(100) * sum(points[:2]) / sum(points))
    empty = [rows[0], *([("[X]" if cell == 0 else cell) for cell in row] for row in rows[1:])]
    assert_all_agree(verified(empty))


@pytest.mark.parametrize(
    ("way", "words"),
    [(round, []), (lambda size: int(size) + 1, ["rounded up"]), (int, ["rounded down"])],
)
def test_samples_may_be_whole_answers_rounded_in_any_way(way: object, words: list[str]) -> None:
    rows = with_column(extract(), SAMPLE, lambda cell: float(way(float(cell))))  # type: ignore[operator]
    found = verified(rows)
    assert_all_agree(found)
    assert [word in " ".join(found.notes) for word in words] == [True] * len(words)


@pytest.mark.parametrize("grain", [5, 10, 100])
def test_numbers_of_tenants_may_be_rounded_while_samples_come_from_exact_ones(grain: int) -> None:
    found = verified(with_column(extract(), TENANTS, lambda cell: float(round(float(cell) / grain) * grain)))
    assert_all_agree(found)
    assert found.notes == (f"numbers of tenants are rounded to the nearest {grain}",)


def test_numbers_of_tenants_may_be_rounded_up_to_hundreds() -> None:
    found = verified(with_column(extract(), TENANTS, lambda cell: float(-(-float(cell) // 100) * 100)))
    assert_all_agree(found)
    assert found.notes == ("numbers of tenants are rounded up to 100",)


def test_samples_may_be_rounded_to_tens() -> None:
    found = verified(with_column(extract(), SAMPLE, lambda cell: float(round(float(cell), -1))))
    assert_all_agree(found)
    assert found.notes == ("required samples are rounded to the nearest 10",)


def test_a_rounded_number_of_tenants_does_not_excuse_a_wrong_sample() -> None:
    rows = with_column(extract(), TENANTS, lambda cell: float(round(float(cell) / 10) * 10))
    rows[1][column(rows, SAMPLE)] = float(rows[1][column(rows, SAMPLE)]) + 2
    assert [one.kind for one in verified(rows).disagreements] == [Kind.SAMPLES]


def test_margins_may_be_printed_to_one_decimal() -> None:
    assert_all_agree(verified(with_column(extract(), MARGIN, lambda cell: round(float(cell), 1))))


def test_headings_may_span_two_rows() -> None:
    """The code stands once above its columns, what they count beneath."""
    rows = extract()
    places = table(rows).columns.places
    upper: list[Cell] = [""] * len(rows[0])
    points = (
        "Very satisfied",
        "Fairly satisfied",
        "Neither satisfied nor dissatisfied",
        "Fairly dissatisfied",
        "Very dissatisfied",
    )
    for field, place in places.items():
        if field.what in {What.SHARE, What.POINT, What.SIXTH}:
            upper[place] = field.measure
            lower = {What.SHARE: "Proportion satisfied (%)", What.SIXTH: "Not applicable / don't know"}
            rows[0][place] = lower.get(field.what, points[field.point])
    kept = sorted(places.values())
    narrow = [[row[place] for place in kept] for row in (upper, *rows)]
    assert_all_agree(verified(narrow))


def test_headings_may_be_the_fields_or_the_question_references_of_the_data_dictionary() -> None:
    rows = extract()
    places = table(rows).columns.places
    names = ("VS", "FS", "NSD", "FD", "VD")
    dictionary: Rows = [["Table", "Column Heading", "Data Field Name", "Survey_Datapoint", "Survey_QuestionReference"]]
    for field, place in places.items():
        if field.what in {What.SHARE, What.POINT}:
            part = "Satisfied_Calc" if field.what == What.SHARE else names[field.point]
            reference = f"Q5L{field.point + 3 if field.what == What.POINT else 9}C{int(field.measure[2:])}"
            rows[0][place] = reference
            name = f"{field.measure}_{part}_LCRA"
            dictionary.append(["TSM25_LCRA_Perception", f"about {reference}", name, f"DP_{reference}", reference])
    used = [[row[place] for place in places.values()] for row in rows]
    assert_all_agree(verify(table(used, sheet(dictionary, "Data Dictionary", [])), RULES))
    by_name = {line[4]: line[2] for line in dictionary}
    assert_all_agree(verified([[by_name.get(cell, cell) for cell in used[0]], *used[1:]]))


def test_measures_without_codes_are_told_by_their_words() -> None:
    rows = extract()
    right = {"TP05": "provides a home that is safe", "TP06": "listens to their views", "TP07": "keeps them informed"}
    for field, place in table(rows).columns.places.items():
        if field.measure:
            heading = str(rows[0][place]).split("(TP")[0]
            if field.measure in right and field.what == What.POINT:
                heading = heading.split("that their landlord")[0] + right[field.measure]
            rows[0][place] = heading
    found = table(rows)
    assert len(found.columns.measures) == 12
    assert_all_agree(verify(found, RULES))


def test_a_workbook_that_does_not_say_who_weighted_compares_all() -> None:
    rows = extract()
    place = column(rows, WEIGHTED)
    found = verified([[cell for at, cell in enumerate(row) if at != place] for row in rows])
    assert found.agree[Kind.SHARES] == WHOLE[Kind.SHARES] + WHOLE[Kind.WEIGHTED]
    assert found.notes == ("no column holds the whether answers were weighted",)


@pytest.mark.parametrize(
    ("points", "printed", "reason"),
    [
        ((40, 20, 20, 10, 10), 61.0, "no known way of counting"),
        ((40, 20, 20, 10, 10), 60.2, "off in its last place"),
        ((40, 20, 20, 10, 10), 54.5, "among the answers it divides by"),
        ((40, 20, 20, 10, 10), 20.0, "the share of the dissatisfied"),
        ((40, 20, 20, 10, 9), 60.5, "off in its last place"),
        ((41, 20, 20, 10, 1), 66.0, "rounded to 0 decimals"),
        ((50, 10, 5, 10, 10), 70.5, "cut off"),
    ],
)
def test_a_figure_that_differs_says_why(points: tuple[int, ...], printed: float, reason: str) -> None:
    rows = extract()
    places = table(rows).columns.places
    for point, number in enumerate(points):
        rows[1][places[Field(What.POINT, "TP06", point)]] = float(number)
    rows[1][places[Field(What.SIXTH, "TP06")]] = 10.0
    rows[1][places[Field(What.SHARE, "TP06")]] = printed
    (wrong,) = verified(rows).disagreements
    assert (wrong.row, wrong.what) == (6, "TP06")
    assert reason in wrong.reason


def test_an_empty_count_beside_filled_ones_is_nought() -> None:
    rows = extract()
    places = table(rows).columns.places
    cells: tuple[Cell, ...] = (60.0, "[X]", 20.0, "", 20.0)
    for point, cell in enumerate(cells):
        rows[1][places[Field(What.POINT, "TP06", point)]] = cell
    rows[1][places[Field(What.SHARE, "TP06")]] = 60.0
    assert_all_agree(verified(rows))


def test_a_sample_for_another_size_and_a_margin_without_a_limit_say_so() -> None:
    rows = extract()
    tenants = int(float(rows[1][column(rows, TENANTS)]))
    wrong_points = 4 if points_for(tenants, RULES.bands) != 4 else 5
    rows[1][column(rows, SAMPLE)] = required_sample(tenants, wrong_points)
    rows[1][column(rows, MARGIN)] = 100 * 1.96 * (0.25 / float(rows[1][column(rows, "Total sample size")])) ** 0.5
    sample, margin = verified(rows).disagreements
    assert f"±{wrong_points} points" in sample.reason
    assert "no account of how many tenants" in margin.reason


def test_a_figure_of_a_landlord_who_weighted_may_differ_from_the_counts() -> None:
    rows = extract()
    row = next(row for row in rows if row[column(rows, WEIGHTED)] == "Yes")
    row[table(rows).columns.places[Field(What.SHARE, "TP01")]] = 12.3
    found = verified(rows)
    assert [one.kind for one in found.disagreements] == [Kind.WEIGHTED]
    assert found.is_proved


def test_a_sheet_says_which_homes_it_is_about() -> None:
    names = ("TSM24_LCRA_Perception", "TSM24_LCHO_Perception", "TSM24_Combined_Perception")
    found = perceptions([sheet(extract(), name) for name in names])
    assert [one.homes for one in found] == [Homes.RENTED, Homes.SHARED, Homes.COMBINED]
    assert rented(found).homes == Homes.RENTED


def test_a_workbook_of_something_else_says_what_was_looked_for_and_where() -> None:
    with pytest.raises(WorkbookError, match=r"looked at: “Sheet1”"):
        perceptions([sheet([["Landlord name", "TP01"], ["Melton", 63.5]], "Sheet1")])


def test_two_columns_for_one_thing_are_told() -> None:
    rows = extract()
    again = [[*row, row[column(rows, "Total sample size")]] for row in rows]
    assert "two columns look like the answers achieved" in verified(again).notes[0]
