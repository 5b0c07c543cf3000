"""The scanner's health, judged over the pages of a batch."""

from random import Random

from server.batches.health import Health, PageFact, Streak, health_of


def pages(count: int, **more: object) -> list[PageFact]:
    chance = Random(4)
    return [PageFact(number, chance.gauss(0, 0.4), 245, 30, **more) for number in range(1, count + 1)]  # type: ignore[arg-type]


def with_line(facts: list[PageFact], at_mm: float, every: int = 1, dark: float = 0.3) -> list[PageFact]:
    chance = Random(9)
    marked = []
    for number, one in enumerate(facts):
        place = at_mm + chance.uniform(-0.3, 0.3)
        more = (Streak(place / 210, place, dark),) if number % every == 0 else ()
        marked.append(PageFact(one.page_id, one.skew_deg, one.paper, one.print, (*one.streaks, *more), one.has_picture))
    return marked


def health(facts: list[PageFact]) -> Health:
    found = health_of(facts)
    assert found is not None
    return found


def test_of_a_sound_scanner_nothing_is_said() -> None:
    assert health(pages(60)).findings == ()


def test_without_pages_nothing_is_known() -> None:
    assert health_of([]) is None


def test_a_line_at_one_place_on_many_pages_is_told_with_its_place() -> None:
    found = health(with_line(pages(40), 83))
    assert [line.pages for line in found.lines] == [40]
    assert found.findings == (
        "A line runs down the glass 83 mm from the left edge of the scan (on 40 of 40 pages): clean the glass.",
    )


def test_one_of_the_two_glasses_of_a_duplex_scanner_is_enough() -> None:
    assert len(health(with_line(pages(40), 120, every=2)).lines) == 1


def test_lines_at_two_places_are_two() -> None:
    found = health(with_line(with_line(pages(40), 83), 150, dark=-0.2))
    assert [(round(line.at_mm), line.is_light) for line in found.lines] == [(83, False), (150, True)]
    assert "A light line runs down the glass 150 mm" in found.findings[1]


def test_lines_on_a_few_pages_or_here_and_there_are_no_dirt_on_the_glass() -> None:
    assert health(with_line(pages(40), 83, every=8)).lines == ()
    places = (number / 45 for number in range(40))
    scattered = [PageFact(number, 0, 245, 30, (Streak(at, at * 210, 0.3),)) for number, at in enumerate(places)]
    assert health(scattered).lines == ()
    assert health(with_line(pages(3), 83)).lines == ()


def test_the_page_that_shows_a_line_best_is_one_with_a_picture() -> None:
    facts = [
        PageFact(one.page_id, 0, 245, 30, (Streak(0.4, 84, 0.9 if one.page_id == 2 else 0.2),), one.page_id == 5)
        for one in pages(8)
    ]
    (line,) = health(facts).lines
    assert (line.page_id, line.has_picture) == (5, True)


def test_crooked_pages_are_told_by_the_half_of_them_and_one_alone_is_not() -> None:
    crooked = [PageFact(number, -3.2 if number % 3 else 0.1, 245, 30) for number in range(30)]
    assert "crooked, by 3.2°" in health(crooked).findings[0]
    one = [PageFact(number, 9.0 if number == 4 else 0.2, 245, 30) for number in range(30)]
    assert health(one).findings == ()
    assert (health(one).skew_deg, health(one).worst_page_id) == ((0.2, 9.0), 4)


def test_scans_that_fade_are_told_and_one_pale_sheet_is_not() -> None:
    fading = [PageFact(number, 0, 245, 30 + number * 2) for number in range(40)]
    assert "fade: the last pages have" in health(fading).findings[0]
    assert health([*pages(39), PageFact(40, 0, 245, 120)]).findings == ()
    assert health(fading[:12]).findings == ()


def test_print_that_is_pale_throughout_is_told() -> None:
    assert "pale" in health([PageFact(number, 0, 200, 110) for number in range(10)]).findings[0]
