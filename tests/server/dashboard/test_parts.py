"""A measure part by part: what would tell of a few people is hidden, areas and schemes together."""

from hypothesis import given, settings
from hypothesis import strategies as st

from server.dashboard.parts import PartLine, parted, parted_places
from server.figures.counts import Part
from server.figures.suppression import SMALL
from server.figures.tallies import Tally


def part(satisfied: int, others: int) -> Part:
    return Part(satisfied + others, {"TP01": Tally((satisfied, 0, others, 0, 0))}, {})


def by_name(lines: tuple[PartLine, ...]) -> dict[str, PartLine]:
    return {line.name: line for line in lines}


def test_a_part_has_its_figure_and_how_it_stands_against_the_rest() -> None:
    lines = by_name(parted({"paper": part(90, 10), "kiosk": part(50, 50), "": part(60, 30)}, "TP01").lines)
    assert lines["paper"].against_rest == "higher than the rest"
    assert lines["kiosk"].against_rest == "lower than the rest"
    assert lines["not recorded"].against_rest == "too few answers to say"
    assert (lines["paper"].satisfied, lines["paper"].valid) == (90, 100)


def test_a_small_part_is_hidden_with_another_that_would_give_it_away() -> None:
    found = parted({"A": part(50, 50), "B": part(20, 3), "C": part(30, 20)}, "TP01")
    assert {line.name for line in found.lines if line.valid is None} == {"B", "C"}
    assert found.hidden == 2


def test_a_method_shows_its_figure_from_so_many_answers_on() -> None:
    lines = by_name(parted({"paper": part(90, 10), "kiosk": part(20, 29)}, "TP01", least=50).lines)
    assert lines["paper"].of
    assert lines["kiosk"].of is None
    assert lines["kiosk"].valid == 49


COUNTS = st.integers(0, 12)
PLACES = st.dictionaries(
    st.tuples(st.sampled_from(["North", "South"]), st.sampled_from(["", "Court", "House"])),
    st.builds(part, COUNTS, COUNTS),
    min_size=1,
)


@given(PLACES)
@settings(max_examples=150, deadline=None)
def test_areas_and_schemes_side_by_side_give_no_small_count_away(parts: dict[tuple[str, str], Part]) -> None:
    """No hidden scheme's count follows as an area that is shown less its other schemes."""
    areas = by_name(parted_places(parts, "TP01", {}, by_area=True).lines)
    schemes = by_name(parted_places(parts, "TP01", {}, by_area=False).lines)
    for line in (*areas.values(), *schemes.values()):
        if line.satisfied is not None and line.valid is not None:
            assert not 0 < line.satisfied < SMALL
            assert not 0 < line.valid - line.satisfied < SMALL
    for name, area in areas.items():
        within = [line for place, line in schemes.items() if place.startswith(name)]
        hidden = [line for line in within if line.satisfied is None]
        small = [one for (of, _), one in parts.items() if of == name and 0 < one.measures["TP01"].points[0] < SMALL]
        assert not (area.satisfied is not None and len(hidden) == 1 and small)
