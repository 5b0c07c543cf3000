"""Who may use which route: the whole list, so that a new route must be put into it."""

from collections.abc import Callable

import pytest
from flask import Flask

from server.models.officers import Role
from server.web.roles import declared
from tests.server.conftest import Browser

ROUTES = {
    "static": "public",
    "accounts.sign_in": "public",
    "accounts.sign_in_now": "public",
    "accounts.sign_out": "viewer",
    "own.account": "viewer",
    "own.password": "viewer",
    "own.change_password": "viewer",
    "own.second_factor": "viewer",
    "own.start_second_factor": "viewer",
    "own.set_up": "viewer",
    "own.drawing": "viewer",
    "own.switch_on": "viewer",
    "own.switch_off": "viewer",
    "officers.listed": "administrator",
    "officers.new": "administrator",
    "officers.add": "administrator",
    "officers.one": "administrator",
    "officers.change": "administrator",
    "officers.give_password": "administrator",
    "officers.forget_second_factor": "administrator",
    "officers.disable": "administrator",
    "officers.enable": "administrator",
    "today.home": "viewer",
    "campaigns.listing": "officer",
    "campaigns.new": "manager",
    "campaigns.make": "manager",
    "campaigns.one": "officer",
    "campaigns.edit": "manager",
    "campaigns.change": "manager",
    "campaigns.opening_page": "manager",
    "campaigns.open_now": "manager",
    "campaigns.closing_page": "manager",
    "campaigns.close_now": "manager",
    "campaigns.invitations.households": "manager",
    "campaigns.invitations.invite": "manager",
    "campaigns.invitations.withdraw": "manager",
    "campaigns.invitations.leave_out": "manager",
    "campaigns.invitations.take_back_in": "manager",
    "catalogue.listing": "officer",
    "catalogue.new": "manager",
    "catalogue.put_in": "manager",
    "catalogue.screen": "officer",
    "catalogue.paper": "officer",
    "catalogue.pages": "officer",
    "catalogue.picture": "officer",
    "catalogue.pdf": "officer",
    "households.listing": "officer",
    "households.search": "officer",
    "households.household": "officer",
    "households.set_reminders": "officer",
    "households.imports.choose": "manager",
    "households.imports.upload": "manager",
    "households.imports.show": "manager",
    "households.imports.apply": "manager",
    "households.imports.give_up": "manager",
    "households.imports.oddities": "manager",
    "households.imports.example": "manager",
    "people.search": "manager",
    "people.found": "manager",
    "people.held": "manager",
    "people.hand_over": "manager",
    "people.confirm": "administrator",
    "people.erase_now": "administrator",
    "audit.events": "administrator",
    "installation.settings": "administrator",
    "installation.add_site": "administrator",
    "installation.site": "administrator",
    "installation.rename_site": "administrator",
    "installation.remove_site": "administrator",
    "installation.add_kiosk": "administrator",
    "installation.kiosk": "administrator",
    "installation.retire_kiosk": "administrator",
    "runs.listing": "officer",
    "runs.new": "manager",
    "runs.add": "manager",
    "runs.show": "officer",
    "runs.state": "officer",
    "runs.paper": "officer",
    "runs.index": "officer",
    "intake.choose": "officer",
    "intake.begin": "officer",
    "intake.files": "officer",
    "intake.take_in": "officer",
    "batches.listing": "officer",
    "batches.one": "officer",
    "batches.change": "officer",
    "batches.picture": "officer",
    "aside.listing": "officer",
    "aside.group": "officer",
    "aside.rescans": "officer",
    "aside.see": "officer",
    "aside.pages.show": "officer",
    "aside.pages.name": "officer",
    "aside.pages.picture": "officer",
    "aside.pages.ask_again": "officer",
    "aside.pages.reject": "officer",
    "aside.pages.put_back": "officer",
    "aside.pages.file": "officer",
    "aside.pages.change_file": "officer",
    "aside.pages.reject_file": "officer",
    "aside.copies.show": "officer",
    "aside.copies.give_up": "officer",
    "aside.copies.say_campaign": "officer",
    "aside.copies.change": "officer",
    "aside.copies.reject": "officer",
    "aside.copies.make_pictures": "officer",
    "aside.copies.repeat": "officer",
    "aside.copies.choose": "officer",
    "aside.copies.clash": "officer",
    "aside.copies.choose_response": "officer",
    "keying.new": "officer",
    "keying.save": "officer",
    "keying.of_copy": "officer",
    "keying.save_copy": "officer",
    "review.start": "officer",
    "review.begin": "officer",
    "review.show": "officer",
    "review.decide": "officer",
    "review.clash": "officer",
    "review.settle_clash": "officer",
    "review.later": "officer",
    "review.hold": "officer",
    "review.leave": "officer",
    "review.undo": "officer",
    "review.pictures.answer": "officer",
    "review.pictures.page": "officer",
    "review.pictures.whole": "officer",
    "review.pictures.make": "officer",
    "checks.listing": "officer",
    "checks.batch": "officer",
    "checks.draw": "officer",
    "checks.draw_evenly": "officer",
    "checks.begin": "officer",
    "checks.show": "officer",
    "checks.read": "officer",
    "checks.later": "officer",
    "checks.third": "officer",
    "checks.correct": "officer",
    "checks.hold": "officer",
    "checks.leave": "officer",
}


def test_every_route_declares_who_may_use_it(app: Flask) -> None:
    assert declared(app) == ROUTES


def test_an_application_with_a_route_that_does_not_say_refuses_to_start(app: Flask) -> None:
    app.view_functions["new.page"] = lambda: ""
    with pytest.raises(LookupError, match=r"new\.page"):
        declared(app)


def test_only_a_post_writes(app: Flask) -> None:
    methods = {rule.endpoint: rule.methods or set() for rule in app.url_map.iter_rules()}
    assert all(used <= {"GET", "HEAD", "OPTIONS"} or used <= {"POST", "OPTIONS"} for used in methods.values())


def test_whoever_has_not_signed_in_is_sent_to_the_sign_in_page(browser: Browser) -> None:
    answer = browser.get("/audit/?page=2")
    assert answer.status_code == 302
    assert answer.location == "/sign-in?next=/audit/?page%3D2"


def test_a_smaller_role_is_refused_in_words(as_role: Callable[[Role], Browser]) -> None:
    answer = as_role(Role.MANAGER).get("/audit/")
    assert answer.status_code == 403
    assert "not for your role" in answer.get_data(as_text=True)


def test_an_administrator_sees_the_audit_log(as_role: Callable[[Role], Browser]) -> None:
    answer = as_role(Role.ADMINISTRATOR).get("/audit/")
    assert "signed in" in answer.get_data(as_text=True)
