"""Raking against another package, and what always holds of its weights."""

from collections.abc import Mapping
from itertools import chain, repeat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.figures import raking
from server.figures.raking import Kind, rake

NAMES = ("Age", "Property type", "Area")
TARGETS: tuple[Mapping[str, float], ...] = (
    {"16 to 34": 390, "35 to 64": 705, "65 or over": 650},
    {"flat": 800, "house": 945},
    {"North": 1000, "South": 745},
)
OF_IPFN: Mapping[Kind, tuple[int, float]] = {
    ("16 to 34", "flat", "North"): (7, 1.559008604429),
    ("16 to 34", "house", "North"): (5, 2.111911473309),
    ("35 to 64", "flat", "North"): (12, 1.367173676541),
    ("35 to 64", "house", "North"): (9, 1.852042230741),
    ("65 or over", "flat", "North"): (31, 0.686041461500),
    ("65 or over", "house", "North"): (14, 0.929346271465),
    ("16 to 34", "flat", "South"): (4, 1.085861052238),
    ("16 to 34", "house", "South"): (6, 1.470961999905),
    ("35 to 64", "flat", "South"): (8, 0.952246602605),
    ("35 to 64", "house", "South"): (17, 1.289961145659),
    ("65 or over", "flat", "South"): (22, 0.477832964582),
    ("65 or over", "house", "South"): (20, 0.647296568703),
}
"""Answers of each kind, and the weight that ipfn 1.4.4 (PyPI) gives it with a convergence rate of 1e-14."""

PUBLISHED = ((40, 30, 20, 10), (35, 50, 100, 75), (30, 80, 70, 120), (20, 30, 40, 50))
PUBLISHED_ROWS, PUBLISHED_COLUMNS = (150, 300, 400, 150), (200, 300, 400, 100)
FITTED = (
    (64.558509781781, 46.232459713525, 35.384298268209, 3.824732250738),
    (49.967919416586, 68.159354070319, 156.498546419782, 25.374180087521),
    (56.721943599772, 144.428225563363, 145.082481429613, 53.767349399834),
    (28.751627201861, 41.179960652793, 63.034673882396, 17.033738261907),
)
"""Wikipedia's worked example, in its article "Iterative proportional fitting", to the digits that ipfn 1.4.4 gives."""


def people(counts: Mapping[Kind, int]) -> list[Kind]:
    return list(chain.from_iterable(repeat(kind, count) for kind, count in counts.items()))


def test_weights_are_those_of_another_package() -> None:
    raked = rake(people({kind: count for kind, (count, _) in OF_IPFN.items()}), NAMES, TARGETS)
    assert not raked.why_not
    for kind, (_, weight) in OF_IPFN.items():
        assert raked.weights[kind] == pytest.approx(weight, abs=1e-6)


def test_a_published_example_is_fitted_as_published() -> None:
    cells: dict[Kind, int] = {
        (f"r{row}", f"c{column}"): n for row, line in enumerate(PUBLISHED) for column, n in enumerate(line)
    }
    targets = [
        {f"r{place}": float(n) for place, n in enumerate(PUBLISHED_ROWS)},
        {f"c{place}": float(n) for place, n in enumerate(PUBLISHED_COLUMNS)},
    ]
    raked = rake(people(cells), ("row", "column"), targets)
    scale = sum(PUBLISHED_ROWS) / sum(cells.values())
    for row, line in enumerate(FITTED):
        for column, wanted in enumerate(line):
            kind = (f"r{row}", f"c{column}")
            assert raked.weights[kind] * cells[kind] * scale == pytest.approx(wanted, abs=1e-6)


def test_a_value_that_nobody_who_answered_has_is_told() -> None:
    raked = rake([("a",), ("a",)], ("Age",), [{"a": 5, "b": 5}])
    assert raked.weights == {}
    assert raked.why_not == ("Age: nobody who is “b” has answered. Join it with another group.",)


def test_a_value_that_no_tenant_has_is_told() -> None:
    raked = rake([("a",), ("b",)], ("Age",), [{"a": 5, "b": 0}])
    assert raked.why_not[0].startswith("Age: no tenant is “b”, but somebody who answered is.")


def test_no_answers_are_told() -> None:
    assert rake([], ("Age",), [{"a": 1}]).why_not == ("nobody has answered yet",)


def test_targets_that_contradict_each_other_are_told_after_all_rounds() -> None:
    """Everybody old lives in a flat and everybody young in a house: the two cannot have other shares."""
    raked = rake(
        [("old", "flat"), ("young", "house")], ("Age", "Type"), [{"old": 1, "young": 1}, {"flat": 3, "house": 1}]
    )
    assert raked.weights == {}
    assert raked.rounds == raking.ROUNDS_MAX
    assert "do not settle" in raked.why_not[0]


def test_equal_weights_cost_no_answers_and_unequal_ones_do() -> None:
    assert rake([("a",), ("b",)], ("Age",), [{"a": 1, "b": 1}]).design_effect == pytest.approx(1)
    unequal = rake([("a",)] * 3 + [("b",)], ("Age",), [{"a": 1, "b": 1}])
    assert unequal.design_effect == pytest.approx((3 * (2 / 3) ** 2 + 2**2) / 4)


@settings(deadline=None, max_examples=40)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), st.sampled_from("NS")), st.integers(1, 40), min_size=1
    ),
    st.lists(st.integers(1, 500), min_size=7, max_size=7),
)
def test_weights_are_positive_and_match_every_target_or_say_why_not(counts: dict[Kind, int], sizes: list[int]) -> None:
    values = ("abc", "xy", "NS")
    numbers = iter(sizes)
    targets = [{value: float(next(numbers)) for value in of} for of in values]
    raked = rake(people(counts), NAMES, targets)
    assert bool(raked.weights) != bool(raked.why_not)
    answers = sum(counts.values())
    for place, target in enumerate(targets if raked.weights else ()):
        for value, wanted in target.items():
            heard = sum(weight * counts[kind] for kind, weight in raked.weights.items() if kind[place] == value)
            assert heard / answers == pytest.approx(wanted / sum(target.values()), abs=1e-9)
    assert all(weight > 0 for weight in raked.weights.values())
