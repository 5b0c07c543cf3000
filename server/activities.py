"""The officer's side of the site, activity by activity."""

from typing import Final

from flask import Blueprint

from server.accounts.views import bp as accounts
from server.audit.views import bp as audit
from server.today.views import bp as today

BLUEPRINTS: Final[tuple[Blueprint, ...]] = (accounts, today, audit)
