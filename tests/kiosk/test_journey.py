"""Where a person goes from each screen, and what they said is kept."""

import pytest

from forms.answers import collect
from kiosk import answered, journey
from kiosk.journey import Effect
from kiosk.places import Over, Place
from kiosk.screens import Act, Colours, Size
from tests.kiosk.walking import Walk, form_named, to_check

KINDS = "every-kind"


def test_the_way_leads_past_what_it_is_about_and_who_is_helping() -> None:
    walk = Walk.begun(form_named("poll"))
    places = [walk.place]
    walk.touch(Act.NEXT)
    places.append(walk.place)
    assert places == [Place.ABOUT, Place.HELPED]
    walk.touch(Act.NEXT, helped="family")
    assert (walk.place, walk.question) == (Place.QUESTION, "best_way_for_news")
    assert walk.sitting.helped_by == "family or friend"


def test_back_shows_who_was_said_to_be_helping() -> None:
    for helper in ("staff", "no"):
        walk = Walk.begun(form_named("poll"))
        walk.touch(Act.NEXT)
        walk.touch(Act.NEXT, helped=helper)
        walk.touch(Act.BACK)
        assert walk.place is Place.HELPED
        assert [row.value for row in walk.screen.fields[0].rows if row.is_chosen] == [helper]  # type: ignore[union-attr]


def test_who_was_invited_is_asked_for_a_code_first() -> None:
    walk = Walk.begun(form_named("poll"), wants_code=True)
    walk.touch(Act.NEXT)
    assert walk.place is Place.CODE
    walk.touch(Act.NEXT, code="k7pm4tx")
    assert (walk.effect, walk.place) == (Effect.KEEP, Place.CODE)
    assert walk.screen.problem is not None
    assert walk.screen.fields[0].value == "k7pm4tx"  # type: ignore[union-attr]


def test_a_code_is_taken_however_it_is_typed() -> None:
    walk = Walk.begun(form_named("poll"), wants_code=True)
    walk.touch(Act.NEXT)
    walk.touch(Act.NEXT, code=" 3333-333 3")
    assert (walk.effect, walk.sitting.copy_code) == (Effect.CODE, "3333 3333")


def test_back_shows_the_code_that_was_typed() -> None:
    walk = Walk.begun(form_named("poll"), wants_code=True)
    walk.touch(Act.NEXT)
    walk.touch(Act.NEXT, code="33333333")
    walk.sitting = journey.code_found(walk.sitting, walk.campaign)
    walk.touch(Act.BACK)
    assert (walk.place, walk.screen.fields[0].value) == (Place.CODE, "3333 3333")  # type: ignore[union-attr]


def test_next_keeps_the_answer_and_back_shows_it_again() -> None:
    walk = Walk.at_first("poll")
    walk.touch(Act.NEXT, "letter")
    walk.touch(Act.BACK)
    assert walk.question == "best_way_for_news"
    assert [row.value for row in walk.screen.fields[0].rows if row.is_chosen] == ["letter"]  # type: ignore[union-attr]


def test_back_keeps_what_is_on_the_screen_even_if_it_cannot_stand() -> None:
    walk = Walk.at_first(KINDS)
    walk.go_to("years")
    walk.touch(Act.BACK, "many")
    walk.touch(Act.NEXT)
    assert walk.question == "years"
    assert walk.screen.fields[0].value == "many"  # type: ignore[union-attr]


def test_skip_takes_an_answer_back() -> None:
    walk = Walk.at_first("poll")
    walk.touch(Act.NEXT, "letter")
    walk.touch(Act.BACK)
    walk.touch(Act.SKIP, "letter")
    assert walk.question == "comment"
    assert walk.sitting.delivered["best_way_for_news"] is None


def test_a_refused_answer_stays_on_its_screen_as_it_was_typed() -> None:
    walk = Walk.at_first(KINDS)
    walk.go_to("day")
    walk.touch(Act.NEXT, {"day": "31", "month": "2", "year": "2020"})
    assert walk.question == "day"
    assert walk.screen.problem is not None
    assert [field.value for field in walk.screen.fields] == ["31", "2", "2020"]  # type: ignore[union-attr]
    assert "day" not in walk.sitting.delivered


def test_routing_leads_past_questions_that_are_not_asked() -> None:
    walk = Walk.at_first(KINDS)
    walk.touch(Act.NEXT, "no")
    assert walk.question == "topics"
    walk.touch(Act.BACK)
    walk.touch(Act.NEXT, "yes")
    assert walk.question == "overall"


def test_an_answer_that_is_not_asked_any_more_comes_back_when_it_is() -> None:
    walk = Walk.at_first(KINDS)
    walk.touch(Act.NEXT, "yes")
    walk.touch(Act.NEXT, "very_satisfied")
    walk.touch(Act.BACK)
    walk.touch(Act.BACK)
    walk.touch(Act.NEXT, "no")
    assert "overall" not in answered.collected(walk.campaign.form, walk.sitting.delivered).values
    walk.touch(Act.BACK)
    walk.touch(Act.NEXT, "yes")
    assert [row.value for row in walk.screen.fields[0].rows if row.is_chosen] == [  # type: ignore[union-attr]
        "very_satisfied"
    ]


def test_change_leads_back_to_where_answers_are_checked() -> None:
    walk = Walk.at_first(KINDS)
    to_check(walk)
    walk.touch(Act.CHANGE, value="years")
    walk.touch(Act.NEXT, "12")
    assert walk.place is Place.CHECK
    assert walk.sitting.delivered["years"] == "12"


def test_a_change_that_opens_questions_asks_each_of_them_before_it_leads_back() -> None:
    walk = Walk.at_first(KINDS)
    to_check(walk)
    walk.touch(Act.CHANGE, value="repair")
    walk.touch(Act.NEXT, "yes")
    opened = [walk.question]
    walk.touch(Act.NEXT, "very_satisfied")
    opened.append(walk.question)
    walk.touch(Act.NEXT, "phone")
    assert opened == ["overall", "way"]
    assert walk.place is Place.CHECK


def test_nothing_is_sent_while_an_answer_cannot_stand() -> None:
    walk = Walk.at_first(KINDS)
    walk.touch(Act.NEXT, "dont_know")
    walk.go_to("years")
    walk.touch(Act.BACK, "many")
    to_check_by_skipping_after(walk)
    walk.touch(Act.SEND)
    assert (walk.effect, walk.place, walk.question) == (Effect.KEEP, Place.CHANGE, "years")
    assert walk.screen.problem is not None


def to_check_by_skipping_after(walk: Walk) -> None:
    walk.go_to("day")
    to_check(walk)


def test_nothing_is_sent_when_nothing_was_answered() -> None:
    walk = Walk.at_first("poll")
    to_check(walk)
    walk.touch(Act.SEND)
    assert walk.effect is Effect.KEEP
    assert walk.screen.problem is not None


def test_what_is_sent_is_what_was_said_and_nothing_of_it_stays() -> None:
    walk = Walk.at_first("poll")
    walk.touch(Act.NEXT, "letter")
    walk.touch(Act.NEXT, "Thank you")
    walk.touch(Act.SEND)
    assert walk.effect is Effect.SEND
    after = journey.sent(walk.sitting, "R3333 3333")
    assert (after.delivered, after.draft, after.copy_code, after.helped_by) == ({}, None, None, "")


def test_only_the_start_screen_begins_and_only_the_last_ones_complain() -> None:
    walk = Walk.at_first("poll")
    before = walk.sitting
    for act in (Act.BEGIN, Act.SEND, Act.COMPLAIN, Act.RESULTS, Act.CHANGE, Act.CLOSE):
        walk.touch(act, value="comment")
        assert (walk.effect, walk.sitting) == (Effect.NOTHING, before), act


def test_whoever_goes_back_to_the_start_leaves_nothing_there() -> None:
    walk = Walk.begun(form_named("poll"))
    walk.touch(Act.BACK)
    assert (walk.place, walk.sitting.campaign) == (Place.START, None)


def test_no_way_leads_back_to_the_start_with_answers() -> None:
    walk = Walk.at_first("poll")
    walk.touch(Act.NEXT, "letter")
    for _ in range(6):
        walk.touch(Act.BACK)
    assert walk.place is Place.ABOUT
    assert [move.act for move in walk.screen.moves] == [Act.LEAVE, Act.NEXT]


# What every screen has.


@pytest.mark.parametrize("act", [Act.SIZE, Act.COLOURS])
def test_what_is_typed_stays_when_the_screen_changes_its_looks(act: Act) -> None:
    walk = Walk.at_first(KINDS)
    walk.go_to("reach")
    walk.touch(act, {"name": "Ada Żuk", "phone": "12"})
    assert [field.value for field in walk.screen.fields[:2]] == ["Ada Żuk", "12"]  # type: ignore[union-attr]
    assert walk.screen.problem is None


def test_sizes_and_colours_go_round() -> None:
    walk = Walk.at_first("poll")
    sizes, colours = [], []
    for _ in range(3):
        walk.touch(Act.SIZE)
        walk.touch(Act.COLOURS)
        sizes.append(walk.sitting.settings.size)
        colours.append(walk.sitting.settings.colours)
    assert sizes == [Size.LARGE, Size.LARGEST, Size.NORMAL]
    assert colours == [Colours.DARK, Colours.YELLOW, Colours.LIGHT]


def test_what_is_typed_is_there_again_after_help() -> None:
    walk = Walk.at_first(KINDS)
    walk.go_to("why")
    walk.touch(Act.HELP, "Half a sen")
    assert walk.sitting.spot.over is Over.HELP
    walk.touch(Act.SIZE)
    walk.touch(Act.CLOSE)
    assert walk.screen.fields[0].value == "Half a sen"  # type: ignore[union-attr]


def test_another_language_is_used_at_once_and_one_that_is_none_is_not() -> None:
    walk = Walk.at_first(KINDS)
    walk.touch(Act.LANGUAGE)
    assert {button.value for button in walk.screen.buttons} == {"en", "pl"}
    walk.touch(Act.LANGUAGE, value="pl")
    assert walk.screen.heading.text == "Czy była naprawa?"
    walk.touch(Act.LANGUAGE, value="xx<script>")
    assert walk.sitting.settings.language == "pl"


def test_reading_aloud_is_set_by_name() -> None:
    walk = Walk.at_first("poll")
    walk.touch(Act.SPEECH)
    for value in ("aloud:keys", "speed:slow", "volume:5", "volume:9", "volume:", "nonsense:1"):
        walk.touch(Act.SPEECH, value=value)
    settings = walk.sitting.settings
    assert (settings.aloud, settings.speed, settings.volume) == ("keys", "slow", 5)
    walk.touch(Act.CLOSE)
    assert walk.question == "best_way_for_news"


def test_more_time_leaves_everything_as_it_is() -> None:
    walk = Walk.at_first("poll")
    walk.touch(Act.SIZE, "letter")
    before = walk.sitting
    walk.touch(Act.MORE_TIME)
    assert (walk.effect, walk.sitting) == (Effect.KEEP, before)


# A complaint.


def sent_walk() -> Walk:
    walk = Walk.begun(form_named("poll"), shows_results=True)
    walk.sitting = journey.sent(walk.sitting, "R3333 3333")
    return walk


def test_a_complaint_is_made_in_one_step_and_only_once() -> None:
    walk = sent_walk()
    walk.touch(Act.COMPLAIN)
    assert (walk.effect, walk.place) == (Effect.COMPLAIN, Place.COMPLAINT)
    walk.touch(Act.SKIP)
    assert walk.place is Place.SENT
    assert Act.COMPLAIN not in [button.act for button in walk.screen.buttons]
    walk.touch(Act.COMPLAIN)
    assert walk.effect is Effect.NOTHING


def test_who_complains_can_say_how_to_be_reached() -> None:
    walk = sent_walk()
    walk.touch(Act.COMPLAIN)
    walk.touch(Act.NEXT, complaint__phone="12")
    assert (walk.effect, walk.place) == (Effect.KEEP, Place.COMPLAINT)
    assert walk.screen.problem is not None
    walk.touch(Act.NEXT, complaint__name="Ada", complaint__phone="01664 502502")
    assert (walk.effect, walk.place) == (Effect.REACH, Place.SENT)


def test_results_lead_back_to_the_receipt() -> None:
    walk = sent_walk()
    walk.touch(Act.COMPLAIN)
    walk.touch(Act.SKIP)
    walk.touch(Act.RESULTS)
    assert walk.place is Place.RESULTS
    walk.touch(Act.BACK)
    assert walk.screen.receipt == "R3333 3333"
    assert Act.COMPLAIN not in [button.act for button in walk.screen.buttons]


def test_what_was_said_collects_to_what_paper_would() -> None:
    walk = Walk.at_first(KINDS)
    said = {"repair": "yes", "overall": "neither", "way": "phone", "topics": ["homes", "safety"], "years": "1,2"}
    for question, raw in said.items():
        assert walk.question == question
        walk.touch(Act.NEXT, raw)  # type: ignore[arg-type]
    form = walk.campaign.form
    assert (
        answered.collected(form, walk.sitting.delivered).values
        == collect(form, {k: v for k, v in said.items() if k != "years"}).values
    )
