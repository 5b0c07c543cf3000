"""The screens behind the last question: answers to check, thanks with the receipt, a complaint, results."""

from datetime import date

from forms.answers import parse_answer
from forms.definition import Form
from forms.kinds import Question
from forms.kinds.base import AnswerError
from forms.languages import long_date
from kiosk import answered
from kiosk.complaint import COMPLAINT, problem_of
from kiosk.pen import Pen
from kiosk.screens import Act, Bar, Button, Given, Kind, Screen, Words
from kiosk.showing.fields import chosen, fields_of, problem_words
from kiosk.showing.scene import Scene
from kiosk.sitting import Campaign, Raw

RESULTS_MIN = 10
"""Answers before results are shown: of fewer, each could be guessed by whoever stood by (as for equality answers)."""


def check(scene: Scene, campaign: Campaign) -> Screen:
    """Give the screen where all answers are checked before they are sent."""
    pen, sitting, form = scene.pen, scene.sitting, campaign.form
    refused = sitting.draft.refused if sitting.draft else ""
    return Screen(
        Kind.CHECK,
        sitting.turn,
        pen.own("check_heading"),
        scene.landlord,
        form=pen.of(form.title),
        problem=pen.own(refused) if refused else None,
        paragraphs=(pen.own("check_help"),),
        given=tuple(_given(scene, form, one) for one in answered.asked(form, sitting.delivered)),
        moves=(scene.button(Act.BACK, "back"), scene.button(Act.SEND, "send", is_main=True)),
    )


def _given(scene: Scene, form: Form, identifier: str) -> Given:
    question = form.question(identifier)
    answers = _answers(scene.pen, form, question, scene.sitting.delivered.get(identifier))
    return Given(scene.pen.of(question.ask, question.say), answers, scene.button(Act.CHANGE, "change", identifier))


def _answers(pen: Pen, form: Form, question: Question, raw: Raw) -> tuple[Words, ...]:
    if not raw:
        return ()
    if question.kind == "contact":
        return (pen.own("contact_hidden"),)
    if question.kind == "consent":
        return (pen.own("i_agree"),)
    if question.chooses:
        taken = chosen(raw)
        return tuple(pen.of(one.label, one.say) for one in form.choices(question) if one.id in taken)
    return (pen.typed(_typed(pen, form, question, raw)),)


def _typed(pen: Pen, form: Form, question: Question, raw: Raw) -> str:
    """Give what was typed in its one spelling, or as it was typed where it cannot stand."""
    try:
        value = parse_answer(form, question.id, raw)
    except AnswerError:
        return " ".join(raw.values()) if isinstance(raw, dict) else str(raw)
    return long_date(value, pen.language) if isinstance(value, date) else str(value)


def sent(scene: Scene, campaign: Campaign) -> Screen:
    """Give the last screen: thanks, how to complain, the receipt."""
    pen, sitting, form = scene.pen, scene.sitting, campaign.form
    return Screen(
        Kind.SENT,
        sitting.turn,
        pen.own("sent_heading"),
        scene.landlord,
        form=pen.of(form.title),
        notice=pen.own("complaint_noted") if sitting.spot.has_complained else None,
        paragraphs=(pen.own("receipt_help"), *pen.paragraphs(form.closing)),
        buttons=_offered(scene, campaign),
        moves=(scene.button(Act.LEAVE, "finish", is_main=True),),
        receipt=sitting.receipt,
    )


def _offered(scene: Scene, campaign: Campaign) -> tuple[Button, ...]:
    offered = []
    if not scene.sitting.spot.has_complained:
        detail = scene.pen.own("complain_detail")
        offered.append(Button(Act.COMPLAIN, scene.pen.own("complain"), detail=detail))
    if campaign.shows_results:
        offered.append(scene.button(Act.RESULTS, "results"))
    return tuple(offered)


def complaint(scene: Scene, campaign: Campaign) -> Screen:
    """Give the screen after a complaint was made: who wishes can say how to be reached."""
    pen, draft = scene.pen, scene.sitting.draft
    raw = draft.raw if draft else None
    problem = problem_of(raw) if draft and draft.refused else None
    return Screen(
        Kind.COMPLAINT,
        scene.sitting.turn,
        pen.own("complaint_heading"),
        scene.landlord,
        form=pen.of(campaign.form.title),
        problem=problem_words(pen, COMPLAINT, problem) if problem else None,
        paragraphs=(pen.own("complaint_help"), pen.own("contact_kept")),
        fields=fields_of(pen, campaign.form, COMPLAINT, raw, problem),
        moves=(scene.button(Act.SKIP, "skip"), scene.button(Act.NEXT, "complaint_send", is_main=True)),
    )


def results(scene: Scene, campaign: Campaign) -> Screen:
    """Give what all have said so far, once they are enough."""
    pen, found = scene.pen, scene.results
    count = found.responses if found else 0
    is_shown = count >= RESULTS_MIN
    enough = (pen.own("results_total", count=count), pen.own("results_note"))
    return Screen(
        Kind.RESULTS,
        scene.sitting.turn,
        pen.own("results_heading"),
        scene.landlord,
        form=pen.of(campaign.form.title),
        paragraphs=enough if is_shown else (pen.own("results_few", count=RESULTS_MIN),),
        bars=_bars(scene, campaign) if is_shown else (),
        moves=(scene.button(Act.BACK, "back"), scene.button(Act.LEAVE, "finish", is_main=True)),
    )


def _bars(scene: Scene, campaign: Campaign) -> tuple[Bar, ...]:
    """Give a bar for each choice of the first question that is answered by choosing: a poll has one."""
    form = campaign.form
    question = next((one for one in form.questions if one.chooses and not form.section_of(one.id).detachable), None)
    if question is None or scene.results is None:
        return ()
    counts = scene.results.counts.get(question.id, {})
    answers = max(1, sum(counts.values())) if question.kind != "several_choices" else scene.results.responses
    return tuple(
        Bar(scene.pen.of(one.label, one.say), counts.get(one.id, 0), round(100 * counts.get(one.id, 0) / answers))
        for one in form.choices(question)
    )
