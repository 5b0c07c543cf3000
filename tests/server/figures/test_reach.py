"""Who is heard: groups against chance."""

import random

from server.figures.reach import Heard, is_off, reach_of, stands


def test_groups_have_their_shares_of_homes_and_of_the_heard() -> None:
    one, two = reach_of({"flat": 300, "house": 100}, {"flat": 200}, {"flat": 20, "house": 60})
    assert (one.name, one.homes, one.asked, one.heard, one.of_homes, one.of_heard) == ("flat", 300, 200, 20, 75.0, 25.0)
    assert (one.stands, two.stands) == (Heard.FEWER, Heard.MORE)
    assert (one.gap, two.rate) == (-50.0, 60.0)
    assert is_off([one, two])


def test_a_group_without_homes_is_shown_with_its_answers() -> None:
    found = {one.name: one for one in reach_of({"flat": 300}, {}, {"flat": 20, "boat": 1})}
    assert (found["boat"].homes, found["boat"].heard, found["boat"].rate) == (0, 1, 0.0)
    assert found["boat"].stands is Heard.UNSURE


def test_of_few_expected_answers_nothing_is_said() -> None:
    assert stands(0, 10, 400, 1000) is Heard.UNSURE
    assert stands(0, 20, 400, 1000) is Heard.FEWER
    assert stands(0, 20, 0, 1000) is Heard.UNSURE


def test_nothing_is_off_where_everybody_is_heard() -> None:
    assert not is_off(reach_of({"flat": 300, "house": 100}, {}, {"flat": 300, "house": 100}))


def test_answers_drawn_by_lot_are_hardly_ever_called_off() -> None:
    chance, homes = random.Random(5), ["flat"] * 600 + ["house"] * 1_145
    told = 0
    for _ in range(1_000):
        heard = chance.sample(homes, 347).count("flat")
        told += stands(heard, 600, 347, 1_745) is not Heard.AS_EXPECTED
    assert told / 1_000 < 0.07
