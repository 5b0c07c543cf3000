"""The screen on which a paper is keyed in."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.answers import Answers
from server.errors import NotFoundError, RefusedError
from server.keying import saving
from server.keying.inputs import FilledInBy, Given, Head, answered, given, with_day
from server.keying.sheets import Sheet, sheet_of_copy, sheet_to_key, sheets_to_choose
from server.models.intake import ReturnState
from server.models.officers import Role
from server.queries.aside import copy_of
from server.web.here import store_here
from server.web.inputs import Sent, nothing_sent, sent
from server.web.roles import current_officer, requires
from server.web.words import today

bp = Blueprint("keying", __name__, template_folder="templates", url_prefix="/key-in")

FILLED_IN_BY = (
    (FilledInBy.PERSON, "The person, or it is not known"),
    (FilledInBy.RELATIVE, "Family or a friend, for the person"),
    (FilledInBy.STAFF, "Staff, for the person"),
)


@bp.get("/")
@requires(Role.OFFICER)
def new() -> ResponseReturnValue:
    """Show which papers can be keyed in, or the paper that was chosen."""
    page_id = _number("page")
    store = store_here()
    with store.reading() as session:
        choices = sheets_to_choose(session)
        if _number("campaign") is None and len(choices) != 1:
            return render_template("keying/choose.html", choices=choices, page_id=page_id)
        campaign_id = _number("campaign") or choices[0].campaign.id
        printing = _number("printing") if _number("campaign") else choices[0].printed_form_id
        sheet = sheet_to_key(store, session, campaign_id, printing, page_id)
    return _paper(sheet, nothing_sent(Head, **_day_of(today())), Given())


@bp.post("/")
@requires(Role.OFFICER)
def save() -> ResponseReturnValue:
    """Save a paper that was keyed in, or say what is wrong beside it."""
    store = store_here()
    campaign_id = _sent_number("campaign")
    if campaign_id is None:
        abort(400)
    with store.reading() as session:
        sheet = sheet_to_key(store, session, campaign_id, _sent_number("printing"), _sent_number("page"))
    head, keyed, answers = _taken_in(sheet)
    if head.value is None or keyed.mistakes or answers is None:
        return _paper(sheet, head, keyed), 422
    try:
        number = saving.save_new(
            store, _keyed(sheet, head.value, keyed, answers), sheet.printed_form_id, by=current_officer()
        )
    except saving.AlreadyHereError as error:
        return _paper(sheet, head.with_mistake("copy_code", str(error)), keyed, before=error.uid), 422
    except (NotFoundError, RefusedError) as error:
        return _paper(sheet, head.with_mistake("copy_code", str(error)), keyed), 422
    flash(f"Saved as response {number}.", "good")
    if sheet.page is not None:
        return redirect(url_for("aside.listing"))
    return redirect(url_for("keying.new", campaign=campaign_id, printing=sheet.printed_form_id))


@bp.get("/copies/<uuid:return_uid>")
@requires(Role.OFFICER)
def of_copy(return_uid: object) -> ResponseReturnValue:
    """Show a returned copy to be keyed in, with what was read of it so far; once it is settled, what became of it."""
    store = store_here()
    with store.reading() as session:
        if copy_of(session, str(return_uid)).one.state != ReturnState.READING:
            return redirect(url_for("aside.copies.show", return_uid=return_uid))
        sheet, so_far = sheet_of_copy(store, session, str(return_uid), _number("page"))
    return _paper(sheet, nothing_sent(Head, **_day_of(today())), so_far)


@bp.post("/copies/<uuid:return_uid>")
@requires(Role.OFFICER)
def save_copy(return_uid: object) -> ResponseReturnValue:
    """Save a returned copy as it was keyed in, or say what is wrong beside it."""
    store = store_here()
    with store.reading() as session:
        sheet, _ = sheet_of_copy(store, session, str(return_uid), _sent_number("page"))
    head, keyed, answers = _taken_in(sheet)
    if head.value is not None and sheet.campaign_id is None and head.value.campaign not in dict(sheet.campaigns):
        head = head.with_mistake("campaign", "Choose the campaign that it answers.")
    if head.value is None or keyed.mistakes or answers is None:
        return _paper(sheet, head, keyed), 422
    number = saving.save_copy(store, str(return_uid), _keyed(sheet, head.value, keyed, answers), by=current_officer())
    flash(f"Saved as response {number}." if number else "Saved, apart from all other answers.", "good")
    return redirect(url_for("aside.listing"))


def _taken_in(sheet: Sheet) -> tuple[Sent[Head], Given, Answers | None]:
    form = with_day(request.form)
    if sheet.received_on is not None:
        form["received_on"] = sheet.received_on.isoformat()
    head = sent(Head, form)
    keyed, answers = answered(sheet.form, given(sheet.pages, request.form))
    return head, keyed, answers


def _keyed(sheet: Sheet, head: Head, keyed: Given, answers: Answers) -> saving.Keyed:
    campaign_id = sheet.campaign_id if sheet.campaign_id is not None else head.campaign
    if campaign_id is None:
        raise RefusedError("Nobody has said which campaign this paper answers.")
    return saving.Keyed(
        campaign_id=campaign_id,
        form=sheet.form,
        answers=answers,
        received_on=head.received_on,
        copy_code=sheet.copy_code if sheet.is_copy else head.copy_code or None,
        helped_by=head.helped_by,
        unsure=keyed.unsure,
        page_id=sheet.page.id if sheet.page is not None else None,
    )


def _paper(sheet: Sheet, head: Sent[Head], keyed: Given, before: str | None = None) -> str:
    return render_template(
        "keying/paper.html", sheet=sheet, form=head, keyed=keyed, before=before, filled_in_by=FILLED_IN_BY
    )


def _day_of(day: object) -> dict[str, object]:
    year, month, date = str(day).split("-")
    parts = {"received_on_day": int(date), "received_on_month": int(month), "received_on_year": year}
    return {**parts, "helped_by": FilledInBy.PERSON}


def _number(name: str) -> int | None:
    return _whole(request.args.get(name, ""))


def _sent_number(name: str) -> int | None:
    return _whole(request.form.get(name, ""))


def _whole(words: str) -> int | None:
    return int(words) if words.isdecimal() and words.isascii() and len(words) < 9 else None
