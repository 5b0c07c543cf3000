"""What the cells of a question can say."""

from datetime import date

import pytest

from forms.kinds.code import Code
from forms.kinds.comment import Comment
from forms.kinds.date import Date
from forms.kinds.number import Number
from scanning.writing.expected import Lists, expected_of

LISTS = Lists(date(2026, 11, 26), postcodes=frozenset({"M14 5AB", "ol1 1aa"}))


def code(pattern: str) -> Code:
    return Code(id="one", kind="code", ask="Which?", pattern=pattern)


def test_a_postcode_is_of_the_list_where_there_is_one_however_it_is_spelt_there() -> None:
    expected = expected_of(code("uk_postcode"), LISTS)
    assert expected is not None
    assert expected.listed == ("M145AB", "OL11AA")
    assert expected.gaps == {-3}
    assert expected.holds("M145AB")
    assert not expected.holds("Q145AB")


def test_a_copy_code_must_keep_its_check_character() -> None:
    expected = expected_of(code("copy_code"), LISTS)
    assert expected is not None
    assert expected.listed is None
    held = [f"K7PM4TX{last}" for last in "34679CFHJKMPRTWXY" if expected.holds(f"K7PM4TX{last}")]
    assert len(held) == 1


def test_a_look_alike_is_not_exchanged_in_silence() -> None:
    expected = expected_of(code("A99"), LISTS)
    assert expected is not None
    assert not expected.holds("AO1")


def test_a_day_is_of_the_calendar_and_within_its_bounds() -> None:
    expected = expected_of(Date(id="one", kind="date", ask="When?", earliest=date(2026, 2, 27), latest="today"), LISTS)
    assert expected is not None
    assert expected.listed is not None
    assert expected.listed[:3] == ("27022026", "28022026", "01032026")
    assert expected.listed[-1] == "26112026"


@pytest.mark.parametrize(("spelling", "holds"), [("5", True), ("120", True), ("121", False), ("4", False)])
def test_a_number_is_within_its_range(spelling: str, holds: bool) -> None:
    expected = expected_of(Number(id="one", kind="number", ask="How many?", minimum=5, maximum=120), LISTS)
    assert expected is not None
    assert expected.holds(spelling) is holds
    assert expected.masks == ("9", "99", "999")


def test_a_comment_has_no_cells() -> None:
    assert expected_of(Comment(id="one", kind="comment", ask="What?"), LISTS) is None
