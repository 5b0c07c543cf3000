"""The numbers under *Paper* in the domain's accessibility rules, measured in the finished PDFs."""

import statistics
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest

from forms import wording
from forms.landlord import Landlord
from forms.layout.model import Field, Kind
from forms.paper.editions import EditionName
from tests.forms.paper import EVERY_KIND, Case, form_named, printing, sheets, slips
from tests.forms.paper.area import MM, Area
from tests.forms.paper.findings import foot_top
from tests.forms.paper.seen import Seen, area_of, pages
from tests.forms.paper.whole import foot_words, numbered_pages
from tests.forms.paper.words import Word

BODY_PT = {EditionName.CLEAR: 14, EditionName.LARGE: 18, EditionName.GIANT: 24}
FOOT_PT = 12

LINE_CLEAR_MM = 1.2
"""White between two cells of a comb."""

ROW_MM = 12.0
RULES_APART_MM = 10.0
RULED_LINES_MIN = 5

LINE_LETTERS = (60, 70)
"""Letters and blanks in a full line of prose."""

MEASURED_MM = 0.05
"""What a length read from a PDF may be off by."""

FAMILIES = [EVERY_KIND._replace(edition=edition) for edition in EditionName]
COUNTED = [Case("tsm-2026-27", language, edition) for language in ("en", "pl") for edition in EditionName]


def body(case: Case) -> Iterator[Word]:
    """Give the words of a printing above the feet of its pages."""
    for page in pages(case):
        top = foot_top(page, Landlord().return_address.split()[0])
        yield from (word for word in page.words if top is None or word.area.bottom <= top)


def frame_around(page: Seen, box: Area) -> list[Area]:
    """Give the lines that touch a box's edges."""
    return [line for line in page.lines if line.meets(box.grown(0.3)) and not line.lies_in(box)]


def combs(case: Case) -> Iterator[tuple[Seen, Field]]:
    for page in pages(case):
        yield from ((page, field) for field in page.fields if field.comb_cells)


@pytest.mark.parametrize("case", [*sheets(), *slips()], ids=str)
def test_no_type_is_smaller_than_its_editions_and_none_is_slanted(case: Case) -> None:
    sizes = Counter(word.size_pt for word in body(case))
    assert min(sizes) >= BODY_PT[case.edition]
    assert sizes.most_common(1)[0][0] == BODY_PT[case.edition]
    words = [word for page in pages(case) for word in page.words]
    assert min(word.size_pt for word in words) >= FOOT_PT
    assert not [word for word in words if word.slanted]
    assert {word.font.split("+")[-1].split("-")[0] for word in words} <= {"Sayso", "SaysoArabic"}


@pytest.mark.parametrize("case", sheets(), ids=str)
def test_no_runs_of_capitals_are_set(case: Case) -> None:
    words = [word.text for word in body(case) if not word.mixes and len(word.text) > 3]
    capitals = [word for word in words if word.isalpha() and word.isupper()]
    assert set(capitals) <= {"MELTON", "HOUSING"}  # the address of the post's free service is written so


@pytest.mark.parametrize("case", [*sheets(), *slips()], ids=str)
def test_tick_boxes_are_squares_of_six_to_eight_mm_with_a_line_of_a_point(case: Case) -> None:
    for page in pages(case):
        for field in page.ticks:
            box = area_of(field)
            assert 6 <= round(box.width, 2) <= 8
            assert box.height == pytest.approx(box.width, abs=MEASURED_MM)
            sides = [line for line in frame_around(page, box) if line.lies_in(box.grown(0.5))]
            assert len(sides) == 4, f"{field.name} has {len(sides)} sides"
            assert [min(side.width, side.height) for side in sides] == pytest.approx([MM] * 4, abs=0.02)


@pytest.mark.parametrize("case", sheets(), ids=str)
def test_rows_of_answers_are_twelve_mm_apart(case: Case) -> None:
    for page in pages(case):
        tops = sorted(round(area_of(field).top, 1) for field in page.ticks)
        steps = [below - above for above, below in pairwise(tops) if below - above > 1]
        assert min(steps, default=ROW_MM) >= ROW_MM - MEASURED_MM


@pytest.mark.parametrize("case", [*FAMILIES, Case("after-repair"), Case("void-inspection")], ids=str)
def test_comb_cells_are_seven_by_nine_mm_with_white_between_them(case: Case) -> None:
    found = 0
    for page, field in combs(case):
        box = area_of(field)
        uprights = sorted(line for line in page.lines if line.meets(box) and line.width < 0.5 < line.height)
        assert len(uprights) == 2 * (field.comb_cells or 0)
        inner = [right.left - left.right for left, right in zip(uprights[::2], uprights[1::2], strict=True)]
        white = [right.left - left.right for left, right in zip(uprights[1::2], uprights[2::2], strict=False)]
        assert inner == pytest.approx([7] * len(inner), abs=MEASURED_MM)
        assert min(white, default=LINE_CLEAR_MM) >= LINE_CLEAR_MM - 1e-3
        assert box.height == pytest.approx(9, abs=MEASURED_MM)
        assert [line.height - 2 * line.width for line in uprights] == pytest.approx([9] * len(uprights), abs=0.1)
        found += 1
    assert found


@pytest.mark.parametrize("case", FAMILIES, ids=str)
def test_each_part_of_a_comb_field_is_one_cell(case: Case) -> None:
    """Viewers share a field's width out evenly, and each share holds one printed cell in its middle."""
    for page, field in combs(case):
        box, cells = area_of(field), field.comb_cells or 1
        uprights = sorted(line for line in page.lines if line.meets(box) and line.width < 0.5 < line.height)
        middles = [(left.right + right.left) / 2 for left, right in zip(uprights[::2], uprights[1::2], strict=True)]
        shares = [box.left + (at + 0.5) * box.width / cells for at in range(cells)]
        assert middles == pytest.approx(shares, abs=MEASURED_MM)


@pytest.mark.parametrize("case", FAMILIES, ids=str)
def test_a_date_is_asked_in_day_month_and_year(case: Case) -> None:
    form = form_named(case.form)
    dates = [question.id for question in form.questions if question.kind == "date"]
    cells = {field.name: field.comb_cells for _, field in combs(case)}
    places = {field.name: area_of(field) for _, field in combs(case)}
    assert dates
    for name in dates:
        assert [cells[f"{name}/{part}"] for part in ("day", "month", "year")] == [2, 2, 4]
        day, month, year = (places[f"{name}/{part}"] for part in ("day", "month", "year"))
        assert (day.top, day.left) < (month.top, month.left) < (year.top, year.left)


@pytest.mark.parametrize("case", [*sheets(), *slips()], ids=str)
def test_a_comment_box_has_five_lines_ten_mm_apart(case: Case) -> None:
    comments = {question.id for question in form_named(case.form).questions if question.kind == "comment"}
    for page in pages(case):
        for field in (field for field in page.fields if field.name in comments):
            box = area_of(field)
            rules = [line for line in page.lines if line.lies_in(box) and line.height < 0.4 < line.width]
            tops = [box.top, *sorted(rule.top for rule in rules), box.bottom]
            assert len(tops) - 1 >= RULED_LINES_MIN
            assert [low - high for high, low in pairwise(tops)] == pytest.approx(
                [RULES_APART_MM] * len(tops[1:]), abs=0.2
            )


def full_lines(case: Case) -> list[int]:
    """Give the letters and blanks of each line of prose that another line follows."""
    lengths = []
    for page in pages(case):
        lines: dict[float, list[Word]] = {}
        for word in page.words:
            if word.size_pt == BODY_PT[case.edition]:
                lines.setdefault(round(word.baseline, 1), []).append(word)
        for (height, words), (below, next_words) in pairwise(sorted(lines.items())):
            goes_on = below - height < 1.6 * BODY_PT[case.edition] * MM
            starts = min(word.area.left for word in words), min(word.area.left for word in next_words)
            reach = max(word.area.right for word in words) - min(starts)
            if goes_on and abs(starts[0] - starts[1]) < 1 and reach > 0.85 * (page.sheet.width - 40):
                lengths.append(len(" ".join(word.text for word in words)))
    return lengths


def test_full_lines_of_prose_have_sixty_to_seventy_letters_in_clear_print() -> None:
    lengths = [length for case in sheets() if case[1:3] == ("en", EditionName.CLEAR) for length in full_lines(case)]
    assert len(lengths) > 100
    assert LINE_LETTERS[0] <= statistics.median(lengths) <= LINE_LETTERS[1]


@pytest.mark.parametrize("case", sheets(), ids=str)
def test_lines_begin_at_one_place_and_end_ragged(case: Case) -> None:
    """So Arabic's do, from the right; justified or centred lines would not."""
    lines = [area for page in pages(case) for area in line_areas(page, BODY_PT[case.edition])]
    lefts, rights = Counter(round(area.left) for area in lines), Counter(round(area.right) for area in lines)
    starts, ends = (rights, lefts) if case.language == "ar" else (lefts, rights)
    assert sum(count for _, count in starts.most_common(8)) >= 0.7 * len(lines)
    assert ends.most_common(1)[0][1] <= 0.3 * len(lines)


def line_areas(page: Seen, size_pt: float) -> list[Area]:
    """Give each line of body type that goes over more than half of the text's width."""
    lines: dict[float, list[Area]] = {}
    for word in page.words:
        if word.size_pt == size_pt:
            lines.setdefault(round(word.baseline, 1), []).append(word.area)
    whole = (Area(min(a.left for a in it), it[0].top, max(a.right for a in it), it[0].bottom) for it in lines.values())
    return [area for area in whole if area.width > 0.5 * page.sheet.width]


@pytest.mark.parametrize("case", [*sheets(), *slips()], ids=str)
def test_every_page_says_what_it_is_and_where_to_turn(case: Case) -> None:
    blank = printing(case).blank_pages
    for page in pages(case):
        if page.number not in blank and case.language != "ar":
            assert Counter(foot_words(case, page.number)) <= Counter(page.text.split())


@pytest.mark.parametrize("case", COUNTED, ids=str)
def test_the_torn_off_part_starts_a_sheet_and_counts_for_nothing(case: Case) -> None:
    made = printing(case)
    assert made.torn_off_pages
    assert made.torn_off_pages[0] % 2 == 1
    assert set(made.torn_off_pages) | set(made.blank_pages) >= set(range(made.torn_off_pages[0], made.pages + 1))
    assert numbered_pages(case) == list(range(1, len(numbered_pages(case)) + 1))
    count = wording.say("page_of", case.language, page=1, pages=len(numbered_pages(case))).split()
    for page in pages(case):
        text = page.text.replace("\xa0", " ")
        assert (" ".join(count[-2:]) in text) == (page.number in numbered_pages(case))


@pytest.mark.parametrize("case", COUNTED, ids=str)
def test_a_detachable_sheet_ends_with_its_own_back(case: Case) -> None:
    assert printing(case).pages % 2 == 0


@pytest.mark.parametrize("case", [*COUNTED, EVERY_KIND], ids=str)
def test_blank_pages_carry_nothing(case: Case) -> None:
    blank = [page for page in pages(case) if page.number in printing(case).blank_pages]
    assert [(page.words, page.drawn, page.fields) for page in blank] == [((), (), ())] * len(blank)


def test_every_kind_of_question_gets_its_own_fields() -> None:
    kinds = {field.name: field.kind for page in pages(EVERY_KIND) for field in page.fields}
    assert kinds["overall"] is Kind.RADIO
    assert kinds["topics/homes"] is Kind.CHECK
    assert {name for name in kinds if name.startswith("reach/")} == {"reach/name", "reach/phone", "reach/email"}
