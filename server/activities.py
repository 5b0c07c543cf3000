"""The officer's side of the site, activity by activity."""

from typing import Final

from flask import Blueprint

from server.accounts.officer_views import bp as officers
from server.accounts.own_views import bp as own
from server.accounts.views import bp as accounts
from server.adopting.views import bp as adopting
from server.alerts.views import bp as alerts
from server.aside.views import bp as aside
from server.audit.views import bp as audit
from server.batches.views import bp as batches
from server.campaigns.views import bp as campaigns
from server.catalogue.views import bp as catalogue
from server.checks.views import bp as checks
from server.collected.views import bp as collected
from server.dashboard.views import bp as dashboard
from server.exports.views import bp as exports
from server.guides.views import bp as guides
from server.households.views import bp as households
from server.installation.views import bp as installation
from server.intake.views import bp as intake
from server.keying.views import bp as keying
from server.people.views import bp as people
from server.publishing.views import bp as publishing
from server.results.views import bp as results
from server.review.views import bp as review
from server.runs.views import bp as runs
from server.speech.views import bp as speech
from server.today.views import bp as today

BLUEPRINTS: Final[tuple[Blueprint, ...]] = (
    accounts,
    own,
    officers,
    today,
    campaigns,
    adopting,
    catalogue,
    speech,
    households,
    people,
    audit,
    installation,
    runs,
    batches,
    intake,
    aside,
    keying,
    review,
    checks,
    alerts,
    results,
    exports,
    collected,
    publishing,
    dashboard,
    guides,
)
