"""A person does something → where they are then, what is kept, and what else has to be done. Pure.

Nothing here reads or writes: what has to be asked of the store, such as whether a code was issued, is said in `Effect`
and answered through `code_found` and `code_refused`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from forms import codes
from forms.definition import Form
from kiosk import answered, tuning
from kiosk.complaint import COMPLAINT, problem_of
from kiosk.places import START, Place, Spot
from kiosk.screens import Act
from kiosk.sitting import Campaign, Draft, Raw, Sitting
from kiosk.submitted import Submitted

CODE: Final = "code"
HELPED: Final = "helped"
"""The names of the fields of the screens that ask no question of the form."""

HELPERS: Final = {"no": "", "family": "family or friend", "staff": "staff", "other": "somebody else"}
"""Who may be helping, as sent, and as it is kept with the response; the same words as for paper."""
HELPER_WORDS: Final = {kept: sent for sent, kept in HELPERS.items()}

NOTHING_ANSWERED: Final = "nothing_answered"
REFUSED: Final = "answer"
"""Stands for whatever the answer's own kind says of it."""


class Effect(Enum):
    """What has to be done besides keeping where the person is."""

    NOTHING = auto()
    """Not even that: what was done has no meaning here."""
    KEEP = auto()
    CODE = auto()
    """Ask whether the copy code in `copy_code` was issued for this campaign."""
    SEND = auto()
    COMPLAIN = auto()
    REACH = auto()
    """Keep with the complaint how its maker can be reached, as the draft says."""
    WIPE = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """What came of it."""

    sitting: Sitting
    effect: Effect = Effect.KEEP


def step(sitting: Sitting, campaign: Campaign | None, done: Submitted) -> Step:
    """Give what comes of a button on the screen that the person is at; `campaign` is the one they answer."""
    if done.act is Act.LEAVE:
        return Step(sitting, Effect.WIPE)
    if done.act is Act.MORE_TIME:
        return Step(sitting)
    if done.act in tuning.ACTS:
        return _tuned(sitting, campaign, done)
    if sitting.spot.over:
        return (
            Step(_on(sitting, sitting.spot.under(None), sitting.draft)) if done.act in _CLOSING else _nothing(sitting)
        )
    if sitting.spot.place is Place.START or campaign is None:
        return _nothing(sitting)
    return _STEPS[sitting.spot.place](sitting, campaign, done)


def begun(sitting: Sitting, campaign: Campaign) -> Sitting:
    """Give the sitting at the beginning of a campaign, in a language that its form has."""
    form = campaign.form
    language = sitting.settings.language if sitting.settings.language in form.languages else form.language
    settings = replace(sitting.settings, language=language)
    return replace(_on(sitting, Spot(Place.ABOUT)), settings=settings, campaign=campaign.id)


def code_found(sitting: Sitting, campaign: Campaign) -> Sitting:
    """Give the sitting after its code turned out to be one of this campaign."""
    del campaign
    return _on(sitting, Spot(Place.HELPED))


def code_refused(sitting: Sitting, typed: str, why: str) -> Sitting:
    """Give the sitting after its code was refused; what was typed stays."""
    return replace(sitting, copy_code=None, draft=Draft(typed, why))


def sent(sitting: Sitting, receipt: str) -> Sitting:
    """Give the sitting once all is sent: nothing of what was said is left in it."""
    return replace(_on(sitting, Spot(Place.SENT)), delivered={}, copy_code=None, helped_by="", receipt=receipt)


def _on(sitting: Sitting, spot: Spot, draft: Draft | None = None) -> Sitting:
    return replace(sitting, spot=spot, draft=draft)


def _nothing(sitting: Sitting) -> Step:
    return Step(sitting, Effect.NOTHING)


def _tuned(sitting: Sitting, campaign: Campaign | None, done: Submitted) -> Step:
    """Give the sitting with another setting; what stands on the screen stays there."""
    kept = sitting if sitting.spot.over else _with_fields(sitting, campaign, done)
    over = tuning.opened(done)
    if over is not None:
        kept = _put_away(kept, campaign)
    settings = tuning.tuned(sitting.settings, done)
    spot = kept.spot.under(over) if over or done.act is Act.LANGUAGE else kept.spot
    return Step(replace(kept, settings=settings, spot=spot))


def _with_fields(sitting: Sitting, campaign: Campaign | None, done: Submitted) -> Sitting:
    """Give the sitting with what stands in the screen's fields as its draft."""
    before = sitting.draft.refused if sitting.draft else ""
    if campaign is not None and sitting.spot.is_question:
        raw = done.answer(campaign.form.question(sitting.spot.question or ""))
        return replace(sitting, draft=Draft(raw, before))
    if sitting.spot.place is Place.CODE:
        return replace(sitting, draft=Draft(done.words(CODE), before))
    if sitting.spot.place is Place.HELPED:
        return replace(sitting, draft=Draft(done.words(HELPED), before))
    if sitting.spot.place is Place.COMPLAINT:
        return replace(sitting, draft=Draft(done.answer(COMPLAINT), before))
    return sitting


def _put_away(sitting: Sitting, campaign: Campaign | None) -> Sitting:
    """Take contact details off the screen before something covers it: they are never shown again."""
    if sitting.spot.place is Place.COMPLAINT:
        return replace(sitting, draft=None)
    if campaign is None or not sitting.spot.is_question or sitting.draft is None:
        return sitting
    question = campaign.form.question(sitting.spot.question or "")
    if question.kind != "contact":
        return sitting
    return _left(sitting, campaign.form, sitting.draft.raw)


def _left(sitting: Sitting, form: Form, raw: Raw) -> Sitting:
    """Give the sitting with what was on a question's screen, as it was put in, whether or not it can stand."""
    question = sitting.spot.question or ""
    if raw is None and question not in sitting.delivered:
        return replace(sitting, draft=None)
    return replace(sitting, draft=None, delivered=answered.with_answer(form, sitting.delivered, question, raw))


def _about(sitting: Sitting, campaign: Campaign, done: Submitted) -> Step:
    if done.act is Act.NEXT:
        return Step(_on(sitting, Spot(Place.CODE if campaign.wants_code else Place.HELPED)))
    if done.act is Act.BACK and not sitting.delivered:  # at the start nothing may wait for whoever comes next
        return Step(replace(_on(sitting, START), campaign=None, copy_code=None, helped_by=""))
    return _nothing(sitting)


def _code(sitting: Sitting, campaign: Campaign, done: Submitted) -> Step:
    del campaign
    if done.act is Act.BACK:
        return Step(_on(sitting, Spot(Place.ABOUT)))
    if done.act is not Act.NEXT:
        return _nothing(sitting)
    typed = done.words(CODE)
    if not typed.strip():
        return Step(code_refused(sitting, "", "code_missing"))
    try:
        return Step(replace(sitting, copy_code=codes.pattern_named("copy_code").normalise(typed)), Effect.CODE)
    except codes.CodeError as error:
        return Step(code_refused(sitting, typed, error.code))


def _helped(sitting: Sitting, campaign: Campaign, done: Submitted) -> Step:
    if done.act is Act.BACK:
        return Step(_on(sitting, Spot(Place.CODE if campaign.wants_code else Place.ABOUT)))
    if done.act not in (Act.NEXT, Act.SKIP):
        return _nothing(sitting)
    helper = HELPERS.get(done.words(HELPED), "") if done.act is Act.NEXT else ""
    return Step(_onwards(replace(sitting, helped_by=helper), campaign.form, None))


def _question(sitting: Sitting, campaign: Campaign, done: Submitted) -> Step:
    form, question = campaign.form, sitting.spot.question or ""
    raw = done.answer(form.question(question))
    match done.act:
        case Act.BACK:
            return Step(_backwards(_left(sitting, form, raw), form))
        case Act.SKIP:
            blank = {**sitting.delivered, question: None}
            return Step(_onwards(replace(sitting, delivered=blank), form, question))
        case Act.NEXT:
            answers = answered.with_answer(form, sitting.delivered, question, raw)
            if answered.problem_of(form, question, answers[question]):
                return Step(replace(sitting, draft=Draft(raw, REFUSED)))
            return Step(_onwards(replace(sitting, delivered=answers), form, question))
        case _:
            return _nothing(sitting)


def _onwards(sitting: Sitting, form: Form, question: str | None) -> Sitting:
    """Give the sitting at the next question, or where answers are checked."""
    is_change = sitting.spot.place is Place.CHANGE
    following = answered.after(form, sitting.delivered, question, unseen_only=is_change)
    if following is None:
        return _on(sitting, Spot(Place.CHECK))
    return _on(sitting, Spot(Place.CHANGE if is_change else Place.QUESTION, following))


def _backwards(sitting: Sitting, form: Form) -> Sitting:
    if sitting.spot.place is Place.CHANGE:
        return _on(sitting, Spot(Place.CHECK))
    earlier = answered.before(form, sitting.delivered, sitting.spot.question or "")
    if earlier is None:  # whoever passed the question over is kept as helped by nobody, and sees so
        return _on(sitting, Spot(Place.HELPED), Draft(HELPER_WORDS[sitting.helped_by]))
    return _on(sitting, Spot(Place.QUESTION, earlier))


def _check(sitting: Sitting, campaign: Campaign, done: Submitted) -> Step:
    form = campaign.form
    reached = answered.asked(form, sitting.delivered)
    match done.act:
        case Act.BACK:
            return Step(_on(sitting, Spot(Place.QUESTION, reached[-1])))
        case Act.CHANGE if done.value in reached:
            return Step(_on(sitting, Spot(Place.CHANGE, done.value)))
        case Act.SEND:
            return _sending(sitting, form)
        case _:
            return _nothing(sitting)


def _sending(sitting: Sitting, form: Form) -> Step:
    answers = answered.collected(form, sitting.delivered)
    if answers.problems:
        first = answers.problems[0].question
        raw = sitting.delivered[first] if form.question(first).kind != "contact" else None
        return Step(_on(sitting, Spot(Place.CHANGE, first), Draft(raw, REFUSED)))
    if not answers.values:
        return Step(replace(sitting, draft=Draft(None, NOTHING_ANSWERED)))
    return Step(sitting, Effect.SEND)


def _sent(sitting: Sitting, campaign: Campaign, done: Submitted) -> Step:
    if done.act is Act.COMPLAIN and not sitting.spot.has_complained:
        return Step(_on(sitting, Spot(Place.COMPLAINT, has_complained=True)), Effect.COMPLAIN)
    if done.act is Act.RESULTS and campaign.shows_results:
        return Step(_on(sitting, replace(sitting.spot, place=Place.RESULTS)))
    return _nothing(sitting)


def _results(sitting: Sitting, campaign: Campaign, done: Submitted) -> Step:
    del campaign
    if done.act in (Act.BACK, Act.NEXT):
        return Step(_on(sitting, replace(sitting.spot, place=Place.SENT)))
    return _nothing(sitting)


def _complaint(sitting: Sitting, campaign: Campaign, done: Submitted) -> Step:
    del campaign
    after = _on(sitting, Spot(Place.SENT, has_complained=True))
    if done.act in (Act.SKIP, Act.BACK):
        return Step(after)
    if done.act is not Act.NEXT:
        return _nothing(sitting)
    raw = done.answer(COMPLAINT)
    if problem_of(raw):
        return Step(replace(sitting, draft=Draft(raw, REFUSED)))
    return Step(replace(after, draft=Draft(raw)), Effect.REACH) if raw else Step(after)


_Taking = Callable[[Sitting, Campaign, Submitted], Step]

_CLOSING: Final = (Act.CLOSE, Act.BACK, Act.NEXT)
_STEPS: Final[Mapping[Place, _Taking]] = {
    Place.ABOUT: _about,
    Place.CODE: _code,
    Place.HELPED: _helped,
    Place.QUESTION: _question,
    Place.CHANGE: _question,
    Place.CHECK: _check,
    Place.SENT: _sent,
    Place.RESULTS: _results,
    Place.COMPLAINT: _complaint,
}
