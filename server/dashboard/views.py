"""The pages of figures."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from server.dashboard.asked import HOMES, PROFILE, SPLITS, asked
from server.dashboard.benchmark_views import bp as benchmark_pages
from server.dashboard.one import one_measure
from server.dashboard.reach import characteristics, not_heard
from server.dashboard.year import year_of
from server.errors import NotFoundError
from server.figures.saying import wording_of_standing
from server.models.officers import Role
from server.queries.measures import Split
from server.queries.today import came_on
from server.web.here import store_here
from server.web.roles import requires
from server.web.words import today

bp = Blueprint("dashboard", __name__, template_folder="templates", url_prefix="/figures")
bp.register_blueprint(benchmark_pages)

LEAST_HEARD_MAX = 6
"""Groups on the dashboard; all of them are on the page of who is heard."""


@bp.get("/")
@requires(Role.VIEWER)
def home() -> ResponseReturnValue:
    """Show the year at a glance."""
    with store_here().reading() as session:
        of = asked(session, store_here().settings.who().landlord, request.args)
        year, came = year_of(session, of), came_on(session, today())
        least = not_heard(characteristics(session, of))[:LEAST_HEARD_MAX]
    return render_template(
        "dashboard/home.html",
        year=year,
        asked=of,
        homes=HOMES,
        came=came,
        least=least,
        stands=wording_of_standing(year.standing),
        today=today(),
    )


@bp.get("/measures")
@requires(Role.VIEWER)
def measures() -> ResponseReturnValue:
    """Show all measures, weighted beside unweighted where weights are asked for."""
    with store_here().reading() as session:
        of = asked(session, store_here().settings.who().landlord, request.args, request.args.getlist("weight"))
        year = year_of(session, of)
    weights = [(split.value, SPLITS[split]) for split in PROFILE]
    return render_template("dashboard/measures.html", year=year, asked=of, homes=HOMES, weights=weights)


@bp.get("/measures/<code>")
@requires(Role.VIEWER)
def measure(code: str) -> ResponseReturnValue:
    """Show one measure, split by what is asked for."""
    store = store_here()
    try:
        split = Split(request.args.get("by", Split.CHANNEL))
        words = SPLITS[split]
    except (ValueError, KeyError) as error:
        raise NotFoundError("A measure cannot be split by that. Choose from the list on its page.") from error
    with store.reading() as session:
        of = asked(session, store_here().settings.who().landlord, request.args)
        one = one_measure(session, of, code, split, store.settings.who().landlord)
    return render_template("dashboard/measure.html", one=one, asked=of, homes=HOMES, splits=SPLITS, words=words)


@bp.get("/heard")
@requires(Role.VIEWER)
def heard() -> ResponseReturnValue:
    """Show who is heard, and who is not."""
    with store_here().reading() as session:
        of = asked(session, store_here().settings.who().landlord, request.args)
        found = characteristics(session, of)
    return render_template("dashboard/heard.html", found=found, asked=of, homes=HOMES)
