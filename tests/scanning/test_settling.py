"""A copy is judged by all of its pages: routing, a person's way, lists over two pages, pages that lie badly."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.layout.model import Kind
from forms.loading import parse_form
from forms.paper.fields import PART
from scanning.readings import Answer, Doubt, MarkFeatures, MarkReading, PageReading, Reason, State, StrayInk
from scanning.settling import Measured, question_name, settle, settled
from tests.forms import EVERY_KIND, every_kind
from tests.scanning.made import OPTIONS, PRINTING

EMPTY = MarkFeatures()
TICK = MarkFeatures(ink=0.12, extent=0.9, flat=0.8, dark=0.8)
SOLID = MarkFeatures(ink=0.97, extent=1.0, flat=1.0, least_cell=0.93, dark=0.95)

RADIOS = {**OPTIONS, "overall": ("very_satisfied", "neither", "very_dissatisfied")}
TOPICS = ("homes", "gardens", "safety", "none_of_these")
WELL_MM, BADLY_MM = 0.02, 1.0


def radios(question: str, **held: MarkFeatures) -> list[MarkReading]:
    """Give the boxes of a question, blank but for those named."""
    return [_box(question, Kind.RADIO, option, held.get(option, EMPTY)) for option in RADIOS[question]]


def topics(*options: str, ticked: Sequence[str]) -> list[MarkReading]:
    """Give some of the boxes of the list, with these ticked."""
    return [_box(f"topics{PART}{one}", Kind.CHECK, one, TICK if one in ticked else EMPTY) for one in options]


def _box(name: str, kind: Kind, option: str, features: MarkFeatures) -> MarkReading:
    return MarkReading(name, kind, option, State.BLANK, features, 1.0, (0.0, 0.0, 30.0, 30.0))


def page(number: int, *questions: Sequence[MarkReading], residual_mm: float = WELL_MM) -> PageReading:
    marks = tuple(mark for question in questions for mark in question)
    return PageReading(PRINTING, "every-kind", "1", number, "K7QX", 0.0, residual_mm, marks, (), {}, ())


def copy(*pages: PageReading) -> tuple[Mapping[str, Answer], dict[str, Reason]]:
    """Give the answers of a copy, and the reasons of its doubts."""
    answers, doubts = settled(every_kind(), pages)
    return answers, {doubt.question: doubt.reason for doubt in doubts}


def test_every_question_with_boxes_has_an_answer_or_is_blank() -> None:
    first = page(1, radios("repair", yes=TICK), radios("overall", neither=TICK))
    answers, doubts = copy(first, page(2, radios("way"), topics(*TOPICS, ticked=["homes", "safety"])))
    assert answers == {"repair": "yes", "overall": "neither", "way": None, "topics": ("homes", "safety")}
    assert doubts == {}


def test_a_question_that_an_answer_leads_past_is_doubted_when_it_is_answered() -> None:
    answers, doubts = copy(page(1, radios("repair", no=TICK), radios("overall", neither=TICK)))
    assert doubts == {"overall": Reason.NOT_ASKED}
    assert answers == {"repair": "no", "overall": None}


def test_a_question_that_an_answer_leads_past_may_be_blank() -> None:
    answers, doubts = copy(page(1, radios("repair", no=TICK), radios("overall")))
    assert (answers["repair"], answers["overall"], doubts) == ("no", None, {})


@pytest.mark.parametrize(("said", "reason"), [("yes", None), ("dont_know", None), ("no", Reason.NOT_ASKED)])
def test_an_answer_may_lead_over_the_page(said: str, reason: Reason | None) -> None:
    first, second = page(1, radios("repair", **{said: TICK})), page(2, radios("way", phone=TICK))
    answers, doubts = copy(first, second)
    assert doubts.get("way") is reason
    assert answers["way"] == (None if reason else "phone")
    assert copy(second, first) == (answers, doubts)


def test_nothing_leads_past_a_question_while_the_page_that_would_is_missing() -> None:
    answers, doubts = copy(page(2, radios("way", phone=TICK)))
    assert (answers, doubts) == ({"way": "phone"}, {})


def test_what_was_answered_though_the_question_before_is_blank_is_doubted() -> None:
    assert copy(page(1, radios("repair"), radios("way", online=TICK)))[1] == {"way": Reason.NOT_ASKED}


def test_what_hangs_on_an_answer_that_was_led_past_is_led_past_too() -> None:
    text = EVERY_KIND.read_text(encoding="utf-8")
    chain = text.replace("{repair: [yes, dont_know]}", "{overall: very_satisfied}")
    chained = parse_form(chain.encode(), EVERY_KIND.name)
    boxes = [radios("repair", no=TICK), radios("overall", very_satisfied=TICK), radios("way", phone=TICK)]
    _, doubts = settled(chained, [page(1, *boxes)])
    assert {doubt.question: doubt.reason for doubt in doubts} == dict.fromkeys(("overall", "way"), Reason.NOT_ASKED)


def test_a_list_over_two_pages_is_one_answer() -> None:
    first, second = topics("homes", "gardens", ticked=["gardens"]), topics("safety", "none_of_these", ticked=["safety"])
    assert copy(page(1, first), page(2, second)) == ({"topics": ("gardens", "safety")}, {})
    assert copy(page(2, second), page(1, first)) == ({"topics": ("gardens", "safety")}, {})


def test_a_list_over_two_pages_is_counted_over_both() -> None:
    first = topics("homes", "gardens", ticked=["homes", "gardens"])
    assert copy(page(1, first), page(2, topics("safety", ticked=["safety"])))[1] == {"topics": Reason.TOO_MANY}


def test_an_answer_that_stands_alone_is_doubted_beside_one_on_another_page() -> None:
    first, second = topics("homes", "gardens", ticked=["homes"]), topics("none_of_these", ticked=["none_of_these"])
    assert copy(page(1, first), page(2, second))[1] == {"topics": Reason.STANDS_ALONE}
    assert copy(page(2, second)) == ({"topics": ("none_of_these",)}, {})


def test_a_persons_way_on_one_page_tells_what_a_filled_box_on_another_means() -> None:
    filled = page(5, radios("age", under=SOLID))
    fills = page(1, radios("repair", yes=SOLID), radios("overall", neither=SOLID))
    ticks = page(1, radios("repair", yes=TICK), radios("overall", neither=TICK))
    assert copy(fills, filled)[0]["age"] == "under"
    assert copy(ticks, filled)[1] == {"age": Reason.TAKEN_BACK}


def test_everything_on_a_page_that_lies_badly_is_doubted_and_nothing_on_the_others() -> None:
    bad = page(1, radios("repair", yes=TICK), radios("overall"), residual_mm=BADLY_MM)
    answers, doubts = copy(bad, page(5, radios("age", over=TICK)))
    assert doubts == {"repair": Reason.MISALIGNED, "overall": Reason.MISALIGNED}
    assert answers == {"repair": None, "overall": None, "age": "over"}


def test_a_list_is_doubted_when_one_of_its_two_pages_lies_badly() -> None:
    first = page(1, topics("homes", "gardens", ticked=["homes"]))
    assert copy(first, page(2, topics("safety", ticked=[]), residual_mm=BADLY_MM))[1] == {"topics": Reason.MISALIGNED}


def test_all_boxes_of_a_question_doubted_for_its_page_are_doubtful() -> None:
    boxes = radios("repair", yes=TICK)
    verdict = settle(every_kind(), [Measured(boxes, [box.features for box in boxes], BADLY_MM)])["repair"]
    assert verdict.states == (State.DOUBTFUL,) * 3
    assert isinstance(verdict.doubt, Doubt)


def test_the_boxes_of_a_list_share_the_name_before_the_part() -> None:
    assert {question_name(box) for box in topics(*TOPICS, ticked=[])} == {"topics"}
    assert question_name(_box(f"reach{PART}best", Kind.RADIO, "phone", EMPTY)) == f"reach{PART}best"


@given(st.permutations([1, 2, 5]), st.sampled_from(RADIOS["repair"]), st.sampled_from(RADIOS["way"]))
def test_the_order_in_which_pages_come_changes_nothing(order: list[int], repair: str, way: str) -> None:
    pages = {
        1: page(1, radios("repair", **{repair: TICK}), topics("homes", ticked=["homes"])),
        2: page(2, radios("way", **{way: TICK}), topics("safety", ticked=["safety"])),
        5: page(5, radios("age", over=TICK)),
    }
    assert copy(*(pages[number] for number in order)) == copy(*pages.values())


# A pen that a black-and-white scan has lost.

BROKEN = MarkFeatures(ink=0.05, extent=0.6, flat=0.5, dark=1.0, trace_mm2=0.3)


def harsh(one: PageReading) -> PageReading:
    """Give a page as a scan that knows only black and white shows it."""
    return replace(one, is_harsh=True)


def test_blank_questions_of_a_black_and_white_page_on_which_nothing_is_marked_are_doubted() -> None:
    answers, doubts = copy(harsh(page(1, radios("repair"), radios("overall"), topics(*TOPICS, ticked=[]))))
    assert set(answers.values()) == {None}
    assert set(doubts) == {"repair", "overall", "topics"}  # also the one that only a lost "yes" would lead to
    assert set(doubts.values()) == {Reason.NEARLY_BLANK}


def test_the_same_page_in_grey_is_blank_as_a_faint_mark_would_show() -> None:
    _, doubts = copy(page(1, radios("repair"), topics(*TOPICS, ticked=[])))
    assert doubts == {}


def test_a_blank_black_and_white_page_is_blank_where_the_pen_shows_on_the_other_pages() -> None:
    _, doubts = copy(
        harsh(page(1, radios("repair", yes=TICK), radios("way", phone=TICK))),
        harsh(page(2, topics("homes", "gardens", ticked=[]))),
    )
    assert doubts == {}


def test_everything_is_doubted_where_a_black_and_white_scan_breaks_the_pen_up() -> None:
    answers, doubts = copy(harsh(page(1, radios("repair", no=BROKEN), radios("way", phone=BROKEN))))
    assert answers == {"repair": None, "way": None}
    assert doubts == {"repair": Reason.FADED, "way": Reason.FADED}


def test_broken_strokes_in_grey_are_judged_one_by_one() -> None:
    answers, _ = copy(page(1, radios("repair", yes=BROKEN), radios("way", phone=BROKEN)))
    assert answers == {"repair": "yes", "way": "phone"}


MIXED = (radios("way", phone=BROKEN), topics(*TOPICS, ticked=[]), radios("age", over=replace(BROKEN, trace_mm2=0.5)))


def test_a_whole_mark_alone_is_an_answer_where_a_black_and_white_scan_breaks_some_marks_up() -> None:
    answers, doubts = copy(harsh(page(1, radios("repair", yes=TICK), radios("overall", neither=TICK), *MIXED)))
    assert answers == {"repair": "yes", "overall": "neither", "way": None, "topics": None, "age": None}
    assert doubts == dict.fromkeys(("way", "topics", "age"), Reason.FADED)


@pytest.mark.parametrize(
    "other", [replace(EMPTY, trace_mm2=0.03), replace(EMPTY, speck_mm2=0.08), replace(EMPTY, ring=0.25)]
)
def test_anything_in_another_box_may_be_left_of_a_broken_mark(other: MarkFeatures) -> None:
    twice = radios("repair", yes=TICK, no=other)
    assert copy(harsh(page(1, twice, radios("overall", neither=TICK), *MIXED)))[1]["repair"] is Reason.FADED


def test_a_list_with_a_whole_mark_may_have_lost_another() -> None:
    listed = topics(*TOPICS, ticked=["homes"])
    broken = radios("way", phone=BROKEN), radios("age", over=BROKEN)
    _, doubts = copy(harsh(page(1, radios("repair", yes=TICK), radios("overall", neither=TICK), listed, *broken)))
    assert doubts == dict.fromkeys(("topics", "way", "age"), Reason.FADED)


def test_what_a_whole_mark_leads_past_may_be_blank_where_others_are_broken_up() -> None:
    led_past, broken = (radios("repair", no=TICK), radios("overall")), [radios("age", over=BROKEN)]
    more = topics(*TOPICS, ticked=["homes"])
    lost = [_box("reach", Kind.RADIO, "post", BROKEN)]
    assert "overall" not in copy(harsh(page(1, *led_past, more, *broken, lost)))[1]
    too_much_lost = copy(harsh(page(1, *led_past, *broken, lost)))[1]
    assert too_much_lost["overall"] is too_much_lost["repair"] is Reason.FADED


UNEVEN = [replace(TICK, speck_mm2=0.08)] * 2
"""Marks of a pen that leaves specks beside them: it may have left nothing of another."""


def test_where_a_pen_is_uneven_one_clear_mark_is_an_answer_and_blank_is_none() -> None:
    marks = page(1, radios("repair", yes=UNEVEN[0]), radios("overall", neither=UNEVEN[1]), radios("way"))
    assert copy(marks)[1] == {}
    answers, doubts = copy(harsh(marks))
    assert (answers["repair"], answers["overall"]) == ("yes", "neither")
    assert doubts == {"way": Reason.FADED}


def test_where_a_pen_is_uneven_a_list_may_lack_an_answer() -> None:
    listed = topics(*TOPICS, ticked=["homes"])
    marks = page(1, radios("repair", yes=UNEVEN[0]), radios("overall", neither=UNEVEN[1]), listed)
    assert copy(harsh(marks))[1] == {"topics": Reason.FADED}


def test_a_page_that_lost_more_than_the_others_is_judged_by_itself() -> None:
    stump = replace(TICK, ink=0.02, extent=0.2)
    clear = page(
        1, *([_box(f"q{at}", Kind.RADIO, "yes", TICK), _box(f"q{at}", Kind.RADIO, "no", EMPTY)] for at in range(30))
    )
    worse = page(2, topics(*TOPICS, ticked=[]), *([_box(f"r{at}", Kind.RADIO, "yes", stump)] for at in range(3)))
    assert copy(harsh(clear), harsh(worse))[1]["topics"] is Reason.FADED
    assert "topics" not in copy(clear, worse)[1]


def test_blank_questions_are_doubted_where_one_page_is_faded_and_nearly_nothing_stands_on_the_others() -> None:
    stump = replace(TICK, ink=0.02, extent=0.2)
    worse = page(1, *([_box(f"r{at}", Kind.RADIO, "yes", stump)] for at in range(3)))
    marked = ([_box(f"q{at}", Kind.RADIO, "yes", TICK), _box(f"q{at}", Kind.RADIO, "no", EMPTY)] for at in range(24))
    blank = ([_box(f"e{at}", Kind.RADIO, "yes", EMPTY), _box(f"e{at}", Kind.RADIO, "no", EMPTY)] for at in range(110))
    answers, doubts = copy(harsh(worse), harsh(page(2, *marked, *blank)))
    assert {doubts.pop(f"r{at}") for at in range(3)} == {Reason.FADED}
    assert set(doubts) == {f"e{at}" for at in range(110)}
    assert set(doubts.values()) == {Reason.NEARLY_BLANK}
    assert answers["q0"] == "yes"


def test_a_choice_over_two_pages_is_looked_at_page_by_page() -> None:
    boxes = [_box("repair", Kind.RADIO, option, EMPTY) for option in RADIOS["repair"]]
    first = harsh(page(1, [replace(boxes[0], features=UNEVEN[0])], *([_box("way", Kind.RADIO, "phone", UNEVEN[1])],)))
    second = harsh(page(2, boxes[1:], radios("age", over=UNEVEN[0])))
    answers, doubts = copy(first, second)
    assert (answers["repair"], answers["age"]) == ("yes", "over")
    assert "repair" not in doubts


# Ink outside of the boxes.


def with_stray(one: PageReading, question: str, stray: StrayInk) -> PageReading:
    """Give a page with ink in a question's area, but in none of its boxes."""
    return replace(one, strays={question: stray})


def test_a_mark_on_the_words_of_an_answer_is_doubted() -> None:
    there = with_stray(page(1, radios("repair")), "repair", StrayInk(4.0, 6.0, dark=0.8))
    assert copy(there)[1] == {"repair": Reason.BESIDE}


def test_dirt_beside_the_boxes_is_not_doubted() -> None:
    there = with_stray(page(1, radios("repair")), "repair", StrayInk(0.3, 0.8, dark=0.8))
    assert copy(there)[1] == {}


def test_ink_far_lighter_than_the_persons_pen_is_not_their_mark() -> None:
    three = page(1, radios("repair"), radios("overall", neither=TICK), radios("way", phone=TICK))
    shining_through = StrayInk(4.0, 6.0, dark=0.2)
    assert copy(with_stray(three, "repair", shining_through))[1].get("repair") is None
    assert copy(with_stray(three, "repair", replace(shining_through, dark=0.7)))[1]["repair"] is Reason.BESIDE
