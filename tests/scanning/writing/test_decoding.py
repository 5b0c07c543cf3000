"""A field says what its ink allows and its pattern and list know; anything else is an officer's."""

from collections.abc import Sequence

import numpy as np
import pytest

from scanning.writing.alphabet import CLASSES
from scanning.writing.characters import Holds
from scanning.writing.decoding import Expected, decoded
from scanning.writing.drafts import Unsure

SOMETHING, NOTHING = Holds.SOMETHING, Holds.NOTHING
POSTCODE = Expected(("A9A9AA", "A99AA", "A999AA"), gaps=frozenset({-3}))


def likely(*cells: dict[str, float] | str) -> np.ndarray:
    """Give probabilities: of each cell a character, or several with how likely each is."""
    rows = np.full((len(cells), len(CLASSES) + 1), 1e-6)
    for row, cell in zip(rows, cells, strict=True):
        for character, part in ({cell: 0.999} if isinstance(cell, str) else cell).items():
            row[CLASSES.index(character) if character != "?" else len(CLASSES)] = part
    return rows


def all_written(cells: Sequence[object] | np.ndarray) -> list[Holds]:
    return [SOMETHING] * len(cells)


def test_clear_characters_of_the_pattern_are_accepted() -> None:
    found = decoded(likely(*"M145AB"), all_written("M145AB"), POSTCODE)
    assert (found.accepted, found.unsure) == ("M145AB", None)


def test_a_letter_can_only_stand_where_the_pattern_has_one() -> None:
    cells = likely("M", "1", "4", {"S": 0.9, "5": 0.099}, "A", "B")
    assert decoded(cells, all_written(cells), POSTCODE).readings[0].spelling == "M145AB"


def test_empty_cells_say_nothing_at_all() -> None:
    found = decoded(likely("M", "1"), [NOTHING, NOTHING], POSTCODE)
    assert (found.accepted, found.unsure, found.readings) == (None, None, ())


def test_the_gap_of_a_postcode_may_be_left_empty() -> None:
    cells = likely("M", "1", "4", "X", "5", "A", "B")
    holds = [SOMETHING] * 3 + [NOTHING] + [SOMETHING] * 3
    assert decoded(cells, holds, POSTCODE).accepted == "M145AB"


def test_a_gap_elsewhere_is_for_the_officer() -> None:
    cells = likely("M", "X", "1", "4", "5", "A", "B")
    holds = [SOMETHING, NOTHING] + [SOMETHING] * 5
    assert decoded(cells, holds, POSTCODE).unsure is Unsure.GAP


def test_a_wrong_number_of_characters_is_for_the_officer() -> None:
    assert decoded(likely(*"M14"), all_written("M14"), POSTCODE).unsure is Unsure.LENGTH


def test_a_struck_out_cell_is_for_the_officer() -> None:
    cells = likely("M", "1", {"?": 0.7, "4": 0.3}, "5", "A", "B")
    assert decoded(cells, all_written(cells), POSTCODE).unsure is Unsure.STRUCK_OUT


def test_a_cell_with_hardly_any_ink_is_for_the_officer() -> None:
    cells = likely(*"M145AB")
    assert decoded(cells, [Holds.UNSURE, *all_written("145AB")], POSTCODE).unsure is Unsure.FAINT


LISTED = Expected(POSTCODE.masks, listed=("M145AB", "M145AC", "M203XY"))


def test_the_list_decides_between_two_that_look_alike() -> None:
    cells = likely("M", {"7": 0.5, "1": 0.45}, "4", "5", "A", "B")
    assert decoded(cells, all_written(cells), LISTED).accepted == "M145AB"


def test_two_of_the_list_that_fit_about_as_well_are_both_shown() -> None:
    cells = likely("M", "1", "4", "5", "A", {"B": 0.5, "C": 0.4})
    found = decoded(cells, all_written(cells), LISTED)
    assert found.unsure is Unsure.TWO_FIT
    assert [one.spelling for one in found.readings[:2]] == ["M145AB", "M145AC"]


@pytest.mark.parametrize("off", ["M145AD", "M945AB", "L203XY"])
def test_clear_ink_is_never_pulled_to_something_in_the_list(off: str) -> None:
    found = decoded(likely(*off), all_written(off), LISTED)
    assert found.accepted is None
    assert found.unsure is Unsure.NOT_LISTED
    assert off in [one.spelling for one in found.readings]


def test_without_a_list_two_close_readings_are_for_the_officer() -> None:
    cells = likely("M", {"1": 0.9, "7": 0.05}, "4", "5", "A", "B")
    assert decoded(cells, all_written(cells), POSTCODE).unsure is Unsure.TWO_FIT


def test_what_keeps_the_pattern_and_breaks_its_rule_is_never_bent_to_it() -> None:
    even = Expected(("99",), lambda spelling: int(spelling) % 2 == 0)
    cells = likely("1", {"3": 0.99, "8": 0.005})
    found = decoded(cells, all_written(cells), even)
    assert (found.accepted, found.unsure) == (None, Unsure.NO_FIT)
    assert [one.spelling for one in found.readings[:2]] == ["13", "18"]


def test_many_cells_that_are_each_a_little_unsure_are_together_for_the_officer() -> None:
    digits = Expected(("9", "99999999"))
    cell: dict[str, float] = {"1": 0.999, "7": 0.001}
    assert decoded(likely(cell), all_written("1"), digits).accepted == "1"
    assert decoded(likely(*[cell] * 8), all_written("11111111"), digits).unsure is Unsure.TWO_FIT


def test_a_reading_that_cannot_be_is_shown_after_those_that_can_unless_the_ink_is_clear() -> None:
    days = Expected(("99999999",), listed=("13071998", "13071918"))
    dim = likely(*"1307", "1", {"4": 0.6, "9": 0.4}, *"98")
    clear = likely(*"1307", "1", {"4": 0.999, "9": 0.0001}, *"98")
    assert decoded(dim, all_written(dim), days).readings[0].spelling == "13071998"
    assert decoded(clear, all_written(clear), days).readings[0].spelling == "13071498"


def test_a_day_that_is_not_in_the_calendar_is_not_read_as_one_that_is() -> None:
    days = Expected(("99999999",), listed=("28022026", "01032026"))
    cells = likely("3", {"0": 0.9, "8": 0.09}, *"022026")
    assert decoded(cells, all_written(cells), days).unsure is Unsure.NOT_LISTED


def test_writing_that_runs_out_must_be_clearer_than_other_writing() -> None:
    cells = likely("M", "1", "4", "5", "A", {"B": 0.9985, "C": 0.0009})
    assert decoded(cells, all_written(cells), LISTED).accepted == "M145AB"
    assert decoded(cells, all_written(cells), LISTED, runs_out=True).unsure is Unsure.RUNS_OUT
