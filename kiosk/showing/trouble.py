"""The screens of a kiosk that is not in use: it has no key yet, or something went wrong."""

from typing import Final

from kiosk.pen import Pen
from kiosk.screens import Act, Button, Kind, Line, Screen, Typing

NO_TURN: Final = -1
"""Of a screen that nothing is taken from: its buttons show where the person is."""

KEY_LENGTH: Final = 80
"""A kiosk's key has 32 characters in groups of four; there is room for more blanks."""


def set_up(pen: Pen, wait: int, *, is_wrong: bool) -> Screen:
    """Give the screen that asks for the kiosk's key; `wait` are seconds until the next try."""
    problem = pen.own("set_up_wait", count=wait) if wait else pen.own("set_up_wrong") if is_wrong else None
    return Screen(
        Kind.SET_UP,
        NO_TURN,
        pen.own("set_up_heading"),
        pen.details["landlord"],
        problem=problem,
        paragraphs=(pen.own("set_up_help"),),
        fields=(Line("key", "", Typing.CODE, KEY_LENGTH, label=pen.own("set_up_label"), problem=problem),),
        moves=(Button(Act.NEXT, pen.own("set_up"), is_main=True),),
    )


def not_now(pen: Pen) -> Screen:
    """Give the screen that says that something went wrong, and what to do."""
    return Screen(
        Kind.NOT_NOW,
        NO_TURN,
        pen.own("not_now_heading"),
        pen.details["landlord"],
        paragraphs=(pen.own("not_now_help"), pen.own("not_now_phone")),
        moves=(Button(Act.CLOSE, pen.own("try_again"), is_main=True),),
    )
