"""Pages are put together by copy, in whatever order they come; what is missing, double or foreign is named."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from scanning.printings import Printed
from scanning.readings import PageReading, Reason, Refusal, SetAside
from scanning.sheets import CopyReading, Received, copies
from tests.forms import every_kind
from tests.scanning.made import OTHER, PRINTING, page, printed

ONE, TWO = "K7PM 4TXE", "3PRC 6W39"
UNREAD = SetAside(Refusal.NO_CODE, "No code.")
BLANK = SetAside(Refusal.BLANK_PAGE, "Blank.")
PRINTINGS = {PRINTING: printed(), OTHER: printed(OTHER)}

Outcome = PageReading | SetAside


def first(copy: str | None, answer: str | None = "yes") -> PageReading:
    return page(1, copy, {"repair": answer})


def second(copy: str | None, answer: str | None = "phone") -> PageReading:
    return page(2, copy, {"way": answer})


def third(copy: str | None) -> PageReading:
    return page(3, copy, {})


def torn_off() -> PageReading:
    return page(5, None, {"age": "over"})


def files(**named: Sequence[Outcome]) -> list[Received]:
    return [Received(name, index, one) for name, outcomes in named.items() for index, one in enumerate(outcomes)]


def put_together(**named: Sequence[Outcome]) -> list[CopyReading]:
    return copies(files(**named), PRINTINGS)


def pages_of(found: list[CopyReading]) -> list[tuple[int, ...]]:
    return [copy.pages for copy in found]


def reasons(copy: CopyReading) -> list[tuple[str, Reason]]:
    return [(doubt.question, doubt.reason) for doubt in copy.doubts]


def test_pages_of_a_copy_are_put_together_over_files_in_any_order() -> None:
    found = put_together(a=[second(ONE), first(TWO, "no")], b=[BLANK, first(ONE)], c=[third(ONE)])
    assert [(copy.copy, copy.pages, copy.files) for copy in found] == [
        (ONE, (1, 2, 3), ("b", "a", "c")),
        (TWO, (1,), ("a",)),
    ]
    assert found[0].answers == {"repair": "yes", "way": "phone"}
    assert found[0].doubts == ()


@given(order=st.permutations(range(6)))
def test_the_order_of_pages_changes_nothing_of_what_copies_say(order: list[int]) -> None:
    pages = [first(ONE), second(ONE), third(ONE), first(TWO, "no"), second(TWO, None), third(TWO)]
    found = put_together(**{f"f{place}": [pages[place]] for place in order})
    assert {copy.copy: (copy.pages, copy.missing, copy.answers) for copy in found} == {
        ONE: ((1, 2, 3), (), {"repair": "yes", "way": "phone"}),
        TWO: ((1, 2, 3), (), {"repair": "no", "way": None}),
    }


def test_only_pages_with_something_to_fill_in_are_missed() -> None:
    [copy] = put_together(a=[first(ONE)])
    assert copy.missing == (2,)


def test_an_answer_that_another_page_leads_past_is_doubted() -> None:
    [copy] = put_together(a=[first(ONE, "no"), second(ONE)])
    assert copy.answers == {"repair": "no", "way": None}
    assert reasons(copy) == [("way", Reason.NOT_ASKED)]


def test_a_page_that_came_twice_is_told_with_both_places_even_if_both_agree() -> None:
    [copy] = put_together(a=[first(ONE), second(ONE)], b=[first(ONE)])
    assert copy.double == (1,)
    assert copy.answers == {"repair": "yes", "way": "phone"}
    [doubt] = copy.doubts
    assert (doubt.question, doubt.reason) == ("", Reason.DOUBLE_PAGE)
    assert doubt.detail == "Page 1 of this copy came more than once: a (1), b (1)."


def test_a_page_that_came_often_names_the_first_places() -> None:
    [copy] = put_together(a=[first(ONE)] * 7)
    assert copy.doubts[0].detail.endswith("more than once: a (1), a (2), a (3), a (4) and 3 more.")


def test_two_answers_of_a_page_that_came_twice_are_no_answer() -> None:
    [copy] = put_together(a=[first(ONE), second(ONE)], b=[first(ONE, "dont_know")])
    assert copy.answers == {"repair": None, "way": "phone"}
    assert reasons(copy) == [("repair", Reason.CAME_TWICE), ("", Reason.DOUBLE_PAGE)]


def test_a_blank_and_a_doubted_scan_of_one_page_differ() -> None:
    [copy] = put_together(a=[page(1, ONE, {"repair": "yes"}, faint=True)], b=[first(ONE, None)])
    assert reasons(copy) == [("repair", Reason.CAME_TWICE), ("", Reason.DOUBLE_PAGE)]


def test_an_answer_that_is_doubted_in_the_second_scan_is_doubted() -> None:
    [copy] = put_together(a=[first(ONE)], b=[page(1, ONE, {"repair": "yes"}, faint=True)])
    assert copy.answers["repair"] is None
    assert ("repair", Reason.CAME_TWICE) in reasons(copy)


def test_a_doubt_that_both_scans_share_keeps_its_reason() -> None:
    faint = page(1, ONE, {"repair": "yes"}, faint=True)
    [copy] = put_together(a=[faint], b=[faint])
    assert reasons(copy) == [("repair", Reason.FAINT), ("", Reason.DOUBLE_PAGE)]


def test_a_page_of_another_printing_with_the_copys_code_is_foreign_and_answers_nothing() -> None:
    [copy] = put_together(a=[first(ONE), third(ONE)], b=[page(2, ONE, {"way": "online"}, printing=OTHER)])
    assert [one.file for one in copy.foreign] == ["b"]
    assert copy.answers == {"repair": "yes"}
    assert copy.missing == (2,)
    assert reasons(copy) == [("", Reason.FOREIGN_PAGE)]
    assert "b (1)" in copy.doubts[0].detail


def test_what_is_torn_off_is_a_copy_by_itself_of_which_nothing_is_missing() -> None:
    found = put_together(a=[first(ONE), second(ONE), third(ONE), torn_off()])
    assert [(copy.copy, copy.pages, copy.missing) for copy in found] == [(ONE, (1, 2, 3), ()), (None, (5,), ())]


def test_a_file_without_copy_codes_is_one_copy() -> None:
    found = put_together(a=[second(None), BLANK, first(None)], b=[first(None)])
    assert pages_of(found) == [(1, 2), (1,)]
    assert found[1].missing == (2,)


def test_a_stack_without_copy_codes_is_cut_into_whole_copies() -> None:
    found = put_together(
        a=[first(None), second(None), third(None), BLANK, first(None, "no"), third(None), second(None)]
    )
    assert pages_of(found) == [(1, 2, 3), (1, 2, 3)]
    assert [copy.answers["repair"] for copy in found] == ["yes", "no"]


def test_a_page_that_could_not_be_read_holds_its_place_in_a_stack() -> None:
    found = put_together(a=[first(None), UNREAD, third(None), first(None, "no"), second(None), third(None)])
    assert pages_of(found) == [(1, 3), (1, 2, 3)]


def test_pages_of_a_stack_whose_owner_nobody_can_tell_stay_by_themselves() -> None:
    by_number = put_together(a=[first(None), first(None), second(None), second(None), third(None), third(None)])
    assert pages_of(by_number) == [(1,), (1,), (2,), (2,), (3,), (3,)]
    one_short = put_together(a=[first(None), second(None), third(None), first(None), third(None)])
    assert pages_of(one_short) == [(1,), (2,), (3,), (1,), (3,)]


def test_torn_off_pages_among_several_copies_are_not_joined() -> None:
    long = Printed("7777XXXX", every_kind(), 8, frozenset({1, 5, 6, 7}), frozenset({5, 6, 7}), frozenset())
    fives, sixes = (page(number, None, {}, printing=long.name) for number in (5, 6))
    one, two = (page(1, code, {"repair": "yes"}, printing=long.name) for code in (ONE, TWO))
    several = copies(files(a=[one, fives, two, sixes]), {long.name: long})
    assert pages_of(several) == [(1,), (5,), (1,), (6,)]
    single = copies(files(a=[one, fives, sixes]), {long.name: long})
    assert pages_of(single) == [(1,), (5, 6)]


def test_typed_pages_keep_their_answers_as_they_are() -> None:
    typed = PageReading(PRINTING, "every-kind", "1", 1, None, 0, 0, (), (), {"repair": "yes"}, (), typed=True)
    [copy] = put_together(a=[typed])
    assert copy.answers == {"repair": "yes"}


def test_nothing_read_gives_no_copy() -> None:
    assert put_together(a=[UNREAD, BLANK]) == []


def test_a_stray_page_in_a_stack_never_puts_two_peoples_pages_together() -> None:
    found = put_together(
        a=[first(None), UNREAD, second(None), third(None), first(None), second(None), third(None), UNREAD, UNREAD]
    )
    assert all(len(copy.pages) == 1 for copy in found)


def test_what_is_doubted_on_both_of_two_same_pages_stays_doubted() -> None:
    doubted = page(1, ONE, {"repair": "yes"}, faint=True)
    found = put_together(a=[doubted], b=[doubted])
    assert found[0].answers["repair"] is None
    assert "repair" in {question for question, _ in reasons(found[0])}
