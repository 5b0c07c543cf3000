"""What each screen shows, and that it says what it should in words."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from forms import library
from forms.landlord import Landlord
from forms.loading import parse_form
from kiosk.pen import Pen
from kiosk.places import Over, Place, Spot
from kiosk.screens import Act, Kind, Line, Rows, Screen, Settings, Words
from kiosk.showing import Scene, shown, trouble
from kiosk.sitting import Draft, Sitting
from kiosk.speech import Utterance
from kiosk.store import Here, Results
from tests.forms import EVERY_KIND
from tests.kiosk.walking import Walk, campaign_of, form_named

KINDS = "every-kind"


def words_in(value: Any) -> list[Words]:
    """Give all words that a screen holds."""
    if isinstance(value, Words):
        return [value]
    if isinstance(value, tuple):
        return [words for one in value for words in words_in(one)]
    if is_dataclass(value):
        return [words for part in fields(value) for words in words_in(getattr(value, part.name))]
    return []


def at(question: str, name: str = KINDS) -> Walk:
    walk = Walk.at_first(name)
    walk.go_to(question)
    return walk


def start(walk: Walk, **more: Any) -> Screen:
    scene = replace(walk.scene, sitting=Sitting(Settings("en")), campaign=None, **more)
    return shown(scene)


@pytest.mark.parametrize("name", [*library.names(), KINDS])
def test_every_word_on_the_way_has_the_clip_of_its_words(name: str) -> None:
    walk = Walk.begun(form_named(name))
    for language in walk.campaign.form.languages:
        walk.sitting = replace(walk.sitting, settings=Settings(language))
        for question in walk.campaign.form.questions:
            walk.sitting = replace(walk.sitting, spot=Spot(Place.QUESTION, question.id))
            for words in words_in(walk.screen):
                said = Utterance(words.language or language, words.text).clip
                aloud = question.say is not None or any(choice.say for choice in walk.campaign.form.choices(question))
                assert words.clip == said or aloud, words


def test_other_words_are_read_aloud_where_the_form_has_them() -> None:
    assert at("why").screen.heading == Words("Why?", Utterance("en", "Tell us why.").clip)


def test_what_a_person_typed_has_no_clip() -> None:
    walk = at("street")
    walk.touch(Act.NEXT, "My own street")
    walk.sitting = replace(walk.sitting, spot=Spot(Place.CHECK))
    pen = walk.scene.pen
    shown(replace(walk.scene, pen=pen))
    assert [words for words in words_in(walk.screen) if "My own street" in words.text] == [Words("My own street", "")]
    assert not any("My own street" in utterance.words for utterance in pen.written)


def test_progress_counts_the_questions_that_are_asked() -> None:
    walk = Walk.at_first(KINDS)
    assert walk.screen.progress is not None
    assert walk.screen.progress.words.text == "Question 1 of 10"
    walk.touch(Act.NEXT, "yes")
    assert walk.screen.progress is not None
    assert walk.screen.progress.words.text == "Question 2 of 12"


@pytest.mark.parametrize(
    ("question", "names", "typings"),
    [
        ("years", ["years"], ["number"]),
        ("day", ["day.day", "day.month", "day.year"], ["number"] * 3),
        ("postcode", ["postcode"], ["code"]),
        ("why", ["why"], ["text"]),
        ("reach", ["reach.name", "reach.phone", "reach.email"], ["text", "phone", "email"]),
    ],
)
def test_what_is_typed_has_lines_with_the_keys_that_it_needs(
    question: str, names: list[str], typings: list[str]
) -> None:
    lines = [field for field in at(question).screen.fields if isinstance(field, Line)]
    assert [line.name for line in lines] == names
    assert [line.typing.value for line in lines] == typings


def test_one_and_several_choices_are_told_apart_and_so_is_one_that_stands_alone() -> None:
    (one,), (several,) = at("repair").screen.fields, at("topics").screen.fields
    assert isinstance(one, Rows)
    assert isinstance(several, Rows)
    assert (one.takes_several, several.takes_several) == (False, True)
    assert [row.value for row in several.rows if row.is_exclusive] == ["none_of_these"]
    assert "Choose up to 2." in [words.text for words in at("topics").screen.paragraphs]


def test_faces_stand_beside_the_words_and_never_at_a_measure() -> None:
    form = form_named("event")
    with_faces = [question.id for question in form.questions if getattr(question, "faces", False)]
    assert with_faces
    (rows,) = at(with_faces[0], "event").screen.fields
    assert isinstance(rows, Rows)
    assert [row.face for row in rows.rows][:5] == [1, 2, 3, 4, 5]
    for question in form_named("tsm-2026-27").questions:
        if getattr(question, "measure", None):
            (rows,) = at(question.id, "tsm-2026-27").screen.fields
            assert isinstance(rows, Rows)
            assert not any(row.face for row in rows.rows)


def test_equality_questions_say_that_they_are_kept_apart() -> None:
    notice = at("age").screen.notice
    assert notice is not None
    assert "kept apart" in notice.text


def test_where_the_help_of_a_detachable_section_stands_the_notice_does_not_say_the_same_again() -> None:
    first, second = at("age_band", "tsm-2026-27").screen, at("sex", "tsm-2026-27").screen
    assert first.notice is None
    assert "We keep this page apart" in " ".join(words.text for words in first.paragraphs)
    assert second.notice is not None


def test_a_problem_stands_above_the_question_and_at_its_field() -> None:
    walk = at("reach")
    walk.touch(Act.NEXT, {"name": "Ada", "email": "nobody"})
    screen = walk.screen
    assert screen.problem is not None
    assert [field.name for field in screen.fields if field.problem] == ["reach.email"]


def test_a_question_whose_id_is_the_name_of_a_field_of_every_screen_is_answered() -> None:
    named_value = EVERY_KIND.read_text("utf-8").replace("id: street", "id: value")
    walk = Walk(campaign_of(parse_form(named_value.encode(), "named value")))
    walk.sitting = replace(walk.sitting, spot=Spot(Place.QUESTION, "value"), campaign=1)
    assert walk.screen.fields[0].name == "q.value"
    walk.touch(Act.NEXT, q__value="High Street")
    assert walk.sitting.delivered == {"value": "High Street"}


def test_the_start_offers_what_is_open_and_says_what_rests() -> None:
    walk = Walk.begun(form_named("poll"))
    (button,) = start(walk).buttons
    assert (button.act, button.value, button.detail and button.detail.text) == (
        Act.BEGIN,
        "1",
        "Up to 2 questions, about 2 minutes",
    )
    (button,) = start(walk, here=Here((walk.campaign,), {1: 61})).buttons
    assert button.detail is not None
    assert (button.detail.text, button.is_resting) == ("Opens again in 2 minutes", True)


def test_the_start_says_when_nothing_is_open_and_what_was_done() -> None:
    screen = start(Walk.begun(form_named("poll")), here=Here(()), pledges=(("Slow repairs", "Two plumbers"),))
    assert "nothing to answer" in screen.paragraphs[0].text
    assert [(one.said.text, one.did.text) for one in screen.pledges] == [("Slow repairs", "Two plumbers")]


def test_a_translation_that_is_a_draft_says_so() -> None:
    walk = Walk.begun(form_named("poll"))
    drafts = []
    for language in ("en", "pl"):
        walk.sitting = replace(walk.sitting, settings=Settings(language))
        drafts.append(any("tłumacz" in words.text or "translat" in words.text for words in walk.screen.paragraphs))
    assert drafts == [False, True]


def test_whoever_is_told_what_happens_if_they_walk_away_is_told_the_truth() -> None:
    walk = Walk.begun(form_named("poll"))
    walk.campaign = replace(walk.campaign, keeps_unfinished=True)
    assert any("we keep the answers" in words.text for words in walk.screen.paragraphs)


def test_help_offers_to_stop_only_where_there_is_something_to_wipe() -> None:
    walk = Walk.at_first("poll")
    walk.touch(Act.HELP)
    assert [button.act for button in walk.screen.buttons] == [Act.LEAVE]
    at_start = Sitting(Settings("en"), Spot(Place.START, over=Over.HELP))
    assert shown(replace(walk.scene, sitting=at_start, campaign=None)).buttons == ()


def test_arabic_words_keep_telephone_numbers_in_their_order() -> None:
    pen = Pen("ar", Landlord().details())
    assert f"\u2066{Landlord().phone}\u2069" in pen.own("help_phone").text


def test_a_language_that_the_kiosk_has_no_words_in_falls_back_and_says_which() -> None:
    assert Pen("cy", Landlord().details()).own("next") == Words("Next", Utterance("en", "Next").clip, "en")


def test_results_of_few_are_not_shown() -> None:
    walk = Walk.begun(form_named("poll"), shows_results=True)
    walk.sitting = replace(walk.sitting, spot=Spot(Place.RESULTS), receipt="R3333 3333")
    for count, bars in ((9, 0), (10, 5)):
        walk.results = Results({"best_way_for_news": {"letter": count}}, count)
        assert len(walk.screen.bars) == bars
    assert (walk.screen.bars[0].count, walk.screen.bars[0].percent) == (10, 100)


def test_trouble_has_a_way_on() -> None:
    pen = Pen("en", Landlord().details())
    assert [move.act for move in trouble.not_now(pen).moves] == [Act.CLOSE]
    assert trouble.set_up(pen, 4, is_wrong=True).problem is not None


def test_a_code_can_be_tried_again_once_the_wait_is_over() -> None:
    walk = Walk.begun(form_named("poll"), wants_code=True)
    walk.sitting = replace(walk.sitting, spot=Spot(Place.CODE), draft=Draft("3333 3333", "code_wait"))
    assert walk.screen.problem is None
    waiting = shown(replace(walk.scene, code_wait=8))
    assert waiting.problem is not None
    assert "8 seconds" in waiting.problem.text


def test_every_kind_of_screen_is_made() -> None:
    made = {shown(scene).kind for scene in every_scene()} | {Kind.SET_UP, Kind.NOT_NOW, Kind.STILL_THERE}
    assert made == set(Kind)


def every_scene() -> list[Scene]:
    walk = Walk.at_first("poll")
    spots = [Spot(place, "comment" if place in (Place.QUESTION, Place.CHANGE) else None) for place in Place]
    spots += [Spot(Place.START, over=over) for over in Over]
    return [replace(walk.scene, sitting=replace(walk.sitting, spot=spot, receipt="R3")) for spot in spots]


def test_a_spot_is_written_in_one_word_and_read_back() -> None:
    for over in (None, *Over):
        for place in Place:
            for has_complained in (False, True):
                spot = Spot(place, "a" * 40, over, has_complained)
                assert Spot.parse(str(spot)) == spot
                assert len(str(spot)) <= 80
