"""The screens that ask: the copy code, who is helping, and each question of the form."""

from forms.definition import Form
from forms.kinds import Question
from forms.kinds.base import AnswerError
from forms.texts import Text
from kiosk import answered
from kiosk.journey import CODE, HELPED, HELPER_WORDS, HELPERS, REFUSED
from kiosk.screens import Act, Button, Kind, Line, Progress, Row, Rows, Screen, Typing, Words
from kiosk.showing.fields import fields_of, problem_words
from kiosk.showing.scene import Scene
from kiosk.sitting import Campaign, Raw

CODE_LENGTH = 16
"""A copy code has 8 characters; there is room for blanks between them."""


def code(scene: Scene, campaign: Campaign) -> Screen:
    """Give the screen that asks for the code of a paper copy."""
    pen, sitting = scene.pen, scene.sitting
    draft = sitting.draft
    problem = _code_problem(scene)
    typed = draft.raw if draft and isinstance(draft.raw, str) else sitting.copy_code or ""
    line = Line(CODE, typed, Typing.CODE, CODE_LENGTH, label=pen.own("code_label"), problem=problem)
    return Screen(
        Kind.CODE,
        sitting.turn,
        pen.own("code_heading"),
        scene.landlord,
        form=pen.of(campaign.form.title),
        problem=problem,
        paragraphs=(pen.own("code_help"),),
        fields=(line,),
        moves=(scene.button(Act.BACK, "back"), scene.button(Act.NEXT, "next", is_main=True)),
    )


def _code_problem(scene: Scene) -> Words | None:
    refused = scene.sitting.draft.refused if scene.sitting.draft else ""
    if not refused:
        return None
    if refused == "code_wait":
        return scene.pen.own("code_wait", count=scene.code_wait) if scene.code_wait else None
    return scene.pen.own(refused) if refused.startswith("code_") else scene.pen.answering(refused)


def helped(scene: Scene, campaign: Campaign) -> Screen:
    """Give the screen that asks whether somebody is helping."""
    pen, sitting = scene.pen, scene.sitting
    kept = HELPER_WORDS.get(sitting.helped_by, "") if sitting.helped_by else ""
    value = sitting.draft.raw if sitting.draft else kept
    rows = tuple(Row(one, pen.own(f"helped_{one}"), one == value) for one in HELPERS)
    return Screen(
        Kind.HELPED,
        sitting.turn,
        pen.own("helped_heading"),
        scene.landlord,
        form=pen.of(campaign.form.title),
        paragraphs=(pen.own("helped_help"),),
        fields=(Rows(HELPED, rows),),
        moves=_moves(scene),
    )


def question(scene: Scene, campaign: Campaign) -> Screen:
    """Give the screen of one question."""
    pen, sitting, form = scene.pen, scene.sitting, campaign.form
    asked = form.question(sitting.spot.question or "")
    problem = _problem(scene, form, asked)
    reached = answered.asked(form, sitting.delivered)
    return Screen(
        Kind.QUESTION,
        sitting.turn,
        pen.of(asked.ask, asked.say),
        scene.landlord,
        form=pen.of(form.title),
        progress=_progress(scene, reached, asked.id),
        problem=problem_words(pen, asked, problem) if problem else None,
        notice=_notice(scene, form, asked, reached),
        paragraphs=_paragraphs(scene, form, asked, reached),
        fields=fields_of(pen, form, asked, _standing(scene, asked), problem),
        moves=_moves(scene),
    )


def _moves(scene: Scene) -> tuple[Button, ...]:
    return (
        scene.button(Act.BACK, "back"),
        scene.button(Act.SKIP, "skip"),
        scene.button(Act.NEXT, "next", is_main=True),
    )


def _standing(scene: Scene, asked: Question) -> Raw:
    """Give what stands in the fields: what is being typed, or what was given; contact details are not shown again."""
    if scene.sitting.draft is not None:
        return scene.sitting.draft.raw
    return None if asked.kind == "contact" else scene.sitting.delivered.get(asked.id)


def _problem(scene: Scene, form: Form, asked: Question) -> AnswerError | None:
    draft = scene.sitting.draft
    if draft is None or draft.refused != REFUSED:
        return None
    raw = answered.with_answer(form, scene.sitting.delivered, asked.id, draft.raw)[asked.id]
    return answered.problem_of(form, asked.id, raw)


def _progress(scene: Scene, reached: tuple[str, ...], identifier: str) -> Progress | None:
    if identifier not in reached:
        return None
    number = reached.index(identifier) + 1
    words = scene.pen.own("question_of", number=number, total=len(reached))
    return Progress(words, number, len(reached))


def _notice(scene: Scene, form: Form, asked: Question, reached: tuple[str, ...]) -> Words | None:
    if asked.kind == "contact" and scene.sitting.delivered.get(asked.id):
        return scene.pen.own("contact_given")
    says_itself = _section_help(form, asked, reached) is not None  # the same at more length: its answers need the room
    return scene.pen.own("kept_apart") if form.section_of(asked.id).detachable and not says_itself else None


def _section_help(form: Form, asked: Question, reached: tuple[str, ...]) -> Text | None:
    """Give what helps with a question's section, which stands at the section's first."""
    section = form.section_of(asked.id)
    first = next((one for one in reached if form.section_of(one) is section), None)
    return section.help if first == asked.id else None


def _paragraphs(scene: Scene, form: Form, asked: Question, reached: tuple[str, ...]) -> tuple[Words, ...]:
    of_section = _section_help(form, asked, reached)
    return (*scene.pen.paragraphs(of_section, asked.help), *_instruction(scene, asked))


def _instruction(scene: Scene, asked: Question) -> tuple[Words, ...]:
    pen = scene.pen
    match asked.kind:
        case "several_choices":
            most = asked.most
            return (pen.answering("choose_most", most=most) if most else pen.own("choose_several"),)
        case "number":
            return (pen.own("number_range", least=asked.minimum, most=asked.maximum),)
        case "consent":
            return (pen.own("leave_open"),)
        case "contact":
            return (pen.own("contact_kept"),)
        case _:
            return ()
