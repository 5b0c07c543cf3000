"""The settings page: sites and kiosks, which are kept here, and what the settings file says, which is only shown."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import Field

from server.errors import NotFoundError, RefusedError
from server.installation import kiosks, sites
from server.installation.condition import condition
from server.models.officers import Role
from server.queries import installation as queries
from server.web.here import store_here
from server.web.inputs import Input, Sent, nothing_sent, sent
from server.web.roles import current_officer, requires

bp = Blueprint("installation", __name__, url_prefix="/settings", template_folder="templates")


class SiteInput(Input):
    """What the forms of a site send."""

    site_name: str = Field(min_length=1, max_length=100)


class KioskInput(Input):
    """What the form of a new kiosk sends."""

    kiosk_name: str = Field(min_length=1, max_length=100)
    site: int


@bp.get("/")
@requires(Role.ADMINISTRATOR)
def settings() -> ResponseReturnValue:
    """Show sites, kiosks, settings and room."""
    return _settings(), 200


@bp.post("/sites")
@requires(Role.ADMINISTRATOR)
def add_site() -> ResponseReturnValue:
    """Add a site."""
    form = sent(SiteInput, request.form)
    if form.value is None:
        return _settings(site_form=form), 422
    try:
        sites.add(store_here(), form.value.site_name, by=current_officer().uid)
    except RefusedError as error:
        return _settings(site_form=form.with_mistake("site_name", str(error))), 422
    flash(f"{form.value.site_name} was added.", "good")
    return redirect(url_for(".settings"))


@bp.get("/sites/<int:site_id>")
@requires(Role.ADMINISTRATOR)
def site(site_id: int) -> ResponseReturnValue:
    """Show one site, to rename or remove it."""
    return _site(site_id), 200


@bp.post("/sites/<int:site_id>")
@requires(Role.ADMINISTRATOR)
def rename_site(site_id: int) -> ResponseReturnValue:
    """Give a site another name."""
    form = sent(SiteInput, request.form)
    if form.value is None:
        return _site(site_id, form), 422
    try:
        sites.rename(store_here(), site_id, form.value.site_name, by=current_officer().uid)
    except RefusedError as error:
        return _site(site_id, form.with_mistake("site_name", str(error))), 422
    flash(f"The site is now called {form.value.site_name}.", "good")
    return redirect(url_for(".settings"))


@bp.post("/sites/<int:site_id>/remove")
@requires(Role.ADMINISTRATOR)
def remove_site(site_id: int) -> ResponseReturnValue:
    """Remove a site that nothing names."""
    sites.remove(store_here(), site_id, by=current_officer().uid)
    flash("The site was removed.", "good")
    return redirect(url_for(".settings"))


@bp.post("/kiosks")
@requires(Role.ADMINISTRATOR)
def add_kiosk() -> ResponseReturnValue:
    """Add a kiosk and show its key: here and now only, so this answer is the page itself and leads to no other."""
    form = sent(KioskInput, request.form)
    if form.value is None:
        return _settings(kiosk_form=form), 422
    try:
        new = kiosks.add(store_here(), form.value.kiosk_name, form.value.site, by=current_officer().uid)
    except RefusedError as error:
        return _settings(kiosk_form=form.with_mistake("kiosk_name", str(error))), 422
    except NotFoundError as error:
        return _settings(kiosk_form=form.with_mistake("site", str(error))), 422
    return render_template("installation/new_kiosk.html", new=new), 201


@bp.get("/kiosks/<int:kiosk_id>")
@requires(Role.ADMINISTRATOR)
def kiosk(kiosk_id: int) -> ResponseReturnValue:
    """Show one kiosk, to retire it."""
    with store_here().reading() as session:
        return render_template("installation/kiosk.html", kiosk=queries.kiosk_of(session, kiosk_id))


@bp.post("/kiosks/<int:kiosk_id>/retire")
@requires(Role.ADMINISTRATOR)
def retire_kiosk(kiosk_id: int) -> ResponseReturnValue:
    """Take a kiosk out of use."""
    kiosks.retire(store_here(), kiosk_id, by=current_officer().uid)
    flash("The kiosk was retired.", "good")
    return redirect(url_for(".settings"))


def _settings(site_form: Sent[SiteInput] | None = None, kiosk_form: Sent[KioskInput] | None = None) -> str:
    with store_here().reading() as session:
        places = queries.places(session)
    return render_template(
        "installation/settings.html",
        places=places,
        site_options=[(site.id, site.name) for site in places.sites],
        condition=condition(store_here()),
        site_form=site_form or nothing_sent(SiteInput),
        kiosk_form=kiosk_form or nothing_sent(KioskInput),
    )


def _site(site_id: int, form: Sent[SiteInput] | None = None) -> str:
    with store_here().reading() as session:
        found = queries.site_of(session, site_id)
        uses = queries.uses_of_site(session, site_id)
    form = form or nothing_sent(SiteInput, site_name=found.name)
    return render_template("installation/site.html", site=found, uses=uses, form=form)
