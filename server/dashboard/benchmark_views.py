"""Where other landlords stand: the page, and the import of a year's workbook."""

from pathlib import PurePath

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.dashboard.asked import HOMES, asked
from server.dashboard.comparing import compared
from server.models.officers import Role
from server.reports.errors import WorkbookError
from server.reports.keeping import SOURCE_LENGTH, import_workbook
from server.reports.regulator.workbook import FILE_MB_MAX
from server.web.here import store_here
from server.web.inputs import Input, Sent, nothing_sent
from server.web.roles import current_officer, requires

bp = Blueprint("benchmarks", __name__, url_prefix="/benchmarks")


class Workbook(Input):
    """The file that is chosen."""

    file: str


@bp.get("/")
@requires(Role.VIEWER)
def show() -> ResponseReturnValue:
    """Show the quartiles of all landlords and of those like ours, and where ours stands."""
    return _page(nothing_sent(Workbook))


@bp.post("/")
@requires(Role.MANAGER)
def put_in() -> ResponseReturnValue:
    """Import the benchmarks of a year, or say why its workbook cannot be read."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page(nothing_sent(Workbook).with_mistake("file", "Choose a file.")), 422
    store = store_here()
    source = f"Regulator of Social Housing, {PurePath(file.filename).name}"[:SOURCE_LENGTH]
    try:
        made = import_workbook(store, file.read(), source, store.settings.who().landlord, by=current_officer())
    except WorkbookError as error:
        words = str(error)
        return _page(nothing_sent(Workbook).with_mistake("file", words[:1].upper() + words[1:])), 422
    flash(f"The benchmarks of {made[0].year} are in: {' and '.join(one.homes for one in made)}.", "good")
    return redirect(url_for("dashboard.benchmarks.show", of=made[0].year))


def _page(form: Sent[Workbook]) -> str:
    with store_here().reading() as session:
        of = asked(session, store_here().settings.who().landlord, request.args)
        found = compared(session, of, request.args.get("of", ""))
    return render_template(
        "dashboard/benchmarks.html", form=form, found=found, asked=of, homes=HOMES, file_mb_max=FILE_MB_MAX
    )
