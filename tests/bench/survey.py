"""A survey of short questions, to fill pages with boxes: what accuracy is measured on beside the forms that ship.

The forms that ship have 10 boxes on a page, and a million of them would take a day. This one has up to three times as
many in the editions that are sold to people, of every kind of question that is answered by boxes, with routing.
"""

from functools import cache

from forms.definition import Form
from forms.loading import parse_form

THINGS = (
    "bins", "lifts", "doors", "locks", "paths", "roofs", "lamps", "stairs", "drains", "fences", "gates", "walls",
    "heating", "windows", "gutters", "parking", "gardens", "letters", "phones", "rents", "notices",
)  # fmt: skip
HEAD = """
form: survey
version: "1"
title: Short questions
languages: {en: final}
introduction: Tick what you think.
closing: Thank you.
scales:
  liking:
    points: {great: Great, good: Good, fair: Fair, poor: Poor, bad: Bad}
    not_applicable: Not used
sections:
  - id: things
    title: Our things
    questions:
"""

SCALE = """
      - {{id: {thing}_liked, kind: scale, scale: liking, not_applicable: {sixth}, ask: "Our {thing}?"}}
"""

LED = """
      - {{id: {thing}_used, kind: yes_no, ask: "Do you use our {thing}?"}}
      - id: {thing}_often
        kind: one_choice
        ask: How often?
        show_if: {{{thing}_used: yes}}
        choices: {{daily: Daily, weekly: Weekly, monthly: Monthly, yearly: Yearly}}
"""

LIST = """
      - id: {thing}_wanted
        kind: several_choices
        most: 3
        ask: Which of these would you change?
        choices:
          sooner: Sooner
          later: Later
          nearer: Nearer
          cheaper: Cheaper
          larger: Larger
          nothing: {{label: Nothing, exclusive: true}}
"""

KINDS = (SCALE, SCALE, SCALE, LED, SCALE, SCALE, LIST)
"""In turn, each about another thing."""

SIXTH_EVERY = 5
"""Every so many-th scale offers its sixth answer, which takes a row of its own."""


@cache
def survey_form() -> Form:
    """Give the form."""
    questions = (
        KINDS[number % len(KINDS)].format(thing=thing, sixth=str(number % SIXTH_EVERY == 0).lower())
        for number, thing in enumerate(THINGS)
    )
    return parse_form((HEAD + "".join(questions)).encode(), "survey.yaml")
