"""What a doubt asks of an officer, and what the officer's form says."""

from collections.abc import Mapping
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from forms.definition import Form
from forms.landlord import Landlord
from scanning.writing.drafts import By, Draft, Unsure, Word
from server.models.form_versions import FormVersion
from server.models.intake import Batch, Page, Reading, Return
from server.models.review import Doubt
from server.queries.review import Found
from server.returns.decisions import Decision, How, Noted
from server.returns.drafts import kept
from server.review.asking import Asked, Kind, asked_of
from server.review.inputs import Given, drafted, given
from server.review.words import in_words
from tests.forms import every_kind
from tests.server.filling import TSM, form_of

MARK = {"name": "repair", "kind": "radio", "option": "yes", "state": "marked", "box_px": [0, 0, 1, 1]}


def asked(
    question: str,
    *,
    reason: str = "faint",
    language: str = "en",
    form: Form | None = None,
    outcome: Mapping[str, Any] | None = None,
    answer: object = None,
    fields: list[dict[str, Any]] | None = None,
    drafts: list[Draft] | None = None,
) -> Asked:
    """Give what a doubt about a question asks."""
    form = form or every_kind()
    found = Found(
        doubt=Doubt(question=question, reason=reason),
        reading=Reading(answer=answer, fields=fields or [], drafts=kept(drafts) if drafts else None),
        page=Page(form_page=2, outcome=dict(outcome or {})),
        returned=Return(is_equality=question == "age"),
        batch=Batch(),
        version=FormVersion(definition=form.canonical()),
        language=language,
        copy_code=None,
        has_crop=True,
        is_kept=True,
    )
    return asked_of(found, Landlord())


def sent(**fields: str | list[str]) -> MultiDict[str, str]:
    """Give a form as it is sent."""
    return MultiDict(
        [(name, one) for name, value in fields.items() for one in ([value] if isinstance(value, str) else value)]
    )


def test_choices_come_in_printed_order_in_the_language_of_the_form_and_as_printed() -> None:
    one = asked("repair", language="pl")
    assert (one.kind, one.title) == (Kind.ONE, "Question 1")
    assert [(choice.value, choice.words, choice.printed) for choice in one.choices] == [
        ("yes", "Yes", "Tak"),
        ("no", "No", "Nie"),
        ("dont_know", "Don't know", "Nie wiem"),
    ]
    assert [choice.printed for choice in asked("repair").choices] == ["", "", ""]


def test_the_machine_says_what_it_saw_in_words() -> None:
    marks = [MARK, {**MARK, "option": "no", "state": "doubtful"}, {**MARK, "option": "dont_know", "state": "corrected"}]
    one = asked("repair", reason="two_marked", outcome={"marks": marks})
    assert one.reason == "More than one box is marked where one may be chosen."
    assert one.seen == (
        "The machine sees a mark at “Yes”.",
        "The machine is not sure about “No”.",
        "The machine takes “Don't know” as taken back.",
    )


def test_marks_of_other_questions_are_not_told() -> None:
    blank = {**MARK, "name": "topics/homes", "kind": "check", "option": "homes", "state": "blank"}
    assert asked("topics", outcome={"marks": [MARK, blank]}).seen == ("The machine sees no mark in any box.",)


def test_what_was_typed_into_a_pdf_is_told() -> None:
    fields = [{"name": "day", "kind": "text", "value": "99/99/2026"}]
    assert asked("day", reason="invalid", fields=fields).seen == ("Typed: 99/99/2026",)


def test_what_the_machine_made_of_a_comment_is_a_draft_with_its_doubtful_words() -> None:
    words = (Word("Mend", 0.95), Word("tke", 0.4), Word("lift", 0.9))
    one = asked("why", reason="written", drafts=[Draft("why", By.HAND, "Mend tke lift", words=words)])
    assert drafted(one).raw == {"written": "Mend tke lift"}
    assert one.seen == ("The machine is not sure of “tke”.",)


def test_cells_that_are_not_sure_offer_their_three_best_readings() -> None:
    draft = Draft("day", By.CELLS, "13071998", False, Unsure.TWO_FIT, ("13071998", "13071993", "18071998"))
    one = asked("day", reason="written", drafts=[draft])
    assert drafted(one).raw == {"year": "1998", "month": "07", "day": "13"}
    assert one.seen == ("Two readings fit about as well.",)
    assert one.readings == ("1998-07-13", "1993-07-13", "1998-07-18")
    assert drafted(one, "2").raw == {"year": "1993", "month": "07", "day": "13"}
    assert drafted(one, "4").raw == drafted(one, "x").raw == drafted(one).raw


def test_cells_that_are_sure_offer_one_draft() -> None:
    draft = Draft("day", By.CELLS, "13071998", True, None, ("13071998", "13071993"))
    one = asked("day", reason="written", drafts=[draft])
    assert (one.readings, one.draft) == ((), "1998-07-13")


def test_writing_beside_clear_boxes_is_a_doubt_in_plain_words() -> None:
    assert asked("repair", reason="written_beside", answer="yes").reason.startswith("Something is written beside")


def test_drafts_of_contact_details_are_offered_part_by_part() -> None:
    drafts = [Draft("reach/name", By.HAND, "Ada Mole"), Draft("reach/phone", By.HAND, "0161 496 0000")]
    assert drafted(asked("reach", reason="written", drafts=drafts)).raw == {
        "name": "Ada Mole",
        "phone": "0161 496 0000",
    }


def test_a_doubt_about_a_whole_page_is_only_looked_at() -> None:
    page = asked("", reason="drawn_on")
    assert (page.kind, page.title) == (Kind.PAGE, "Page 2")
    assert said(page, **{"as": "seen"}) == Decision(How.SEEN)
    assert given(page, sent(answer="yes")).said is None
    assert given(page, sent(**{"as": "blank"})).said is None


def test_an_equality_page_says_what_it_is() -> None:
    assert asked("age").title == "Equality page, question 1"


def said(asked: Asked, **fields: str | list[str]) -> Decision:
    """Give the decision that a form says."""
    found = given(asked, sent(**fields)).said
    assert found is not None
    return found.decision


@pytest.mark.parametrize(
    ("question", "fields", "value"),
    [
        ("repair", {"answer": "dont_know"}, "dont_know"),
        ("topics", {"answer": ["safety", "homes"]}, ["homes", "safety"]),
        ("years", {"written": " 12 "}, 12),
        ("day", {"day": "3", "month": "4", "year": "2020"}, "2020-04-03"),
        ("postcode", {"written": "le13 ouh"}, "LE13 0UH"),
        ("street", {"written": "Mill  Lane"}, "Mill Lane"),
        ("why", {"written": "Slow.\r\nVery."}, "Slow.\nVery."),
        ("reach", {"name": "Ada", "phone": "", "email": "a@b.org"}, {"name": "Ada", "email": "a@b.org"}),
        ("agree", {"answer": "given"}, True),
    ],
)
def test_an_answer_of_every_kind(question: str, fields: dict[str, Any], value: object) -> None:
    assert said(asked(question), **fields) == Decision(How.ANSWER, value)


def test_a_part_of_contact_details_that_is_ticked() -> None:
    one = asked("contact/best_way", form=form_of(TSM))
    assert one.title.endswith(", best way to reach you")
    assert "text_message" in [choice.value for choice in one.choices]
    assert said(one, answer="letter") == Decision(How.ANSWER, "letter")


@pytest.mark.parametrize(
    ("question", "fields", "field", "words"),
    [
        ("repair", {}, "answer", "Choose what is marked"),
        ("repair", {"answer": "perhaps"}, "answer", "one of the answers shown"),
        ("topics", {"answer": ["homes", "gardens", "safety"]}, "answer", "no more than 2"),
        ("topics", {"answer": ["homes", "none_of_these"]}, "answer", "stands alone"),
        ("years", {"written": "many"}, "written", "whole number"),
        ("years", {"written": "  "}, "written", "Type what is written"),
        ("day", {"day": "31", "month": "2", "year": "2020"}, "day", "day, month and year"),
        ("postcode", {"written": "nowhere"}, "written", "not a UK postcode"),
        ("street", {"written": "a" * 41}, "written", "no more than 40"),
        ("reach", {"name": "Ada", "phone": "12", "email": "no"}, "phone", "not a phone number"),
        ("reach", {"name": "Ada", "phone": "12", "email": "no"}, "email", "not an email"),
        ("repair", {"as": "seen"}, "", "cannot be said"),
        ("agree", {"as": "several"}, "", "cannot be said"),
        ("why", {"as": "several"}, "", "cannot be said"),
    ],
)
def test_what_cannot_stand_is_told_beside_its_field(
    question: str, fields: dict[str, Any], field: str, words: str
) -> None:
    found = given(asked(question), sent(**fields))
    assert found.said is None
    assert words in found.mistakes[field]


@pytest.mark.parametrize("how", [How.BLANK, How.SEVERAL, How.UNREADABLE])
def test_words_that_stand_for_no_answer(how: How) -> None:
    assert said(asked("repair"), **{"as": how}) == Decision(how)
    assert said(asked("topics"), **{"as": how}) == Decision(how)


def test_what_else_was_seen_goes_with_it() -> None:
    found = given(asked("repair"), sent(answer="yes", noted=["see_letter", "nonsense"]))
    assert found.said is not None
    assert found.said.noted == (Noted.SEE_LETTER,)


def test_what_was_typed_stays_when_it_is_refused() -> None:
    found = given(asked("years"), sent(written="many\0", noted="see_letter"))
    assert (found.raw["written"], found.raw["noted"]) == ("many", [Noted.SEE_LETTER])


@pytest.mark.parametrize(
    ("question", "draft", "fields"),
    [
        ("why", "Slow.", {"written": "Slow."}),
        ("reach", {"name": "Ada"}, {"name": "Ada"}),
        ("day", "2020-04-03", {"day": "03", "month": "04", "year": "2020"}),
    ],
)
def test_a_draft_goes_into_the_fields_only_when_it_is_asked_for(question: str, draft: object, fields: object) -> None:
    one = asked(question, answer=draft)
    assert one.draft == draft
    assert drafted(one) == Given(fields)  # type: ignore[arg-type]
    assert asked("repair", answer="yes").draft is None


@pytest.mark.parametrize(
    ("question", "decided", "words"),
    [
        ("topics", {"as": "answer", "value": ["homes", "safety"]}, ("Homes", "Safety")),
        ("reach", {"as": "answer", "value": {"name": "Ada"}}, ("Name: Ada",)),
        ("day", {"as": "answer", "value": "2020-04-03"}, ("3 April 2020",)),
        ("agree", {"as": "answer", "value": True}, ("Ticked: yes",)),
        ("years", {"as": "answer", "value": 12}, ("12",)),
        ("repair", {"as": "several"}, ("Meant more than one",)),
        ("repair", None, ("Erased",)),
    ],
)
def test_decisions_in_words(question: str, decided: dict[str, Any] | None, words: tuple[str, ...]) -> None:
    assert in_words(asked(question), decided) == words
