"""The officer's side of the site, activity by activity."""

from typing import Final

from flask import Blueprint

from server.accounts.officer_views import bp as officers
from server.accounts.own_views import bp as own
from server.accounts.views import bp as accounts
from server.aside.views import bp as aside
from server.audit.views import bp as audit
from server.batches.views import bp as batches
from server.campaigns.views import bp as campaigns
from server.catalogue.views import bp as catalogue
from server.checks.views import bp as checks
from server.households.views import bp as households
from server.installation.views import bp as installation
from server.intake.views import bp as intake
from server.keying.views import bp as keying
from server.people.views import bp as people
from server.review.views import bp as review
from server.runs.views import bp as runs
from server.today.views import bp as today

BLUEPRINTS: Final[tuple[Blueprint, ...]] = (
    accounts,
    own,
    officers,
    today,
    campaigns,
    catalogue,
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
)
