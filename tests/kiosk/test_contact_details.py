"""Contact details: taken when they are given, and never shown again once their screen is left."""

import pytest

from kiosk.screens import Act
from tests.kiosk.walking import Walk, to_check

KINDS = "every-kind"
REACH = {"name": "Ada Żuk", "phone": "01664 502502"}


def reached() -> Walk:
    walk = Walk.at_first(KINDS)
    walk.go_to("reach")
    walk.touch(Act.NEXT, dict(REACH))
    return walk


def test_contact_details_are_never_shown_again() -> None:
    walk = reached()
    walk.touch(Act.BACK)
    assert walk.question == "reach"
    assert not any(words in repr(walk.screen) for words in REACH.values())
    to_check(walk)
    assert not any(words in repr(walk.screen) for words in REACH.values())


@pytest.mark.parametrize("over", [Act.HELP, Act.LANGUAGE, Act.SPEECH])
def test_contact_details_are_gone_from_the_screen_once_something_covered_it(over: Act) -> None:
    walk = Walk.at_first(KINDS)
    walk.go_to("reach")
    walk.touch(over, dict(REACH))
    walk.touch(Act.CLOSE)
    assert not any(words in repr(walk.screen) for words in REACH.values())
    walk.touch(Act.NEXT)
    assert walk.sitting.delivered["reach"] == REACH


def test_contact_details_stay_when_nothing_new_is_typed_and_go_by_skip() -> None:
    walk = reached()
    walk.touch(Act.BACK)
    walk.touch(Act.NEXT)
    assert walk.sitting.delivered["reach"] == REACH
    walk.touch(Act.BACK)
    walk.touch(Act.NEXT, {"phone": "01664 111111"})
    assert walk.sitting.delivered["reach"] == {**REACH, "phone": "01664 111111"}
    walk.touch(Act.BACK)
    walk.touch(Act.SKIP)
    assert walk.sitting.delivered["reach"] is None
