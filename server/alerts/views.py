"""Alerts to look through, and one to see to."""

from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from server.alerts import settling, telling
from server.alerts.inputs import Seen, Settled
from server.alerts.on_paper import on_paper
from server.alerts.outcomes import ACKNOWLEDGE, BUTTONS
from server.errors import RefusedError
from server.models.alerts import AlertKind
from server.models.base import now
from server.models.officers import Role
from server.queries.alerts import open_alerts, settled_page, whole
from server.queries.paging import page_asked
from server.web.here import store_here
from server.web.inputs import Input, sent
from server.web.roles import current_officer, requires

bp = Blueprint("alerts", __name__, template_folder="templates", url_prefix="/alerts")

I = TypeVar("I", bound=Input)  # noqa: E741 (of an input)


@bp.errorhandler(settling.DoneMeanwhileError)
def done_meanwhile(error: settling.DoneMeanwhileError) -> ResponseReturnValue:
    """Say that somebody else came first."""
    alert_id = (request.view_args or {}).get("alert_id")
    return render_template("alerts/meanwhile.html", words=str(error), alert_id=alert_id), 409


@bp.get("/")
@requires(Role.OFFICER)
def listing() -> ResponseReturnValue:
    """Show the alerts that wait, the most pressing first."""
    with store_here().reading() as session:
        found = telling.lines(open_alerts(session))
    moment = now()
    return render_template("alerts/listing.html", lines=found, overdue=telling.overdue(found, moment), now=moment)


@bp.get("/settled")
@requires(Role.OFFICER)
def settled() -> ResponseReturnValue:
    """Show the alerts that were settled, the last first."""
    with store_here().reading() as session:
        page = settled_page(session, page_asked(request.args.get("page")))
    return render_template("alerts/settled.html", listing=page, line=telling.line, buttons=BUTTONS)


@bp.get("/<int:alert_id>")
@requires(Role.OFFICER)
def one(alert_id: int) -> ResponseReturnValue:
    """Show one alert: the person's own words, all else that they said, and what is to be done."""
    landlord = store_here().settings.who().details()
    with store_here().reading() as session:
        found = whole(session, alert_id)
        read = on_paper(session, found, landlord)
    kind = AlertKind(found.told.alert.kind)
    return render_template(
        "alerts/one.html",
        whole=found,
        line=telling.line(found.told),
        said=telling.own_words(found, landlord) if read is None else read.said,
        read=read,
        rest=telling.the_rest(found, landlord),
        buttons=BUTTONS[kind],
        acknowledge=ACKNOWLEDGE[kind],
        now=now(),
    )


@bp.post("/<int:alert_id>/acknowledge")
@requires(Role.OFFICER)
def acknowledge(alert_id: int) -> ResponseReturnValue:
    """Say that a danger was passed on, or a complaint acknowledged."""
    settling.acknowledge(store_here(), alert_id, _sent(Seen).version, by=current_officer())
    flash("Noted.", "good")
    return redirect(url_for("alerts.one", alert_id=alert_id))


@bp.post("/<int:alert_id>/settle")
@requires(Role.OFFICER)
def settle(alert_id: int) -> ResponseReturnValue:
    """Settle an alert, and go back to those that wait."""
    wanted = _sent(Settled)
    settling.settle(store_here(), alert_id, wanted.version, wanted.outcome, by=current_officer())
    flash("Settled. It stands among the settled ones, where it can be opened again.", "good")
    return _to_the_list()


@bp.post("/<int:alert_id>/open-again")
@requires(Role.OFFICER)
def open_again(alert_id: int) -> ResponseReturnValue:
    """Have a settled alert wait once more."""
    settling.open_again(store_here(), alert_id, _sent(Seen).version, by=current_officer())
    flash("The alert is open again.", "good")
    return redirect(url_for("alerts.one", alert_id=alert_id))


def _sent(model: type[I]) -> I:
    """Give what the page's buttons send; nothing else is sent here, unless by mistake."""
    value = sent(model, request.form).value
    if value is None:
        raise RefusedError("This was not understood. Go back, load the page again and try once more.")
    return value


def _to_the_list() -> Response:
    return redirect(url_for("alerts.listing"))
